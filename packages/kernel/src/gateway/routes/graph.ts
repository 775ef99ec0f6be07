import { endpoints, queryGraph } from "@nexus/protocol"
import type { Workspaces } from "../../workspace/workspaces.ts"
import type { Routes } from "../call.ts"

/** Questions to the graph of now. */
export function graphRoutes(routes: Routes, { workspaces }: { readonly workspaces: Workspaces }): void {
  routes.guarded(endpoints.queryGraph, async ({ body }) => {
    const { graph, seq } = await workspaces.open(body.workspace)
    return { seq, ...queryGraph(graph, body.query) }
  })
}
