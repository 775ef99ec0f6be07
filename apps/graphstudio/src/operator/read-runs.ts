import { type ApiClient, endpoints, pagesOf, type RunRecordSummary } from "@nexus/protocol"
import { type PlacedRun, placed } from "./all-runs.ts"

/** At each reach so many more of each workspace, and so many more workspaces: those that come first in the list. */
const RUNS = 50
const WORKSPACES = 30
/** The most that one answer has. */
const MOST = 500

export interface ReadRuns {
  /** Newest first. */
  readonly runs: readonly PlacedRun[]
  /** Workspaces that have older ones than those. */
  readonly further: readonly string[]
  /** How many workspaces were not asked at all. */
  readonly unasked: number
}

interface Reach {
  readonly since: number | undefined
  /** How often somebody asked for more. */
  readonly reach: number
}

/** What ran in these workspaces, as far back as was asked; a workspace that refuses is left out. */
export async function readRuns(
  api: ApiClient,
  workspaces: readonly { readonly id: string }[],
  { since, reach }: Reach,
): Promise<ReadRuns> {
  const wanted = RUNS * reach
  const query = { limit: String(Math.min(MOST, wanted)), ...(since === undefined ? {} : { since: String(since) }) }
  const asked = workspaces.slice(0, WORKSPACES * reach).map(async ({ id: workspace }) => {
    const list = (request: { readonly query: object }) =>
      api.call(endpoints.listRunRecords, { params: { workspace }, ...request })
    const runs: RunRecordSummary[] = []
    let more = false
    for await (const page of pagesOf(list, { query })) {
      runs.push(...page.runs)
      more = page.more
      if (runs.length >= wanted) break
    }
    return { workspace, runs, more }
  })
  const answered = await Promise.allSettled(asked)
  const read = answered.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []))
  return {
    runs: placed(read),
    further: read.flatMap(({ workspace, more }) => (more ? [workspace] : [])),
    unasked: workspaces.length - asked.length,
  }
}
