import type { Effect, RunRecord, RunRecordStep } from "@nexus/protocol"
import { CornerDownRight } from "lucide-react"
import type { ReactNode } from "react"
import { refusal } from "../connect/sentence.ts"
import { FailureLine } from "../log/FailureLine.tsx"
import { LineLink } from "../log/LineLink.tsx"
import { LEVELS } from "../log/levels.ts"
import { classNames } from "../ui/class-names.ts"
import { say } from "../words/say.ts"
import { callInWords, effectInWords, replyInWords } from "./effect-words.ts"
import { JsonText } from "./JsonText.tsx"
import { durationInWords } from "./run-words.ts"
import { StateDifference } from "./StateDifference.tsx"

interface StepProps {
  readonly step: RunRecordStep
  /** The turn after it, which holds what this one was answered. */
  readonly next: RunRecordStep | undefined
  readonly record: RunRecord
}

type LogEffect = Extract<Effect, { kind: "log" }>
type OtherEffect = Exclude<Effect, LogEffect>

/** One turn: the state around it, what it asked, said and wanted done, and what it took. */
export function Step({ step, next, record }: StepProps) {
  const { outcome, usage } = step
  const logs = outcome.effects.filter((effect): effect is LogEffect => effect.kind === "log")
  const others = outcome.effects.filter((effect): effect is OtherEffect => effect.kind !== "log")
  return (
    <div className="flex flex-col gap-5">
      <Part title={say("State")}>
        <StateDifference before={step.state} after={step.after} />
      </Part>
      {outcome.calls?.length ? (
        <Part title={say("Asked")}>
          <ol className="flex flex-col gap-2">
            {outcome.calls.map((call) => (
              <Asked
                key={call.id}
                call={callInWords(call)}
                {...replyInWords(next?.replies.find(({ id }) => id === call.id))}
              />
            ))}
          </ol>
        </Part>
      ) : null}
      {logs.length > 0 ? (
        <Part title={say("Logged")}>
          <ol className="font-mono text-12">
            {logs.map((log, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a turn that is over never move
              <li key={index} className="flex items-baseline gap-2 py-0.5">
                <span className={classNames("min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]", LEVELS[log.level])}>
                  {log.message}
                </span>
                {log.line === undefined ? null : <LineLink panel={record.panel} line={log.line} column={log.column} />}
              </li>
            ))}
          </ol>
        </Part>
      ) : null}
      {others.length > 0 ? (
        <Part title={outcome.failure ? say("Wanted, and was not done") : say("Did")}>
          <ol className="flex flex-col gap-0.5 text-13">
            {others.map((effect, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the effects of a turn that is over never move
              <li key={index} className="[overflow-wrap:anywhere] first-letter:uppercase">
                {effectInWords(effect)}
              </li>
            ))}
          </ol>
        </Part>
      ) : null}
      <Part title={say("Came to")}>
        {outcome.failure ? (
          <p className="text-13 text-wrong [overflow-wrap:anywhere]">
            {refusal(outcome.failure)} <FailureLine panel={record.panel} failure={outcome.failure} />
          </p>
        ) : (
          <p className="text-13">
            {outcome.status === "waiting" ? say("It waits for what it asked.") : say("It finished.")}
            {outcome.value === undefined || outcome.value === null ? null : (
              <code className="ms-2 rounded-[5px] bg-sunken px-1.5 py-0.5 font-mono text-12 [overflow-wrap:anywhere]">
                {JSON.stringify(outcome.value)}
              </code>
            )}
          </p>
        )}
        <p className="tabular mt-1 text-12 text-soft">
          {say("{wall} · {cpu} of CPU · {memory} MB · {count, plural, one {# call} other {# calls}} so far", {
            wall: durationInWords(usage.wallMs),
            cpu: durationInWords(usage.cpuMs),
            memory: (usage.memoryBytes / 1048576).toFixed(1),
            count: usage.hostCalls,
          })}
        </p>
      </Part>
      <Part title={say("What it was given")}>
        <div className="flex flex-col gap-1">
          <JsonText label={say("Arguments")} value={record.args} />
          {Object.keys(step.computed).length > 0 ? (
            <JsonText label={say("Computed values")} value={step.computed} />
          ) : null}
          {Object.keys(step.imports).length > 0 ? <JsonText label={say("Imports")} value={step.imports} /> : null}
        </div>
      </Part>
    </div>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h4 className="mb-1.5 font-medium text-12 text-faint">{title}</h4>
      {children}
    </section>
  )
}

interface AskedProps {
  readonly call: string
  readonly text: string
  readonly failed: boolean
}

function Asked({ call, text, failed }: AskedProps) {
  return (
    <li className="font-mono text-12">
      <p className="[overflow-wrap:anywhere]">{call}</p>
      <p className={classNames("mt-0.5 flex gap-1.5", failed ? "text-wrong" : "text-soft")}>
        <CornerDownRight size={13} aria-hidden="true" className="mt-0.5 flex-none" />
        <span className="line-clamp-6 min-w-0 flex-1 [overflow-wrap:anywhere]">{text}</span>
      </p>
    </li>
  )
}
