import { type Actor, type Change, type CommitSummary, createId } from "@nexus/protocol"
import type { User } from "../accounts/accounts.ts"
import type { Versions } from "../storage/versions.ts"
import type { Workspaces } from "../workspace/workspaces.ts"
import { checkoutOperations } from "./checkout.ts"
import { commitMessage } from "./commit-message.ts"
import { fromFiles, toFiles } from "./workspace-files.ts"

/** Commits and checkouts of workspaces: Git on one side, the journal on the other. */
export interface WorkspaceVersions {
  commit(request: {
    readonly workspace: string
    readonly by: User
    readonly message?: string
  }): Promise<{ readonly commit: string; readonly message: string; readonly seq: number }>
  /** `change` is absent when the workspace is as the commit says already. */
  checkout(request: {
    readonly workspace: string
    readonly ref: string
    readonly person: Actor
    readonly traceId: string
  }): Promise<{ readonly commit: string; readonly change?: Change }>
  history(workspace: string, limit: number): Promise<readonly CommitSummary[]>
}

/** Changes that a message is made from. */
const READ_FOR_MESSAGE = 2000

export function createWorkspaceVersions(
  versions: Versions,
  workspaces: Workspaces,
  clock: () => number,
): WorkspaceVersions {
  const history = async (workspace: string, limit: number): Promise<readonly CommitSummary[]> => {
    const found = await versions.history(workspace, limit)
    return found.map(({ atMs, ...version }) => ({ ...version, at: atMs }))
  }
  return {
    history,
    async commit({ workspace: id, by, message: given }) {
      const workspace = await workspaces.open(id)
      const parent = await versions.head(id)
      const [last] = parent ? await versions.history(id, 1) : []
      const changes = given ? [] : await workspace.changes(last?.seq ?? 0, READ_FOR_MESSAGE)
      const message = given ?? commitMessage(changes, changes.length === READ_FOR_MESSAGE)
      // Graph and seq are read in one breath; nothing awaits between them.
      const files = toFiles(workspace.graph, id)
      const { seq } = workspace
      const commit = await versions.commit(id, { parent, files, message, author: by.name, atMs: clock(), seq })
      return { commit, message, seq }
    },
    async checkout({ workspace: id, ref, person, traceId }) {
      const workspace = await workspaces.open(id)
      const commit = await versions.resolve(id, ref)
      const committed = fromFiles(await versions.read(id, commit))
      const operations = checkoutOperations(workspace, committed)
      if (operations.length === 0) return { commit }
      const actor: Actor = { kind: "git", id: commit, name: "Git" }
      const cause = { actor, approver: person, reason: `checked out ${commit.slice(0, 7)}`, traceId }
      return { commit, change: await workspace.commit({ submission: createId("sub"), cause, operations }) }
    },
  }
}
