import { endpoints } from "@nexus/protocol"
import type { Workspaces } from "../../workspace/workspaces.ts"
import { actorOf, type Routes } from "../call.ts"

/** What handlers may use, workspace by workspace. */
export function limitRoutes(routes: Routes, { workspaces }: { readonly workspaces: Workspaces }): void {
  routes.guarded(endpoints.readRunLimits, async ({ params }) => {
    const { limits } = await workspaces.open(params.workspace)
    return limits.answer()
  })
  routes.guarded(endpoints.setRunLimits, async ({ params, body, identity }) => {
    const { limits } = await workspaces.open(params.workspace)
    return limits.set(body.limits, actorOf(identity))
  })
}
