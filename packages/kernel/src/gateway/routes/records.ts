import { endpoints, NexusError } from "@nexus/protocol"
import * as z from "zod"
import type { RunRecorder } from "../../records/recorder.ts"
import type { Routes } from "../call.ts"
import { placeIn, toCursor } from "../pages.ts"

export interface RecordRouteParts {
  readonly records: Pick<RunRecorder, "list" | "read">
}

const RunPlace = z.tuple([z.number(), z.string()]).transform(([at, run]) => ({ at, run }))

/** Runs that are over or under way, as they were recorded. */
export function recordRoutes(routes: Routes, { records }: RecordRouteParts): void {
  routes.guarded(endpoints.listRunRecords, async ({ params, query }) => {
    const after = placeIn(query.cursor, RunPlace)
    const { runs, more } = await records.list(params.workspace, { ...query, ...(after ? { after } : {}) })
    const last = runs.at(-1)
    return { runs: [...runs], more, ...(more && last ? { next: toCursor([last.at, last.run]) } : {}) }
  })
  routes.guarded(endpoints.readRunRecord, async ({ params }) => {
    const { workspace, run } = params
    const record = await records.read(workspace, run)
    if (record) return record
    throw new NexusError({ code: "not-found", what: "record of a run", id: run })
  })
}
