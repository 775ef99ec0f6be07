import { endpoints } from "@nexus/protocol"
import type { Workspaces } from "../../workspace/workspaces.ts"
import type { Routes } from "../call.ts"

/** The audit of rights: which are held, and who gave and took them. */
export function grantRoutes(routes: Routes, { workspaces }: { readonly workspaces: Workspaces }): void {
  routes.guarded(endpoints.listGrants, async ({ params, query, identity }) => {
    const workspace = await workspaces.open(params.workspace)
    const { grants, history, more } = await workspace.grants(query.limit)
    const { sight } = await workspace.seenBy(identity.user.id)
    const isSeen = ({ panel }: { readonly panel: string }) => !sight?.hides(panel)
    return { grants: grants.filter(isSeen), history: history.filter(isSeen), more }
  })
}
