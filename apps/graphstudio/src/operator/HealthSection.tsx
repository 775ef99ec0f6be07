import { type CheckedPart, endpoints, type KernelStart } from "@nexus/protocol"
import { CircleCheck, CircleX } from "lucide-react"
import { useCallback } from "react"
import { useSession } from "../connect/session-context.ts"
import { durationInWords } from "../runs/run-words.ts"
import { ago, instant } from "../ui/ago.ts"
import { inBytes } from "../ui/in-bytes.ts"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { LANGUAGE } from "../words/language.ts"
import { say } from "../words/say.ts"
import { Tile, Tiles } from "./Tile.tsx"
import { usePolled } from "./use-polled.ts"

const EVERY_MS = 2000
const SLOW_LOOP_MS = 100
const FULL = 0.9
const NUMBER = new Intl.NumberFormat(LANGUAGE)
const PERCENT = new Intl.NumberFormat(LANGUAGE, { style: "percent" })
const PARTS: Readonly<Record<CheckedPart["part"], string>> = {
  journal: say("Journal"),
  accounts: say("Accounts"),
  git: say("Versions (Git)"),
  record: say("Record (TriLog)"),
}

/** How the kernel is now, and how it came there in the last minutes. */
export default function HealthSection() {
  const { api } = useSession()
  const { value, error } = usePolled(
    useCallback(async () => {
      const [health, { starts }] = await Promise.all([api.call(endpoints.readHealth), api.call(endpoints.listStarts)])
      return { health, starts }
    }, [api]),
    EVERY_MS,
  )
  if (!value) {
    return error ? <Notice tone="wrong">{error}</Notice> : <Skeleton lines={6} label={say("Asking how it is")} />
  }
  const { health, starts } = value
  const { signs, memory, disk, record, runRecords, workspaces, parts } = health
  const last = signs.at(-1)
  const loop = last?.loopDelayMs ?? 0
  const lost = record.dropped + runRecords.dropped
  return (
    <div className="flex flex-col gap-5">
      {error ? (
        <Notice tone="careful">
          {say("It does not answer now; this is what it said last.")} {error}
        </Notice>
      ) : null}
      <Tiles across={4}>
        <Tile
          label={say("Runs for")}
          value={durationInWords(Date.now() - health.startedAt)}
          hint={say("version {version}, since {when}", { version: health.version, when: instant(health.startedAt) })}
        />
        <Tile
          label={say("Memory")}
          value={inBytes(memory.used)}
          hint={say("of {total}", { total: inBytes(memory.total) })}
          line={signs.map(({ residentBytes }) => residentBytes)}
          tone={memory.used / memory.total > FULL ? "wrong" : undefined}
        />
        <Tile
          label={say("Processor")}
          value={PERCENT.format(last?.busy ?? 0)}
          hint={say("of one core")}
          line={signs.map(({ busy }) => busy)}
        />
        <Tile
          label={say("Event loop delay")}
          value={durationInWords(loop)}
          hint={say("99 of 100 were below")}
          line={signs.map(({ loopDelayMs }) => loopDelayMs)}
          tone={loop > SLOW_LOOP_MS ? "careful" : undefined}
        />
        <Tile
          label={say("People's lines")}
          value={NUMBER.format(last?.sockets ?? 0)}
          hint={say("open now")}
          line={signs.map(({ sockets }) => sockets)}
        />
        <Tile
          label={say("Record lags by")}
          value={durationInWords(record.lagMs)}
          hint={
            lost > 0
              ? say("{count, plural, one {# lost} other {# lost}}", { count: lost })
              : say("{count, plural, one {# waits} other {# wait}}", { count: record.queued + runRecords.queued })
          }
          line={signs.map(({ recordLagMs }) => recordLagMs)}
          tone={lost > 0 ? "careful" : undefined}
        />
        <Tile
          label={say("Open workspaces")}
          value={NUMBER.format(workspaces.open)}
          hint={say("{used} of {limit}", { used: inBytes(workspaces.bytes), limit: inBytes(workspaces.mostBytes) })}
        />
        <Tile
          label={say("Disk")}
          value={say("{free} free", { free: inBytes(disk.total - disk.used) })}
          hint={say("of {total}", { total: inBytes(disk.total) })}
          tone={disk.used / disk.total > FULL ? "careful" : undefined}
        />
      </Tiles>
      <div className="grid gap-3 lg:grid-cols-2">
        <section aria-label={say("What it stands on")} className="rounded-sheet border border-line bg-surface p-4">
          <h3 className="mb-2 font-medium text-13">{say("What it stands on")}</h3>
          <ul className="flex flex-col divide-y divide-line">
            {parts.map((part) => (
              <Part key={part.part} part={part} />
            ))}
          </ul>
        </section>
        <Starts starts={starts} />
      </div>
    </div>
  )
}

function Part({ part: { part, works, tookMs, detail } }: { readonly part: CheckedPart }) {
  return (
    <li className="flex items-start gap-2.5 py-2 text-13">
      {works ? (
        <CircleCheck size={16} className="mt-0.5 flex-none text-good" role="img" aria-label={say("Works")} />
      ) : (
        <CircleX size={16} className="mt-0.5 flex-none text-wrong" role="img" aria-label={say("Does not work")} />
      )}
      <span className="min-w-0 flex-1">
        <span className="block">{PARTS[part]}</span>
        <span className="block text-12 text-soft [overflow-wrap:anywhere]">{detail}</span>
      </span>
      {part === "record" ? null : (
        <span className="tabular text-12 leading-5 text-soft">{durationInWords(tookMs)}</span>
      )}
    </li>
  )
}

const SHOWN_STARTS = 6

function Starts({ starts }: { readonly starts: readonly KernelStart[] }) {
  return (
    <section aria-label={say("Starts")} className="rounded-sheet border border-line bg-surface p-4">
      <h3 className="mb-2 font-medium text-13">{say("Starts")}</h3>
      <ul className="flex flex-col divide-y divide-line">
        {starts.slice(0, SHOWN_STARTS).map(({ at, endedAt }, index) => (
          <li key={at} className="flex items-baseline gap-3 py-2 text-13">
            <span className="tabular min-w-0 flex-1" title={instant(at)}>
              {ago(at, Date.now())}
            </span>
            <span className="tabular text-12 text-soft">
              {index === 0 && endedAt === undefined
                ? say("runs now")
                : endedAt === undefined
                  ? say("ended without a word")
                  : say("ran for {time}", { time: durationInWords(endedAt - at) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
