import { setImmediate as rest } from "node:timers/promises"
import { endpoints, prepareQuery, queryGraph } from "@nexus/protocol"
import type { Workspaces } from "../../workspace/workspaces.ts"
import type { Routes } from "../call.ts"

/** Questions to the graph of now. */
export function graphRoutes(routes: Routes, { workspaces }: { readonly workspaces: Workspaces }): void {
  routes.guarded(endpoints.queryGraph, async ({ body, identity }) => {
    const workspace = await workspaces.open(body.workspace)
    const { graph } = await workspace.seenBy(identity.user.id)
    await prepareQuery(graph, body.query, rest)
    const { seq } = workspace
    return { seq, ...queryGraph(graph, body.query) }
  })
}
