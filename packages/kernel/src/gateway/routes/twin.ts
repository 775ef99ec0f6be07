import { endpoints, type Json, NexusError, type StatePath } from "@nexus/protocol"
import type { Routes } from "../call.ts"

/** What the time routes ask of TriLog. Answers are plain data and go out as they are. */
export interface Twin {
  workspaceAt(workspace: string, atMs: number): Promise<object>
  timeline(workspace: string, fromMs: number, toMs: number, limit?: number): Promise<readonly object[]>
  diff(workspace: string, aMs: number, bMs: number): Promise<object>
  why(workspace: string, panel: string, path: StatePath, atMs?: number): Promise<object | undefined>
  status(): object
}

/** The workspace as it was, and why it is as it is. */
export function twinRoutes(routes: Routes, { twin }: { readonly twin: Twin }): void {
  routes.guarded(endpoints.twinState, async ({ query }) => plain(await twin.workspaceAt(query.workspace, query.at)))
  routes.guarded(endpoints.twinTimeline, async ({ query }) => {
    const entries = await twin.timeline(query.workspace, query.from, query.to, query.limit)
    return { entries: entries.map(plain) }
  })
  routes.guarded(endpoints.twinDiff, async ({ query }) => plain(await twin.diff(query.workspace, query.a, query.b)))
  routes.guarded(endpoints.twinWhy, async ({ query }) => {
    const chain = await twin.why(query.workspace, query.panel, query.path, query.at)
    if (chain) return plain(chain)
    throw new NexusError({ code: "not-found", what: "record of this value in panel", id: query.panel })
  })
  routes.guarded(endpoints.twinStatus, async () => plain(twin.status()))
}

/** Records are JSON by construction; the type says so only here. */
function plain(value: object): Json {
  return value as Json
}
