import {
  type MergeAnswer,
  type MergeChoice,
  NexusError,
  type RemoteAddress,
  type RemoteAnswer,
  type RemotesAnswer,
} from "@nexus/protocol"
import * as z from "zod"
import type { ValueStore } from "../storage/journal.ts"
import type { HostKey, Remote, RemotePlace, Remotes } from "../storage/remotes.ts"
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
  list(workspace: string): Promise<RemotesAnswer>
  /** The host of an ssh address must show a key with this fingerprint; the key is kept, and it is known by no other. */
  set(workspace: string, name: string, address: RemoteAddress): Promise<RemoteAnswer>
  remove(workspace: string, name: string): Promise<void>
  /** Without a branch the workspace's own. What is not committed is not sent. */
  push(request: PushRequest): Promise<{ readonly branch: string; readonly commit: string }>
  pull(request: PushRequest & { readonly choices: readonly MergeChoice[]; readonly asker: Asker }): Promise<MergeAnswer>
  /** Copies a repository to be that of a workspace which does not exist yet. */
  copy(workspace: string, address: RemoteAddress): Promise<Copied>
  /** What the host of an address shows now, for a person to compare; empty where nobody has to. */
  hostKeys(url: string): Promise<readonly HostKey[]>
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
const Kept = z.object({
  url: z.string(),
  hostKey: z.object({ kind: z.string(), key: z.string(), fingerprint: z.string() }).optional(),
})

export function createRemoteWork({ work, merges, remotes, values }: RemoteParts): RemoteWork {
  const find = async (workspace: string, name: string): Promise<Remote> => {
    const text = await values.get(workspace, SPACE, name)
    if (text === undefined) throw new NexusError({ code: "not-found", what: "remote", id: name })
    // What was opened when it was named may be shut now.
    const { url, hostKey } = Kept.parse(JSON.parse(text))
    return { name, ...remotes.parse(url), ...(hostKey === undefined ? {} : { hostKey }) }
  }
  /** The place of an address, with the key that a person accepted by its fingerprint. */
  const placeOf = async ({ url, fingerprint }: RemoteAddress): Promise<RemotePlace> => {
    const place = remotes.parse(url)
    const shown = await remotes.hostKeys(place)
    if (shown.length === 0) return place
    const accepted = shown.find((key) => key.fingerprint === fingerprint)
    if (accepted) return { ...place, hostKey: accepted }
    throw new NexusError({ code: "conflict", detail: notAccepted(fingerprint) })
  }
  const branchAnd = async (id: string, { remote, branch: asked }: PushRequest, workspace: Workspace) => {
    const { branch } = await work.standsOn(workspace)
    return { to: await find(id, remote), branch: asked ?? branch }
  }

  return {
    async list(workspace) {
      const kept = await values.list(workspace, SPACE, "", MOST_REMOTES)
      const publicKey = await remotes.publicKey()
      return {
        remotes: kept.map(([name, text]) => answerOf(name, Kept.parse(JSON.parse(text)))),
        transports: [...remotes.transports],
        ...(publicKey === undefined ? {} : { publicKey }),
      }
    },
    async set(workspace, name, address) {
      const { url, hostKey } = await placeOf(address)
      const kept = await values.list(workspace, SPACE, "", MOST_REMOTES)
      if (kept.length >= MOST_REMOTES && !kept.some(([known]) => known === name)) {
        throw new NexusError({ code: "quota-exceeded", what: "remotes", limit: MOST_REMOTES, used: kept.length })
      }
      await values.set(workspace, SPACE, name, JSON.stringify({ url, hostKey }))
      return answerOf(name, { url, hostKey })
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

    hostKeys: async (url) => remotes.hostKeys(remotes.parse(url)),

    async copy(id, address) {
      const place = await placeOf(address)
      const branch = await remotes.copy(id, place)
      const commit = await work.versions.head(id, branch)
      if (commit === undefined) throw new NexusError({ code: "not-found", what: "branch", id: branch })
      const committed = importedWorkspace(await work.versions.read(id, commit, isImported), id)
      return {
        open: async (workspace, asker) => {
          const { name } = workspace.graph.entity(id) ?? { name: committed.name }
          const set = { [BRANCH_PROPERTY]: branch }
          const more = branch === MAIN ? [] : [{ kind: "entity_set" as const, id, set }]
          await work.lead(workspace, { ...committed, name }, { commit, reason: `imported ${place.url}`, asker, more })
        },
      }
    },
  }
}

function answerOf(name: string, { url, hostKey }: z.infer<typeof Kept>): RemoteAnswer {
  return { name, url, ...(hostKey === undefined ? {} : { fingerprint: hostKey.fingerprint }) }
}

function notAccepted(fingerprint: string | undefined): string {
  return fingerprint === undefined
    ? "The host of this address is not known yet. Look at the fingerprint of its key, compare it with what its owner says, and accept it by sending it along."
    : `The host shows no key with the fingerprint ${fingerprint}. Look at what it shows now, and compare it with what its owner says.`
}
