import { Readable } from "node:stream"
import { endpoints } from "@nexus/protocol"
import type { Response } from "express"
import * as z from "zod"
import type { Audit, AuditQuery, AuditScope } from "../../audit/audit.ts"
import { CSV_HEADER, toCsv } from "../../audit/to-csv.ts"
import { auditOf, type Routes } from "../call.ts"
import { placeIn, toCursor } from "../pages.ts"
import { streamTo } from "../stream-to.ts"

/** The audit log: of a workspace for its owners, of oneself for everybody, its soundness for who runs the kernel. */
export function auditRoutes(routes: Routes, { audit }: { readonly audit: Audit }): void {
  routes.guarded(endpoints.listWorkspaceAudit, async ({ params, query }) => {
    return readPage(audit, query, { workspace: params.workspace })
  })
  routes.guarded(endpoints.exportWorkspaceAudit, async (call) => {
    const { workspace } = call.params
    await audit.record({ ...auditOf(call), action: "audit.exported", workspace, detail: { format: call.query.format } })
    call.response.attachment(`audit-${workspace}.${call.query.format}`)
    await sendAll(call.response, audit, { workspace }, call.query.format)
    return ""
  })
  routes.guarded(endpoints.listMyAudit, async ({ query, identity }) => {
    return readPage(audit, query, { person: identity.user.id })
  })
  routes.guarded(endpoints.verifyAudit, async ({ query: { n, hash } }) =>
    audit.verify(n === undefined || hash === undefined ? undefined : { n, hash }),
  )
}

type PageAsked = Omit<AuditQuery, "workspace" | "person"> & { readonly cursor?: string }
const EntryPlace = z.tuple([z.int().min(1)]).transform(([n]) => n)

async function readPage(audit: Audit, asked: PageAsked, scope: AuditScope) {
  const { cursor, ...query } = asked
  const before = Math.min(
    placeIn(cursor, EntryPlace) ?? Number.POSITIVE_INFINITY,
    query.before ?? Number.POSITIVE_INFINITY,
  )
  const { entries, more } = await audit.read({
    ...query,
    ...(before === Number.POSITIVE_INFINITY ? {} : { before }),
    ...scope,
  })
  const last = entries.at(-1)
  return { entries: [...entries], more, ...(more && last ? { next: toCursor([last.n]) } : {}) }
}

/** Entry by entry, as fast as it is read; what it ends with is the head, to be held against the log later. */
async function sendAll(response: Response, audit: Audit, of: AuditScope, format: "jsonl" | "csv"): Promise<void> {
  const head = await audit.head()
  response.set("X-Audit-Head", `${head.n}:${head.hash}`)
  response.type(format === "csv" ? "text/csv" : "application/jsonl")
  async function* lines() {
    if (format === "csv") yield CSV_HEADER
    for await (const entry of audit.all(of)) yield format === "csv" ? toCsv(entry) : `${JSON.stringify(entry)}\n`
  }
  await streamTo(response, Readable.from(lines()))
}
