import { endpoints, type ListedWorkspace } from "@nexus/protocol"
import { Footprints, Search } from "lucide-react"
import { useCallback, useState } from "react"
import { routeHref } from "../connect/route.ts"
import { refusal, sentence } from "../connect/sentence.ts"
import { useSession, useSessionState } from "../connect/session-context.ts"
import { durationInWords, whoInWords } from "../runs/run-words.ts"
import { StatusDot } from "../runs/StatusDot.tsx"
import { ago, instant } from "../ui/ago.ts"
import { confirm } from "../ui/ask.ts"
import { Button } from "../ui/Button.tsx"
import { Empty } from "../ui/Empty.tsx"
import { Notice } from "../ui/Notice.tsx"
import { Skeleton } from "../ui/Skeleton.tsx"
import { toast } from "../ui/toasts.ts"
import { say } from "../words/say.ts"
import { chooseRuns, type PlacedRun, placed, type RunFilter } from "./all-runs.ts"
import { usePolled } from "./use-polled.ts"
import { useWorkspaces } from "./use-workspaces.ts"
import { FIELD, WorkspaceChoice } from "./WorkspaceChoice.tsx"

const EVERY_MS = 5000
/** Of each workspace, and so many workspaces at most: those that come first in the list. */
const RUNS = "50"
const MOST_WORKSPACES = 30
const HOURS = { hour: 1, day: 24, week: 168, all: undefined } as const
type Span = keyof typeof HOURS

/** What ran in all the workspaces in which one may read that. */
export default function RunsSection() {
  const { value: workspaces, error } = useWorkspaces()
  if (error) return <Notice tone="wrong">{error}</Notice>
  if (!workspaces) return <Skeleton lines={6} label={say("Loading runs")} />
  return <Runs workspaces={workspaces.filter(({ role }) => role !== "viewer").slice(0, MOST_WORKSPACES)} />
}

function Runs({ workspaces }: { readonly workspaces: readonly ListedWorkspace[] }) {
  const { api } = useSession()
  const [filter, setFilter] = useState<RunFilter>({ workspace: "", status: "all", text: "" })
  const [span, setSpan] = useState<Span>("day")
  const { value: runs, error } = usePolled(
    useCallback(async () => {
      const hours = HOURS[span]
      const since = hours === undefined ? {} : { since: String(Date.now() - hours * 3_600_000) }
      const asked = workspaces.map(async ({ id }) => {
        const query = { limit: RUNS, ...since }
        const { runs } = await api.call(endpoints.listRunRecords, { params: { workspace: id }, query })
        return { workspace: id, runs }
      })
      const answered = await Promise.allSettled(asked)
      return placed(answered.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])))
    }, [api, workspaces, span]),
    EVERY_MS,
  )
  const shown = runs && chooseRuns(runs, filter)
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
          onChoose={(workspace) => set({ workspace })}
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
          onChange={(event) => setSpan(spanNamed(event.currentTarget.value))}
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
          <Run key={`${run.workspace} ${run.run}`} run={run} where={nameOf(run.workspace)} />
        ))}
      </ul>
    </section>
  )
}

function Run({ run, where }: { readonly run: PlacedRun; readonly where: string }) {
  const { api } = useSession()
  const { user } = useSessionState()
  const { workspace, handler } = run
  const took = run.endedAt === undefined ? "" : ` · ${durationInWords(run.endedAt - run.at)}`
  const stop = async () => {
    const yes = await confirm({
      title: say("Stop {handler}?", { handler }),
      text: say("What it changed so far stays; what it waits for will not come."),
      action: say("Stop it"),
      tone: "wrong",
    })
    if (!yes) return
    try {
      await api.call(endpoints.cancelRun, { params: { workspace, run: run.run } })
      toast({ title: say("{handler} is stopped", { handler }) })
    } catch (cause) {
      toast({ tone: "wrong", title: say("{handler} goes on", { handler }), detail: sentence(cause) })
    }
  }
  return (
    <li className="flex items-start gap-2.5 px-4 py-2.5">
      <StatusDot status={run.status} />
      <span className="min-w-0 flex-1">
        <span className="block text-13 [overflow-wrap:anywhere]">
          <span className="font-medium">{run.title}</span>
          <span className="text-faint"> · </span>
          <span className="font-mono text-12">{handler}</span>
        </span>
        {run.failure ? (
          <span className="block text-12 text-wrong [overflow-wrap:anywhere]">{refusal(run.failure)}</span>
        ) : null}
        <span className="tabular block text-12 text-soft" title={instant(run.at)}>
          <a className="hover:text-accent hover:underline" href={routeHref({ at: "workspace", workspace })}>
            {where}
          </a>
          {` · ${whoInWords(run, user?.id ?? "")} · ${ago(run.at, Date.now())}${took}`}
        </span>
      </span>
      {run.status === "waiting" ? (
        <Button small aria-label={say("Stop {handler} of {panel}", { handler, panel: run.title })} onClick={stop}>
          {say("Stop")}
        </Button>
      ) : null}
    </li>
  )
}

function statusNamed(name: string): RunFilter["status"] {
  return name === "finished" || name === "failed" || name === "waiting" ? name : "all"
}

function spanNamed(name: string): Span {
  return name === "hour" || name === "week" || name === "all" ? name : "day"
}
