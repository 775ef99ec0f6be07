import { NexusError } from "@nexus/protocol"
import { openWorkspace, type WorkspaceParts } from "./open-workspace.ts"
import type { Workspace } from "./workspace.ts"

/** The workspaces of this kernel: opened when first asked for, kept open, closed together. */
export interface Workspaces {
  /** Throws `not-found` when no such workspace was ever created. */
  open(id: string): Promise<Workspace>
  /** Makes a workspace with its root entity; harmless when repeated. */
  create(id: string, name: string, by: { readonly id: string; readonly name: string }): Promise<Workspace>
  /** The workspace if it is open now. */
  get(id: string): Workspace | undefined
  /** Ends what runs in it and closes it; for a workspace that was deleted. */
  release(id: string): Promise<void>
  close(): Promise<void>
}

export function createWorkspaces(parts: WorkspaceParts): Workspaces {
  const opening = new Map<string, Promise<Workspace>>()
  const opened = new Map<string, Workspace>()
  let closed = false

  const release = async (id: string): Promise<void> => {
    const held = opened.get(id)
    opened.delete(id)
    opening.delete(id)
    await held?.close()
  }
  const forget = (id: string): void => {
    release(id).catch((error: unknown) => parts.log("a lost workspace did not close", { id, error: String(error) }))
  }
  const open = (id: string): Promise<Workspace> => {
    if (closed) throw new NexusError({ code: "unavailable", what: "The kernel", detail: "it is stopping" })
    const known = opening.get(id)
    if (known) return known
    const workspace = openWorkspace(id, parts, () => forget(id))
    opening.set(id, workspace)
    workspace.then(
      (ready) => opened.set(id, ready),
      () => opening.delete(id),
    )
    return workspace
  }

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
    get: (id) => opened.get(id),
    release,
    close: async () => {
      closed = true
      await Promise.allSettled([...opening.values()])
      await Promise.allSettled([...opened.values()].map((workspace) => workspace.close()))
    },
  }
}
