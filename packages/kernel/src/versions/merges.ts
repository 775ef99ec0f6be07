import { type MergeAnswer, type MergeChoice, NexusError, packageComponents } from "@nexus/protocol"
import { parsePanel } from "@nexus/reactor"
import type { Workspace } from "../workspace/workspace.ts"
import { mergeWorkspaces } from "./merge.ts"
import type { Asker, VersionWork } from "./version-work.ts"
import { type CommittedWorkspace, NOTHING } from "./workspace-files.ts"

/**
 * Bringing another line of commits, or the opposite of one old commit, into the workspace. What is not committed is committed
 * first, so that "ours" is a commit and nothing of anybody's is in neither side. With conflicts open nothing changes; with
 * all of them answered it is one change in the journal, then a commit.
 */
export interface Merges {
  merge(request: MergeRequest): Promise<MergeAnswer>
  revert(request: RevertRequest): Promise<MergeAnswer>
}

export interface MergeRequest {
  readonly workspace: string
  /** A branch, tag or commit. */
  readonly from: string
  /** What it is called in sentences, when `from` is an id. */
  readonly called?: string
  readonly choices: readonly MergeChoice[]
  readonly asker: Asker
}

export interface RevertRequest extends Omit<MergeRequest, "from" | "called"> {
  readonly commit: string
}

interface Sides {
  readonly base: CommittedWorkspace
  readonly theirs: CommittedWorkspace
  /** The commit that "theirs" is, for the cause of the change. */
  readonly commit: string
}

interface Words {
  readonly reason: string
  readonly message: string
  readonly merged?: string
}

const TRIES = 5

export function createMerges(work: VersionWork): Merges {
  const { versions } = work
  const emptyOr = (id: string, commit: string | undefined) => (commit === undefined ? NOTHING : work.read(id, commit))

  /** Merges, asks or commits; `undefined` when somebody changed the workspace meanwhile. */
  const settle = async (
    workspace: Workspace,
    ours: CommittedWorkspace,
    { base, theirs, commit }: Sides,
    { choices, asker }: Pick<MergeRequest, "choices" | "asker">,
    { reason, message, merged }: Words,
    seq: number,
  ): Promise<MergeAnswer | undefined> => {
    const { declarations } = packageComponents(workspace.graph)
    const accepts = (source: string) => {
      const { panel, diagnostics } = parsePanel(source, { components: declarations })
      return panel !== undefined && diagnostics.every(({ severity }) => severity !== "error")
    }
    const found = mergeWorkspaces(base, ours, theirs, {
      root: workspace.id,
      choices,
      accepts,
      components: declarations,
    })
    if (workspace.seq !== seq) return undefined
    if (found.conflicts.length > 0) return { status: "conflicts", conflicts: [...found.conflicts] }
    const change = await work.lead(workspace, found.workspace, { commit, reason, asker })
    const author = asker.person.name
    const made = await work.commit(workspace, { author, message, ...(merged === undefined ? {} : { merged }) })
    return { status: "merged", commit: made.commit, ...(change ? { change } : {}) }
  }

  const again = async (attempt: () => Promise<MergeAnswer | undefined>): Promise<MergeAnswer> => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const answer = await attempt()
      if (answer) return answer
    }
    const detail = "The workspace changes too fast to be merged now. Try again in a moment."
    throw new NexusError({ code: "conflict", detail })
  }

  return {
    merge: ({ workspace: id, from, called = from, ...request }) =>
      work.turn(id, (workspace) =>
        again(async () => {
          const { seq } = workspace
          const { asker } = request
          const { head } = await work.save(workspace, asker.person.name)
          const commit = await versions.resolve(id, from)
          const common = await versions.mergeBase(id, head, commit)
          if (common === commit) return { status: "up-to-date", commit: head }
          const { branch } = await work.standsOn(workspace)
          const theirs = await work.read(id, commit)
          const reason = `merged ${called} into ${branch}`
          if (common !== head) {
            const base = await emptyOr(id, common)
            const ours = await work.read(id, head)
            const words = { reason, message: `Merge ${called} into ${branch}`, merged: commit }
            return settle(workspace, ours, { base, theirs, commit }, request, words, seq)
          }
          if (workspace.seq !== seq) return undefined
          // Nothing happened here since: the branch moves on to where the other one is.
          const change = await work.lead(workspace, theirs, { commit, reason, asker })
          await versions.moveRef(id, { kind: "branch", name: branch }, { before: head, after: commit })
          return { status: "forwarded", commit, ...(change ? { change } : {}) }
        }),
      ),

    revert: ({ workspace: id, commit: ref, ...request }) =>
      work.turn(id, (workspace) =>
        again(async () => {
          const { seq } = workspace
          const { head } = await work.save(workspace, request.asker.person.name)
          const commit = await versions.resolve(id, ref)
          const [version] = await versions.history(id, 1, commit)
          const [parent] = version?.parents ?? []
          if (version === undefined || parent === undefined) {
            const detail = "Nothing was before the first commit, so it cannot be taken back. Remove its panels instead."
            throw new NexusError({ code: "conflict", detail })
          }
          const [base, theirs, ours] = await Promise.all([commit, parent, head].map((one) => work.read(id, one)))
          if (!base || !theirs || !ours) throw new Error("a commit was not read")
          const subject = version.message.split("\n")[0] ?? ""
          const words = {
            reason: `took back ${commit.slice(0, 7)}: ${subject}`,
            message: `Take back “${subject}”\n\nThis takes back ${commit}.`,
          }
          return settle(workspace, ours, { base, theirs, commit }, request, words, seq)
        }),
      ),
  }
}
