import { ScrollText } from "lucide-react"
import { LogLineRow } from "../log/LogLineRow.tsx"
import { Empty } from "../ui/Empty.tsx"
import { inCode } from "../words/in-code.tsx"
import { say, sayRich } from "../words/say.ts"
import { logOf } from "../workspace/activity.ts"
import { usePanelActivity } from "../workspace/desk-context.ts"

/** The runs one started, those of schedules that changed something, and what handlers logged since this page opened. */
export function RunLog({ panel }: { readonly panel: string }) {
  const log = usePanelActivity(panel, logOf)
  return (
    <div className="flex flex-col">
      {log.length === 0 ? (
        <Empty icon={<ScrollText size={24} />} title={say("Quiet so far")}>
          {sayRich("Every run you start, and what a handler says with <code>$log.info(…)</code>, appears here.", {
            code: inCode,
          })}
        </Empty>
      ) : null}
      <ol aria-label={say("Log lines")} className="py-2 font-mono text-12">
        {log.map((line) => (
          <LogLineRow key={line.id} line={line} panel={panel} />
        ))}
      </ol>
    </div>
  )
}
