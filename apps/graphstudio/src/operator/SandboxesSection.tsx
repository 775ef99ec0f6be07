import { endpoints, type SandboxProcess } from "@nexus/protocol"
import { useCallback } from "react"
import { routeHref } from "../connect/route.ts"
import { useSession } from "../connect/session-context.ts"
import { durationInWords } from "../runs/run-words.ts"
import { classNames } from "../ui/class-names.ts"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { LANGUAGE } from "../words/language.ts"
import { say } from "../words/say.ts"
import { Tile, Tiles } from "./Tile.tsx"
import { usePolled } from "./use-polled.ts"
import { useWorkspaces } from "./use-workspaces.ts"

const EVERY_MS = 1000
const NUMBER = new Intl.NumberFormat(LANGUAGE)

/** The processes in which handlers run, what each has in hand, and what had to be stopped. */
export default function SandboxesSection() {
  const { api } = useSession()
  const { value: workspaces } = useWorkspaces()
  const nameOf = (id: string) => workspaces?.find((workspace) => workspace.id === id)?.name ?? id
  const { value, error } = usePolled(
    useCallback(() => api.call(endpoints.readSandboxes), [api]),
    EVERY_MS,
  )
  if (!value) {
    return error ? <Notice tone="wrong">{error}</Notice> : <Skeleton lines={6} label={say("Asking the sandboxes")} />
  }
  const { processes, most, queued, waiting, turns, restarts, kills, failures, ran, stood } = value
  const stopped = kills.interrupted + kills.terminated + kills.killed
  const failed = Object.entries(failures).sort(([, a], [, b]) => b - a)
  const average = ({ count, sumMs }: typeof ran) => durationInWords(count === 0 ? 0 : sumMs / count)
  return (
    <div className="flex flex-col gap-5">
      {error ? <Notice tone="careful">{error}</Notice> : null}
      <Tiles across={3}>
        <Tile
          label={say("Processes")}
          value={NUMBER.format(processes.length)}
          hint={say("at most {most}", { most: NUMBER.format(most) })}
        />
        <Tile
          label={say("Stand in line")}
          value={NUMBER.format(queued)}
          hint={say("{time} on average", { time: average(stood) })}
          tone={queued > processes.length ? "careful" : undefined}
        />
        <Tile label={say("Wait for answers")} value={NUMBER.format(waiting)} hint={say("they hold no process")} />
        <Tile
          label={say("Turns")}
          value={NUMBER.format(turns)}
          hint={say("{time} on average", { time: average(ran) })}
        />
        <Tile
          label={say("Stopped")}
          value={NUMBER.format(stopped)}
          hint={say("{killed, plural, one {# by ending its process} other {# by ending their process}}", {
            killed: kills.killed,
          })}
          tone={kills.killed > 0 ? "careful" : undefined}
        />
        <Tile label={say("Started again")} value={NUMBER.format(restarts)} hint={say("processes, since the start")} />
      </Tiles>
      <section aria-label={say("What runs now")} className="rounded-sheet border border-line bg-surface p-4">
        <h3 className="mb-2 font-medium text-13">{say("What runs now")}</h3>
        <ul className="flex flex-col divide-y divide-line">
          {processes.map((process, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a process is known by its place in the pool
            <Process key={index} number={index + 1} process={process} nameOf={nameOf} />
          ))}
        </ul>
      </section>
      {failed.length > 0 ? (
        <section aria-label={say("Why turns failed")} className="rounded-sheet border border-line bg-surface p-4">
          <h3 className="mb-2 font-medium text-13">{say("Why turns failed")}</h3>
          <ul className="flex flex-col divide-y divide-line">
            {failed.map(([code, count]) => (
              <li key={code} className="flex items-baseline gap-3 py-1.5 text-13">
                <code className="min-w-0 flex-1 truncate font-mono text-12">{code}</code>
                <span className="tabular text-soft">{NUMBER.format(count)}</span>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  )
}

interface ProcessProps {
  readonly number: number
  readonly process: SandboxProcess
  /** Whoever runs it need not be a member everywhere: then the id has to do. */
  readonly nameOf: (workspace: string) => string
}

function Process({ number, process, nameOf }: ProcessProps) {
  const { ready, running } = process
  const [first, ...behind] = running
  return (
    <li className="flex items-center gap-2.5 py-2 text-13">
      <span
        aria-hidden="true"
        className={classNames("size-2 flex-none rounded-full", first ? "bg-accent" : ready ? "bg-good" : "bg-careful")}
      />
      <span className="tabular w-24 flex-none text-soft">{say("Process {number}", { number })}</span>
      <span className="min-w-0 flex-1 truncate">
        {first ? (
          <>
            <span className="font-mono text-12">{first.handler}</span>
            <span className="text-faint"> · </span>
            <a
              className="text-accent hover:underline"
              href={routeHref({ at: "workspace", workspace: first.workspace })}
            >
              {nameOf(first.workspace)}
            </a>
            {behind.length > 0
              ? ` · ${say("{count, plural, one {# behind it} other {# behind it}}", { count: behind.length })}`
              : ""}
          </>
        ) : ready ? (
          <span className="text-soft">{say("has nothing to do")}</span>
        ) : (
          <span className="text-soft">{say("is starting")}</span>
        )}
      </span>
      {first ? <span className="tabular text-12 text-soft">{durationInWords(first.forMs)}</span> : null}
    </li>
  )
}
