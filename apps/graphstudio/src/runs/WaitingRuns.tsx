import type { WaitingRunAnswer } from "@nexus/protocol"
import { CirclePause, FastForward, X } from "lucide-react"
import { ago, instant } from "../ui/ago.ts"
import { Button } from "../ui/Button.tsx"
import { Empty } from "../ui/Empty.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { inCode } from "../words/in-code.tsx"
import { say, sayRich } from "../words/say.ts"
import { useDesk, useMayEdit, useWaiting } from "../workspace/desk-context.ts"
import { studio } from "../workspace/studio.ts"
import { waitsInWords, whoInWords } from "./run-words.ts"
import { useBeat } from "./use-beat.ts"
import { type GoOn, useRunActs } from "./use-run-acts.ts"

/** The runs that wait for a time, a person or the outside, and what can be done with each. */
export function WaitingRuns() {
  const runs = useWaiting((state) => state.runs)
  const error = useWaiting((state) => state.error)
  useBeat(BEAT_MS)
  const now = Date.now()
  return (
    <>
      {error ? (
        <Notice tone="wrong" className="m-3">
          {error}
        </Notice>
      ) : null}
      {!runs && !error ? <Skeleton lines={4} label={say("Loading runs")} /> : null}
      {runs?.length === 0 ? (
        <Empty icon={<CirclePause size={24} />} title={say("Nothing waits")}>
          {sayRich("A handler can say <code>{example}</code> and stands here until then, across restarts too.", {
            example: 'await nexus.sleep("3d")',
            code: inCode,
          })}
        </Empty>
      ) : null}
      <ul aria-label={say("Waiting runs")}>
        {runs?.map((run) => (
          <Run key={run.run} run={run} now={now} />
        ))}
      </ul>
    </>
  )
}

const BEAT_MS = 10_000

function Run({ run, now }: { readonly run: WaitingRunAnswer; readonly now: number }) {
  const { user } = useDesk()
  const editable = useMayEdit()
  const questions = useWaiting((state) => state.questions)
  const { title, name, cancel, goOn } = useRunActs(run)
  const asks = run.waitsFor.includes("ask.ask")
  return (
    <li className="flex flex-col gap-2 border-line border-b px-4 py-3 last:border-b-0">
      <div className="flex items-start gap-2.5">
        <span aria-hidden="true" className="mt-1.5 size-2 flex-none rounded-full bg-careful" />
        <div className="min-w-0 flex-1">
          <p className="text-13 [overflow-wrap:anywhere]">
            <button
              type="button"
              onClick={() => studio.select([run.panel])}
              className="font-medium hover:text-accent hover:underline"
            >
              {title}
            </button>
            <span className="text-faint"> · </span>
            <span className="font-mono text-12">{run.handler}</span>
          </p>
          {waitsInWords(run, questions ?? [], now).map((words) => (
            <p key={words} className="tabular text-13 text-soft [overflow-wrap:anywhere] first-letter:uppercase">
              {words}
            </p>
          ))}
          <p className="text-12 text-faint" title={instant(run.since)}>
            {say("{run} · since {ago}", { run: whoInWords(run, user.id), ago: ago(run.since, now) })}
          </p>
        </div>
      </div>
      {run.changed ? <Changed run={run} name={name} onGoOn={editable ? goOn : undefined} /> : null}
      {editable ? (
        <div className="flex flex-wrap gap-1.5 ps-[18px]">
          {asks ? (
            <Button small tone="primary" onClick={() => studio.set({ drawer: "inbox" })}>
              {say("Answer")}
            </Button>
          ) : null}
          {run.changed ? null : (
            <Button
              small
              icon={<FastForward size={13} />}
              aria-label={say("Go on now: {name}", { name })}
              onClick={() => goOn("resume")}
            >
              {say("Go on now")}
            </Button>
          )}
          {run.changed ? null : (
            <Button
              small
              tone="quiet"
              icon={<X size={13} />}
              aria-label={say("Cancel {name}", { name })}
              onClick={cancel}
            >
              {say("Cancel")}
            </Button>
          )}
        </div>
      ) : null}
    </li>
  )
}

interface ChangedProps {
  readonly run: WaitingRunAnswer
  readonly name: string
  readonly onGoOn: ((how: GoOn) => void) | undefined
}

const WAYS: readonly (readonly [GoOn, string, string])[] = [
  ["resume", say("Go on with the old code"), say("Now, as it began.")],
  ["restart", say("Start again"), say("From its first line, with the code of now. What it did so far stays.")],
  ["discard", say("Discard"), say("It ends here. What it did so far stays.")],
]

/** The code of its handler is another one by now: the person says with which it goes on. */
function Changed({ run, name, onGoOn }: ChangedProps) {
  return (
    <section
      aria-label={say("The code of {name} was changed", { name })}
      className="ms-[18px] rounded-control bg-careful-soft p-3"
    >
      <p className="text-13">
        <span className="font-medium text-careful">{say("Its code was changed since.")}</span>{" "}
        {run.until === undefined
          ? say("Left alone, it goes on with the code it began with.")
          : say("Left alone, it goes on with the code it began with when its time has come.")}
      </p>
      {onGoOn ? (
        <ul className="mt-2 flex flex-col gap-1.5">
          {WAYS.map(([how, label, means]) => (
            <li key={how} className="flex items-center gap-2">
              <Button small aria-label={`${label}: ${name}`} onClick={() => onGoOn(how)} className="w-40">
                {label}
              </Button>
              <span className="min-w-0 flex-1 text-12 text-soft">{means}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
