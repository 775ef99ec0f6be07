import * as z from "zod"
import { Id } from "../ids.ts"
import { RunRecord, RunRecordSummary } from "../run/record.ts"
import { endpoint } from "./endpoint.ts"
import { PageCursor, PageNext } from "./page.ts"

const none = z.object({})
const Instant = z.coerce.number<string>().int().min(0)
const shared = { tag: "runs", method: "get", body: none, access: "editor", status: 200 } as const

export const listRunRecords = endpoint({
  ...shared,
  name: "listRunRecords",
  path: "/workspaces/{workspace}/runs/records",
  summary: "The runs that were recorded, newest first",
  params: z.object({ workspace: Id }),
  query: z.object({
    panel: Id.optional(),
    handler: z.string().max(64).optional(),
    /** Runs that began before, or at the earliest then; milliseconds since the epoch. */
    before: Instant.optional(),
    since: Instant.optional(),
    limit: z.coerce.number<string>().int().min(1).max(500).default(50),
    ...PageCursor,
  }),
  answer: z.object({ runs: z.array(RunRecordSummary), more: z.boolean(), ...PageNext }),
})

export const readRunRecord = endpoint({
  ...shared,
  name: "readRunRecord",
  path: "/workspaces/{workspace}/runs/{run}/record",
  summary: "What a run was given turn by turn, and what it gave back",
  params: z.object({ workspace: Id, run: Id }),
  query: none,
  answer: RunRecord,
})
