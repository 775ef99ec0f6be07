import { type MergeAnswer, type MergeChoice, NexusError, type RemoteAnswer } from "@nexus/protocol"
import * as z from "zod"
import type { ValueStore } from "../storage/journal.ts"
import type { Remote, Remotes } from "../storage/remotes.ts"
import type { Workspace } from "../workspace/workspace.ts"
import { MAIN } from "./branch-of.ts"
import { importedWorkspace, isImported } from "./import-panels.ts"
import type { Merges } from "./merges.ts"
import type { Asker, VersionWork } from "./version-work.ts"
import { BRANCH_PROPERTY } from "./workspace-files.ts"

/**
 * The other repositories of a workspace, by name. Their addresses stand in the journal's value store and not in the graph:
 * there an editor could write one, and whoever owns the workspace says where it is sent.
 */
export interface RemoteWork {
  list(workspace: string): Promise<{ readonly remotes: RemoteAnswer[]; readonly transports: ("file" | "ssh")[] }>
  set(workspace: string, name: string, url: string): Promise<RemoteAnswer>
  remove(workspace: string, name: string): Promise<void>
  /** Without a branch the workspace's own. What is not committed is not sent. */
  push(request: PushRequest): Promise<{ readonly branch: string; readonly commit: string }>
  pull(request: PushRequest & { readonly choices: readonly MergeChoice[]; readonly asker: Asker }): Promise<MergeAnswer>
  /** Copies a repository to be that of a workspace which does not exist yet. */
  copy(workspace: string, url: string): Promise<Copied>
}

export interface PushRequest {
  readonly workspace: string
  readonly remote: string
  readonly branch?: string | undefined
}

export interface Copied {
  /** Leads the new workspace to what was copied. */
  open(workspace: Workspace, asker: Asker): Promise<void>
}

export interface RemoteParts {
  readonly work: VersionWork
  readonly merges: Merges
  readonly remotes: Remotes
  readonly values: ValueStore
}

const SPACE = "remotes"
const MOST_REMOTES = 50
const Kept = z.object({ url: z.string() })

export function createRemoteWork({ work, merges, remotes, values }: RemoteParts): RemoteWork {
  const find = async (workspace: string, name: string): Promise<Remote> => {
    const text = await values.get(workspace, SPACE, name)
    if (text === undefined) throw new NexusError({ code: "not-found", what: "remote", id: name })
    // What was opened when it was named may be shut now.
    return { name, ...remotes.parse(Kept.parse(JSON.parse(text)).url) }
  }
  const branchAnd = async (id: string, { remote, branch: asked }: PushRequest, workspace: Workspace) => {
    const { branch } = await work.standsOn(workspace)
    return { to: await find(id, remote), branch: asked ?? branch }
  }

  return {
    async list(workspace) {
      const kept = await values.list(workspace, SPACE, "", MOST_REMOTES)
      return {
        remotes: kept.map(([name, text]) => ({ name, url: Kept.parse(JSON.parse(text)).url })),
        transports: [...remotes.transports],
      }
    },
    async set(workspace, name, typed) {
      const { url } = remotes.parse(typed)
      const kept = await values.list(workspace, SPACE, "", MOST_REMOTES)
      if (kept.length >= MOST_REMOTES && !kept.some(([known]) => known === name)) {
        throw new NexusError({ code: "quota-exceeded", what: "remotes", limit: MOST_REMOTES, used: kept.length })
      }
      await values.set(workspace, SPACE, name, JSON.stringify({ url }))
      return { name, url }
    },
    remove: (workspace, name) => values.set(workspace, SPACE, name, undefined),

    push: (request) =>
      work.turn(request.workspace, async (workspace) => {
        const { to, branch } = await branchAnd(workspace.id, request, workspace)
        const commit = await work.versions.head(workspace.id, branch)
        if (commit === undefined) throw new NexusError({ code: "not-found", what: "branch", id: branch })
        await remotes.push(workspace.id, to, branch, commit)
        return { branch, commit }
      }),

    async pull({ choices, asker, ...request }) {
      const { commit, called } = await work.turn(request.workspace, async (workspace) => {
        const { to, branch } = await branchAnd(workspace.id, request, workspace)
        const fetched = await remotes.fetch(workspace.id, to, branch)
        return { commit: fetched, called: `${to.name}/${branch}` }
      })
      return merges.merge({ workspace: request.workspace, from: commit, called, choices, asker })
    },

    async copy(id, url) {
      const branch = await remotes.copy(id, remotes.parse(url))
      const commit = await work.versions.head(id, branch)
      if (commit === undefined) throw new NexusError({ code: "not-found", what: "branch", id: branch })
      const committed = importedWorkspace(await work.versions.read(id, commit, isImported), id)
      return {
        open: async (workspace, asker) => {
          const { name } = workspace.graph.entity(id) ?? { name: committed.name }
          const set = { [BRANCH_PROPERTY]: branch }
          const more = branch === MAIN ? [] : [{ kind: "entity_set" as const, id, set }]
          await work.lead(workspace, { ...committed, name }, { commit, reason: `imported ${url}`, asker, more })
        },
      }
    },
  }
}
