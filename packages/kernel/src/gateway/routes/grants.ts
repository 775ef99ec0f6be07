import { endpoints } from "@nexus/protocol"
import * as z from "zod"
import type { Workspaces } from "../../workspace/workspaces.ts"
import type { Routes } from "../call.ts"
import { placeIn, toCursor } from "../pages.ts"

const GrantPlace = z.tuple([z.int().min(1)]).transform(([number]) => number)

/** The audit of rights: which are held, and who gave and took them. */
export function grantRoutes(routes: Routes, { workspaces }: { readonly workspaces: Workspaces }): void {
  routes.guarded(endpoints.listGrants, async ({ params, query, identity }) => {
    const workspace = await workspaces.open(params.workspace)
    const before = placeIn(query.cursor, GrantPlace)
    const { grants, history, more, next } = await workspace.grants(query.limit, before)
    const { sight } = await workspace.seenBy(identity.user.id)
    const isSeen = ({ panel }: { readonly panel: string }) => !sight?.hides(panel)
    return {
      grants: grants.filter(isSeen),
      history: history.filter(isSeen),
      more,
      ...(next ? { next: toCursor([next]) } : {}),
    }
  })
}
