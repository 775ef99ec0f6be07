import { ScrollText } from "lucide-react"
import { classNames } from "../ui/class-names.ts"
import { Empty } from "../ui/Empty.tsx"
import type { LogLine } from "../workspace/activity.ts"
import { usePanelActivity } from "../workspace/desk-context.ts"

const LOOK: Readonly<Record<LogLine["level"], string>> = {
  debug: "text-faint",
  info: "text-ink",
  warn: "text-careful",
  error: "text-wrong",
}

/** The runs one started, those of schedules that changed something, and what handlers logged since this page opened. */
export function RunLog({ panel }: { readonly panel: string }) {
  const { log } = usePanelActivity(panel)
  return (
    <div className="flex flex-col">
      {log.length === 0 ? (
        <Empty icon={<ScrollText size={24} />} title="Quiet so far">
          Every run you start, and what a handler says with <code className="font-mono">$log.info(…)</code>, appears
          here.
        </Empty>
      ) : null}
      <ol aria-label="Log lines" className="py-2 font-mono text-12">
        {log.map(({ id, at, handler, level, message, times }) => (
          <li key={id} className="flex gap-2 px-4 py-1 hover:bg-hover">
            <time className="tabular flex-none text-faint">{clockText(at)}</time>
            <span className="flex-none text-soft">{handler}</span>
            <span className={classNames("min-w-0 flex-1 whitespace-pre-wrap [overflow-wrap:anywhere]", LOOK[level])}>
              {message}
              {times ? <span className="tabular ml-2 text-faint">× {times}</span> : null}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}

function clockText(at: number): string {
  return new Date(at).toLocaleTimeString("en", { hourCycle: "h23" })
}
