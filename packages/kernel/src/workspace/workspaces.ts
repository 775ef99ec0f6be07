import { NexusError } from "@nexus/protocol"
import { openWorkspace, type WorkspaceParts } from "./open-workspace.ts"
import { hasWaitingRuns } from "./waiting/waiting-store.ts"
import type { Workspace } from "./workspace.ts"

/**
 * The workspaces of this kernel: opened when first asked for, closed when nobody has asked for a while and nothing goes on
 * in them, or all together. A workspace is opened anew only when its closing is over: it never has two writers here.
 */
export interface Workspaces {
  /** Throws `not-found` when no such workspace was ever created. */
  open(id: string): Promise<Workspace>
  /** Makes a workspace with its root entity; harmless when repeated. */
  create(id: string, name: string, by: { readonly id: string; readonly name: string }): Promise<Workspace>
  /** The workspace if it is open now. Do not keep it: ask again. */
  get(id: string): Workspace | undefined
  /** Opens those of these workspaces that have waiting runs, so that they go on when they are due. */
  wake(ids: readonly string[]): Promise<void>
  /** Ends what runs in it and closes it; for a workspace that was deleted. */
  release(id: string): Promise<void>
  close(): Promise<void>
}

/** The longest a timer can count. */
const MOST_MS = 2 ** 31 - 1

export function createWorkspaces(parts: WorkspaceParts): Workspaces {
  const opening = new Map<string, Promise<Workspace>>()
  const opened = new Map<string, Workspace>()
  const closing = new Map<string, Promise<void>>()
  const askedAt = new Map<string, number>()
  let closed = false

  const release = async (id: string): Promise<void> => {
    const held = opened.get(id)
    opened.delete(id)
    opening.delete(id)
    askedAt.delete(id)
    if (!held) return closing.get(id)
    const gone = held.close().finally(() => closing.delete(id))
    closing.set(id, gone)
    await gone
  }
  const forget = (id: string): void => {
    release(id).catch((error: unknown) => parts.log("a workspace did not close well", { id, error: String(error) }))
  }
  const open = (id: string): Promise<Workspace> => {
    if (closed) throw new NexusError({ code: "unavailable", what: "The kernel", detail: "it is stopping" })
    askedAt.set(id, parts.clock())
    if (opened.get(id)?.lost) forget(id)
    const known = opening.get(id)
    if (known) return known
    const onLost = () => {
      if (opening.get(id) === workspace) forget(id)
    }
    const workspace = Promise.allSettled([closing.get(id)]).then(() => openWorkspace(id, parts, onLost))
    opening.set(id, workspace)
    workspace.then(
      (ready) => opened.set(id, ready),
      () => {
        opening.delete(id)
        askedAt.delete(id)
      },
    )
    return workspace
  }
  const { idleMs } = parts
  const closeIdle = (): void => {
    const since = parts.clock() - idleMs
    for (const [id, workspace] of opened) if (workspace.idle && (askedAt.get(id) ?? 0) < since) forget(id)
  }
  const sweep = setInterval(closeIdle, Math.min(idleMs / 2, MOST_MS)).unref()

  return {
    open: async (id) => open(id),
    create: async (id, name, by) => {
      await parts.journal.create(id)
      const workspace = await open(id)
      if (!workspace.graph.entity(id)) {
        await workspace.commit({
          submission: `create.${id}`.slice(0, 160),
          cause: { actor: { kind: "person", ...by }, reason: `created ${name}`.slice(0, 400) },
          operations: [{ kind: "entity_add", entity: { id, kind: "workspace", name, properties: {}, scope: "" } }],
        })
      }
      return workspace
    },
    get: (id) => {
      const workspace = opened.get(id)
      if (workspace?.lost) return undefined
      if (workspace) askedAt.set(id, parts.clock())
      return workspace
    },
    wake: async (ids) => {
      for (const id of ids) {
        try {
          if (!closed && (await hasWaitingRuns(parts.journal.values, id))) await open(id)
        } catch (error) {
          parts.log("a workspace with waiting runs did not open", { id, error: String(error) })
        }
      }
    },
    release,
    close: async () => {
      closed = true
      clearInterval(sweep)
      await Promise.allSettled([...opening.values(), ...closing.values()])
      await Promise.allSettled([...opened.values()].map((workspace) => workspace.close()))
    },
  }
}
