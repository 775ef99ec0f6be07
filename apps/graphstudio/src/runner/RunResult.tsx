import type { Json, RunRecord } from "@nexus/protocol"
import { refusal } from "../connect/sentence.ts"
import { ValueTree } from "../inspector/ValueTree.tsx"
import { FailureLine } from "../log/FailureLine.tsx"
import { LogLineRow } from "../log/LogLineRow.tsx"
import { effectInWords } from "../runs/effect-words.ts"
import { durationInWords } from "../runs/run-words.ts"
import { useRecord } from "../runs/use-records.ts"
import { Button } from "../ui/Button.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say } from "../words/say.ts"
import { logOf } from "../workspace/activity.ts"
import { useMayEdit, usePanelActivity } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import type { RunnerState } from "./use-runner.ts"

/** What came of a run: its value or failure, what it logged and did, turn by turn, and what it took. */
export function RunResult({ panel, state }: { readonly panel: string; readonly state: RunnerState }) {
  const log = usePanelActivity(panel, logOf)
  const editable = useMayEdit()
  if (state.is === "ready") return null
  if (state.is === "running") return <Skeleton lines={2} label={say("Running")} />
  if (state.is === "refused") return <p className="text-13 text-wrong [overflow-wrap:anywhere]">{state.why}</p>
  const { run, status, value, failure, usage } = state.finished
  const lines = log.filter((line) => line.run === run && line.level !== "debug")
  return (
    <section aria-label={say("What came of it")} className="flex flex-col gap-2 rounded-control bg-sunken p-3">
      {failure ? (
        <p className="text-13 text-wrong [overflow-wrap:anywhere]">
          {refusal(failure)} <FailureLine panel={panel} failure={failure} />
        </p>
      ) : (
        <p className="font-medium text-13 text-good">
          {status === "waiting" ? say("It waits, and goes on by itself.") : say("It finished.")}
        </p>
      )}
      {value === undefined || value === null ? null : <Came value={value} />}
      {usage ? (
        <p className="tabular text-12 text-soft">
          {say("{took} · {cpu} of CPU · {megabytes} MB · {calls, plural, one {# call} other {# calls}}", {
            took: durationInWords(usage.wallMs),
            cpu: durationInWords(usage.cpuMs),
            megabytes: (usage.memoryBytes / 1048576).toFixed(1),
            calls: usage.hostCalls,
          })}
        </p>
      ) : null}
      {lines.length > 0 ? (
        <ol aria-label={say("What it logged")} className="-mx-3 font-mono text-12">
          {lines.map((line) => (
            <LogLineRow key={line.id} line={line} panel={panel} />
          ))}
        </ol>
      ) : null}
      {editable ? <Turns run={run} /> : null}
    </section>
  )
}

function Came({ value }: { readonly value: Json }) {
  return <ValueTree label={say("Came to")} value={value} />
}

/** What each turn did to the panel; the whole of it is in the run, gone through step by step. */
function Turns({ run }: { readonly run: string }) {
  const { record } = useRecord(run)
  if (!record) return null
  return (
    <>
      <ol aria-label={say("Turns")} className="flex flex-col gap-1">
        {record.steps.map((step) => (
          <Turn key={step.turn} step={step} />
        ))}
      </ol>
      <Button small className="self-start" onClick={() => studio.set({ run })}>
        {say("Go through it turn by turn")}
      </Button>
    </>
  )
}

function Turn({ step }: { readonly step: RunRecord["steps"][number] }) {
  const { turn, outcome, usage } = step
  const did = outcome.effects.flatMap((effect) => (effect.kind === "log" ? [] : [effectInWords(effect)]))
  return (
    <li className="text-12">
      <span className="text-faint">
        {say("Turn {turn} · {took}", { turn: turn + 1, took: durationInWords(usage.wallMs) })}
      </span>
      {did.length === 0 ? <span className="text-soft"> · {say("changed nothing")}</span> : null}
      <ul>
        {did.map((words, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the effects of a turn that is over never move
          <li key={index} className="[overflow-wrap:anywhere] first-letter:uppercase">
            {words}
          </li>
        ))}
      </ul>
    </li>
  )
}
