import type { Change, CommitSummary, VersionDifference } from "@nexus/protocol"
import type { User } from "../accounts/accounts.ts"
import type { ValueStore } from "../storage/journal.ts"
import type { Remotes } from "../storage/remotes.ts"
import type { Version, Versions } from "../storage/versions.ts"
import type { Workspace } from "../workspace/workspace.ts"
import type { Workspaces } from "../workspace/workspaces.ts"
import { type AutoCommits, createAutoCommits } from "./auto-commits.ts"
import { type Branches, createBranches } from "./branches.ts"
import { createMerges, type Merges } from "./merges.ts"
import { createRemoteWork, type RemoteWork } from "./remote-work.ts"
import { versionFacts } from "./version-facts.ts"
import { type Asker, type Made, VersionWork } from "./version-work.ts"
import { type CommittedWorkspace, NOTHING, toCommitted, toFiles } from "./workspace-files.ts"

/** Versions of workspaces: Git on one side, the journal on the other. Whatever changes a workspace is one change. */
interface HistoryPlace {
  readonly start: string
  readonly skip: number
}

interface HistoryPage {
  readonly commits: readonly CommitSummary[]
  readonly next?: HistoryPlace
}

export interface WorkspaceVersions {
  readonly branches: Branches
  readonly autoCommits: AutoCommits
  readonly merges: Merges
  readonly remotes: RemoteWork
  commit(request: { readonly workspace: string; readonly by: User; readonly message?: string }): Promise<Made>
  /** `change` is absent when the workspace is as the commit says already. */
  checkout(request: { readonly workspace: string; readonly ref: string; readonly asker: Asker }): Promise<CheckedOut>
  /** `next` names the commit that the first page began with: what is committed meanwhile moves nothing. */
  history(workspace: string, asked: HistoryOf): Promise<HistoryPage>
  /** Without `from` the head of the workspace's branch, without `to` now. */
  diff(workspace: string, ends: DiffEnds): Promise<VersionDiff>
  diffText(workspace: string, ends: DiffEnds, panel: string): Promise<readonly FilePair[]>
  /** What is in a commit, or in the workspace now. */
  read(workspace: string, ref: string | undefined): Promise<VersionRead>
  /** The workspace was closed here: nothing stands ready for its next commit. */
  rest(workspace: string): Promise<void>
  /** Removes what is kept of a workspace that is gone. */
  forget(workspace: string): Promise<void>
  close(): Promise<void>
}

export interface CheckedOut {
  readonly commit: string
  readonly change?: Change
}

export interface HistoryOf {
  readonly limit: number
  readonly ref?: string | undefined
  /** Only what changed this panel. */
  readonly panel?: string | undefined
  /** Only what this person wrote, or has work in; by name, as commits have it. */
  readonly person?: string | undefined
  /** Where to go on; the first page's ref is then of no account. */
  readonly at?: HistoryPlace | undefined
}

