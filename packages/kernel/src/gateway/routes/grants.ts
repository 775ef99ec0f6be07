import { endpoints } from "@nexus/protocol"
import type { Workspaces } from "../../workspace/workspaces.ts"
import type { Routes } from "../call.ts"

/** The audit of rights: which are held, and who gave and took them. */
export function grantRoutes(routes: Routes, { workspaces }: { readonly workspaces: Workspaces }): void {
  routes.guarded(endpoints.listGrants, async ({ params, query }) => {
    const workspace = await workspaces.open(params.workspace)
    const { grants, history, more } = await workspace.grants(query.limit)
    return { grants: [...grants], history: [...history], more }
  })
}
