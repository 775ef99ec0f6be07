import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { endpoints } from "@nexus/protocol"
import type { Response } from "express"
import type { Audit, AuditScope } from "../../audit/audit.ts"
import { CSV_HEADER, toCsv } from "../../audit/to-csv.ts"
import { auditOf, type Routes } from "../call.ts"

/** The audit log: of a workspace for its owners, of oneself for everybody, its soundness for who runs the kernel. */
export function auditRoutes(routes: Routes, { audit }: { readonly audit: Audit }): void {
  routes.guarded(endpoints.listWorkspaceAudit, async ({ params, query }) => {
    const { entries, more } = await audit.read({ ...query, workspace: params.workspace })
    return { entries: [...entries], more }
  })
  routes.guarded(endpoints.exportWorkspaceAudit, async (call) => {
    const { workspace } = call.params
    await audit.record({ ...auditOf(call), action: "audit.exported", workspace, detail: { format: call.query.format } })
    call.response.attachment(`audit-${workspace}.${call.query.format}`)
    await sendAll(call.response, audit, { workspace }, call.query.format)
    return ""
  })
  routes.guarded(endpoints.listMyAudit, async ({ query, identity }) => {
    const { entries, more } = await audit.read({ ...query, person: identity.user.id })
    return { entries: [...entries], more }
  })
  routes.guarded(endpoints.verifyAudit, async ({ query: { n, hash } }) =>
    audit.verify(n === undefined || hash === undefined ? undefined : { n, hash }),
  )
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
  await pipeline(Readable.from(lines()), response).catch((error: unknown) => {
    // Whoever asked has left; nobody is there to be told.
    if (!response.destroyed) throw error
  })
}
