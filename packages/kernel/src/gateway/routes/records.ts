import { endpoints, NexusError } from "@nexus/protocol"
import type { RunRecorder } from "../../records/recorder.ts"
import type { Routes } from "../call.ts"

export interface RecordRouteParts {
  readonly records: Pick<RunRecorder, "list" | "read">
}

/** Runs that are over or under way, as they were recorded. */
export function recordRoutes(routes: Routes, { records }: RecordRouteParts): void {
  routes.guarded(endpoints.listRunRecords, async ({ params, query }) => {
    const { runs, more } = await records.list(params.workspace, query)
    return { runs: [...runs], more }
  })
  routes.guarded(endpoints.readRunRecord, async ({ params }) => {
    const { workspace, run } = params
    const record = await records.read(workspace, run)
    if (record) return record
    throw new NexusError({ code: "not-found", what: "record of a run", id: run })
  })
}
