import type { ListedWorkspace } from "@nexus/protocol"
import { Footprints, Search } from "lucide-react"
import { useCallback, useState } from "react"
import { useSession } from "../connect/session-context.ts"
import { Empty } from "../ui/Empty.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { say } from "../words/say.ts"
import { chooseRuns, type RunFilter } from "./all-runs.ts"
import { OlderRuns } from "./OlderRuns.tsx"
import { RunLine } from "./RunLine.tsx"
import { readRuns } from "./read-runs.ts"
import { usePolled } from "./use-polled.ts"
import { useWorkspaces } from "./use-workspaces.ts"
import { FIELD, WorkspaceChoice } from "./WorkspaceChoice.tsx"

const EVERY_MS = 5000
const HOURS = { hour: 1, day: 24, week: 168, all: undefined } as const
type Span = keyof typeof HOURS

/** What ran in all the workspaces in which one may read that. */
export default function RunsSection() {
  const { value: workspaces, error } = useWorkspaces()
  if (error) return <Notice tone="wrong">{error}</Notice>
  if (!workspaces) return <Skeleton lines={6} label={say("Loading runs")} />
  return <Runs workspaces={workspaces.filter(({ role }) => role !== "viewer")} />
}

function Runs({ workspaces }: { readonly workspaces: readonly ListedWorkspace[] }) {
  const { api } = useSession()
  const [filter, setFilter] = useState<RunFilter>({ workspace: "", status: "all", text: "" })
  const [span, setSpan] = useState<Span>("day")
  const [reach, setReach] = useState(1)
  const { value: read, error } = usePolled(
    useCallback(() => {
      const hours = HOURS[span]
      const since = hours === undefined ? undefined : Date.now() - hours * 3_600_000
      const asked = filter.workspace === "" ? workspaces : workspaces.filter(({ id }) => id === filter.workspace)
      return readRuns(api, asked, { since, reach })
    }, [api, workspaces, filter.workspace, span, reach]),
    EVERY_MS,
  )
  const shown = read && chooseRuns(read.runs, filter)
  const set = (part: Partial<RunFilter>) => setFilter({ ...filter, ...part })
  const nameOf = (id: string) => workspaces.find((workspace) => workspace.id === id)?.name ?? id

  return (
    <section aria-label={say("All runs")} className="rounded-sheet border border-line bg-surface">
      <div className="flex flex-wrap gap-2 border-line border-b p-3">
        <label className="relative min-w-44 flex-1 phone:basis-full">
          <span className="sr-only">{say("Search the runs")}</span>
          <Search size={14} aria-hidden="true" className="absolute start-3 top-2.5 text-faint" />
          <input
            type="search"
            value={filter.text}
            onChange={(event) => set({ text: event.currentTarget.value })}
            placeholder={say("Panel, handler or person")}
            className="h-9 w-full rounded-control border border-line-strong bg-surface ps-9 pe-3 text-13 placeholder:text-faint"
          />
        </label>
        <WorkspaceChoice
          all
          workspaces={workspaces}
          value={filter.workspace}
          onChoose={(workspace) => {
            setReach(1)
            set({ workspace })
          }}
        />
        <select
          aria-label={say("How it ended")}
          value={filter.status}
          onChange={(event) => set({ status: statusNamed(event.currentTarget.value) })}
          className={FIELD}
        >
          <option value="all">{say("However it ended")}</option>
          <option value="finished">{say("Finished")}</option>
          <option value="failed">{say("Failed")}</option>
          <option value="waiting">{say("Waiting")}</option>
        </select>
        <select
          aria-label={say("Since when")}
          value={span}
          onChange={(event) => {
            setReach(1)
            setSpan(spanNamed(event.currentTarget.value))
          }}
          className={FIELD}
        >
          <option value="hour">{say("In the last hour")}</option>
          <option value="day">{say("In the last day")}</option>
          <option value="week">{say("In the last week")}</option>
          <option value="all">{say("At any time")}</option>
        </select>
      </div>
      {error ? (
        <Notice tone="wrong" className="m-3">
          {error}
        </Notice>
      ) : null}
      {!shown && !error ? <Skeleton lines={6} label={say("Loading runs")} /> : null}
      {shown?.length === 0 ? (
        <Empty icon={<Footprints size={24} />} title={say("Nothing ran that fits")}>
          {say(
            "Runs of the workspaces that you may change stand here, newest first. Choose a longer time, or less words.",
          )}
        </Empty>
      ) : null}
      <ul aria-label={say("Runs")} className="divide-y divide-line">
        {shown?.map((run) => (
          <RunLine key={`${run.workspace} ${run.run}`} run={run} where={nameOf(run.workspace)} />
        ))}
      </ul>
      {read ? <OlderRuns {...read} nameOf={nameOf} onAsk={() => setReach(reach + 1)} /> : null}
    </section>
  )
}

function statusNamed(name: string): RunFilter["status"] {
  return name === "finished" || name === "failed" || name === "waiting" ? name : "all"
}

function spanNamed(name: string): Span {
  return name === "hour" || name === "week" || name === "all" ? name : "day"
}
