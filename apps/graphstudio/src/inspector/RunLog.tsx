import { ScrollText } from "lucide-react"
import { LogLineRow } from "../log/LogLineRow.tsx"
import { Empty } from "../ui/Empty.tsx"
import { usePanelActivity } from "../workspace/desk-context.ts"

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
        {log.map((line) => (
          <LogLineRow key={line.id} line={line} panel={panel} />
        ))}
      </ol>
    </div>
  )
}
