import type { RunRecordSummary } from "@nexus/protocol"
import { Footprints } from "lucide-react"
import { useState } from "react"
import { refusal } from "../connect/sentence.ts"
import { ago, instant } from "../ui/ago.ts"
import { Button } from "../ui/Button.tsx"
import { Empty } from "../ui/Empty.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say } from "../words/say.ts"
import { useDesk, useMayEdit, usePanelPart } from "../workspace/desk-context.ts"
import { PanelFilter } from "../workspace/PanelFilter.tsx"
import { studio, useStudio } from "../workspace/studio.ts"
import { durationInWords, whoInWords } from "./run-words.ts"
import { StatusDot } from "./StatusDot.tsx"
import { useRecords } from "./use-records.ts"

/** What ran, newest first; each can be gone through turn by turn. */
export function RecentRuns() {
  const editable = useMayEdit()
  if (!editable) {
    return (
      <Empty icon={<Footprints size={24} />} title={say("For editors")}>
        {say("What a run was given and gave back is read by editors and owners of this workspace.")}
      </Empty>
    )
  }
  return <Recorded />
}

function Recorded() {
  const [only] = useStudio((state) => state.selection)
  const [panel, setPanel] = useState<string | undefined>(only)
  const { runs, more, error, older } = useRecords(panel)
  return (
    <>
      <div className="flex border-line border-b px-3 py-2">
        <PanelFilter panel={panel} onChange={setPanel} />
      </div>
      {error ? (
        <Notice tone="wrong" className="m-3">
          {error}
        </Notice>
      ) : null}
      {!runs && !error ? <Skeleton lines={6} label={say("Loading runs")} /> : null}
      {runs?.length === 0 ? (
        <Empty icon={<Footprints size={24} />} title={say("Nothing ran yet")}>
          {say(
            "Every run of a handler is kept here, with what it was given and what it gave back, and can be gone through turn by turn.",
          )}
        </Empty>
      ) : null}
      <ul aria-label={say("Recent runs")} className="py-1">
        {runs?.map((run) => (
          <Run key={run.run} run={run} />
        ))}
      </ul>
      {more ? (
        <div className="p-3 pt-1">
          <Button small className="w-full" onClick={older}>
            {say("Earlier runs")}
          </Button>
        </div>
      ) : null}
    </>
  )
}

function Run({ run }: { readonly run: RunRecordSummary }) {
  const { user } = useDesk()
  const title = usePanelPart(run.panel, (entity) => entity?.properties.title) ?? say("A removed panel")
  const turns =
    run.turns === 1 ? "" : ` · ${say("{count, plural, one {# turn} other {# turns}}", { count: run.turns })}`
  const took = run.endedAt === undefined ? "" : ` · ${durationInWords(run.endedAt - run.at)}`
  return (
    <li>
      <button
        type="button"
        onClick={() => studio.set({ run: run.run })}
        className="flex w-full items-start gap-2.5 px-4 py-2 text-start hover:bg-hover"
      >
        <StatusDot status={run.status} />
        <span className="min-w-0 flex-1">
          <span className="block text-13 [overflow-wrap:anywhere]">
            <span className="font-medium">{title}</span>
            <span className="text-faint"> · </span>
            <span className="font-mono text-12">{run.handler}</span>
          </span>
          {run.failure ? (
            <span className="block text-12 text-wrong [overflow-wrap:anywhere]">{refusal(run.failure)}</span>
          ) : null}
          <span className="tabular block text-12 text-soft" title={instant(run.at)}>
            {whoInWords(run, user.id)} · {ago(run.at, Date.now())}
            {took}
            {turns}
          </span>
        </span>
      </button>
    </li>
  )
}
