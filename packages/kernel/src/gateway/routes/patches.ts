import { endpoints, NexusError, type Operation, type Role } from "@nexus/protocol"
import { idsOf } from "../../narrowing/panel-of.ts"
import type { Patches } from "../../patches/patches.ts"
import type { Workspaces } from "../../workspace/workspaces.ts"
import { actorOf, type Routes, type SignedInCall } from "../call.ts"

type Asking = Pick<SignedInCall<unknown, unknown, unknown>, "identity" | "require">

/** Proposals and their review. */
export function patchRoutes(
  routes: Routes,
  { patches, workspaces }: { readonly patches: Patches; readonly workspaces: Pick<Workspaces, "open"> },
): void {
  /** Whether somebody may know of a patch: it is about nothing that is hidden from them. */
  const seenBy = async (workspace: string, user: string) => {
    const { sight } = await (await workspaces.open(workspace)).seenBy(user)
    return (operations: readonly Operation[]) =>
      !sight ||
      !operations.some((operation) => {
        const { changed, pointed } = idsOf(operation)
        return [...changed, ...pointed].some((id) => sight.hides(id))
      })
  }
  /** The patch, for whoever has the role and may know of it. */
  const found = async (id: string, role: Role, { identity, require }: Asking) => {
    const patch = await patches.find(id)
    await require(patch.workspace, role)
    const isSeen = await seenBy(patch.workspace, identity.user.id)
    if (isSeen(patch.operations)) return patch
    throw new NexusError({ code: "not-found", what: "patch", id })
  }
  routes.guarded(endpoints.proposePatch, async ({ body, identity }) => {
    const isSeen = await seenBy(body.workspace, identity.user.id)
    const hidden = body.operations.find((operation) => !isSeen([operation]))
    if (hidden) throw new NexusError({ code: "not-found", what: "panel", id: idsOf(hidden).changed[0] ?? "" })
    return patches.propose(body, actorOf(identity))
  })
  routes.guarded(endpoints.listPatches, async ({ query, identity }) => {
    const isSeen = await seenBy(query.workspace, identity.user.id)
    const all = await patches.list(query.workspace, query.status)
    return { patches: all.filter(({ operations }) => isSeen(operations)) }
  })
  routes.guarded(endpoints.getPatch, async (call) => {
    const patch = await found(call.params.patch, "viewer", call)
    return patches.review(patch.id)
  })
  routes.guarded(endpoints.acceptPatch, async (call) => {
    const { params, body, identity, traceId } = call
    const patch = await found(params.patch, "editor", call)
    return patches.accept(patch.id, { approver: actorOf(identity), traceId, operations: body.operations })
  })
  routes.guarded(endpoints.rejectPatch, async (call) => {
    const patch = await found(call.params.patch, "editor", call)
    return { patch: await patches.reject(patch.id, actorOf(call.identity)) }
  })
  routes.guarded(endpoints.revertPatch, async (call) => {
    const { identity, traceId } = call
    const patch = await found(call.params.patch, "editor", call)
    return { change: await patches.revert(patch.id, { person: actorOf(identity), traceId }) }
  })
}