export interface DiffEnds {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface VersionDiff {
  readonly from?: string
  readonly to?: string
  readonly differences: readonly VersionDifference[]
  readonly cut: boolean
}

export interface VersionRead {
  readonly commit?: string
  readonly panels: CommittedWorkspace["panels"]
}

export interface FilePair {
  readonly path: string
  readonly before?: string
  readonly after?: string
}

const MOST_DIFFERENCES = 1000
/** How far back is looked for what one person did. */
const MOST_LOOKED_AT = 10_000

export interface VersionParts {
  readonly versions: Versions
  readonly remotes: Remotes
  readonly workspaces: Workspaces
  readonly values: ValueStore
  readonly clock: () => number
  readonly log: (message: string, detail: object) => void
}

export function createWorkspaceVersions({
  versions,
  remotes,
  workspaces,
  values,
  clock,
  log,
}: VersionParts): WorkspaceVersions {
  const work = new VersionWork(versions, workspaces, clock)
  const merges = createMerges(work)
  const autoCommits = createAutoCommits({
    commit: (id) => work.turn(id, (workspace) => work.commit(workspace, { author: "Nexus", persons: personsOf })),
    values,
    clock,
    log,
  })
  const endsOf = async (workspace: Workspace, { from, to }: DiffEnds) => {
    const resolved = (ref: string | undefined) => (ref === undefined ? undefined : versions.resolve(workspace.id, ref))
    return { from: (await resolved(from)) ?? (await work.standsOn(workspace)).head, to: await resolved(to) }
  }

  return {
    branches: createBranches(work),
    autoCommits,
    merges,
    remotes: createRemoteWork({ work, merges, remotes, values }),
    commit: ({ workspace: id, by, message }) =>
      work.turn(id, (workspace) => work.commit(workspace, { author: by.name, ...(message ? { message } : {}) })),

    checkout: ({ workspace: id, ref, asker }) =>
      work.turn(id, async (workspace) => {
        const commit = await versions.resolve(id, ref)
        const committed = await work.read(id, commit)
        const reason = `checked out ${commit.slice(0, 7)}`
        const change = await work.lead(workspace, committed, { commit, reason, asker })
        return change ? { commit, change } : { commit }
      }),

    async history(id, { limit, ref, panel, person, at = { start: undefined, skip: 0 } }) {
      const asked = at.start ?? ref
      const start = asked ? await versions.resolve(id, asked) : (await work.standsOn(await workspaces.open(id))).head
      if (start === undefined) return { commits: [] }
      const folder = panel === undefined ? undefined : `panels/${panel}`
      const isOf = ({ author, persons = [] }: Version) => !person || author === person || persons.includes(person)
      const found =
        person === undefined
          ? await versions.history(id, limit + 1, start, folder, at.skip)
          : (await versions.history(id, MOST_LOOKED_AT, start, folder)).filter(isOf).slice(at.skip)
      const commits = found.slice(0, limit).map(({ atMs, parents, persons, ...version }) => {
        return { ...version, parents: [...parents], at: atMs, ...(persons ? { persons: [...persons] } : {}) }
      })
      return found.length > limit ? { commits, next: { start, skip: at.skip + limit } } : { commits }
    },

    async diff(id, asked) {
      const workspace = await workspaces.open(id)
      const { from, to } = await endsOf(workspace, asked)
      const before = from === undefined ? NOTHING : await work.read(id, from)
      const after = to === undefined ? toCommitted(workspace.graph, id) : await work.read(id, to)
      const all = versionFacts(id, before, after)
      const differences = all.slice(0, MOST_DIFFERENCES)
      return { ...(from ? { from } : {}), ...(to ? { to } : {}), differences, cut: all.length > differences.length }
    },

    async diffText(id, asked, panel) {
      const workspace = await workspaces.open(id)
      const { from, to } = await endsOf(workspace, asked)
      const before = from === undefined ? new Map<string, string>() : await versions.read(id, from)
      const after = to === undefined ? toFiles(workspace.graph, id) : await versions.read(id, to)
      return ["panel.nxml", "state.json"].flatMap((name) => {
        const path = `panels/${panel}/${name}`
        const [was, is] = [before.get(path), after.get(path)]
        if (was === is) return []
        return [{ path, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }]
      })
    },

    async read(id, ref) {
      if (ref === undefined) return { panels: toCommitted((await workspaces.open(id)).graph, id).panels }
      const commit = await versions.resolve(id, ref)
      return { commit, panels: (await work.read(id, commit)).panels }
    },

    rest: (id) => versions.rest(id),

    async forget(id) {
      await autoCommits.forget(id)
      await versions.forget(id)
    },

    async close() {
      autoCommits.close()
      await versions.close()
    },
  }
}

/** The people behind changes: who made them, accepted them, or clicked what ran. */
function personsOf(changes: readonly Change[]): string[] {
  const actors = changes.flatMap(({ cause }) => [cause.approver, cause.run?.person, cause.actor])
  return [...new Set(actors.flatMap((actor) => (actor?.kind === "person" ? [actor.name] : [])))].sort()
}
