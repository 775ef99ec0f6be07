import { type ApiClient, type CommitSummary, endpoints, pagesOf } from "@nexus/protocol"

/** What a kernel gives at once. */
const MOST_AT_ONCE = 1000

/** The newest commits, and whether there are older ones. */
export interface Commits {
  readonly commits: readonly CommitSummary[]
  readonly more: boolean
}

interface Wanted {
  readonly workspace: string
  readonly limit: number
  readonly panel?: string
  readonly person?: string
}

/** At least `limit` commits where there are so many, page by page. */
export async function readCommits(api: ApiClient, { limit, ...of }: Wanted): Promise<Commits> {
  const query = { ...of, limit: String(Math.min(limit, MOST_AT_ONCE)) }
  const list = (asked: { readonly query: typeof query }) => api.call(endpoints.listHistory, asked)
  const commits: CommitSummary[] = []
  for await (const page of pagesOf(list, { query })) {
    commits.push(...page.commits)
    if (commits.length >= limit) return { commits, more: page.next !== undefined }
  }
  return { commits, more: false }
}
