import { endpoints } from "@nexus/protocol"
import type { Patches } from "../../patches/patches.ts"
import { actorOf, type Routes } from "../call.ts"

/** Proposals and their review. */
export function patchRoutes(routes: Routes, { patches }: { readonly patches: Patches }): void {
  routes.guarded(endpoints.proposePatch, async ({ body, identity }) => patches.propose(body, actorOf(identity)))
  routes.guarded(endpoints.listPatches, async ({ query }) => ({
    patches: [...(await patches.list(query.workspace, query.status))],
  }))
  routes.guarded(endpoints.getPatch, async ({ params, require }) => {
    const patch = await patches.find(params.patch)
    await require(patch.workspace, "viewer")
    return patches.review(patch.id)
  })
  routes.guarded(endpoints.acceptPatch, async ({ params, body, identity, traceId, require }) => {
    const patch = await patches.find(params.patch)
    await require(patch.workspace, "editor")
    return patches.accept(patch.id, { approver: actorOf(identity), traceId, operations: body.operations })
  })
  routes.guarded(endpoints.rejectPatch, async ({ params, identity, require }) => {
    const patch = await patches.find(params.patch)
    await require(patch.workspace, "editor")
    return { patch: await patches.reject(patch.id, actorOf(identity)) }
  })
  routes.guarded(endpoints.revertPatch, async ({ params, identity, traceId, require }) => {
    const patch = await patches.find(params.patch)
    await require(patch.workspace, "editor")
    return { change: await patches.revert(patch.id, { person: actorOf(identity), traceId }) }
  })
}
