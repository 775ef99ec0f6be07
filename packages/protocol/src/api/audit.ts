import * as z from "zod"
import { Id } from "../ids.ts"
import { endpoint } from "./endpoint.ts"
import { PageCursor, PageNext } from "./page.ts"

/** Everything that is written into the audit log, as `thing.what-happened`. */
export const AuditAction = z.enum([
  "account.registered",
  "account.renamed",
  "account.exported",
  "account.erased",
  "account.tier-set",
  "sign-in.succeeded",
  "sign-in.failed",
  "sign-in.ended",
  "sign-in.reused",
  "sessions.ended",
  "password.changed",
  "second-factor.enrolled",
  "second-factor.removed",
  "second-factor.failed",
  "recovery-codes.made",
  "recovery-code.used",
  "api-key.created",
  "api-key.revoked",
  "connected-account.added",
  "connected-account.removed",
  "invitation.created",
  "invitation.accepted",
  "invitation.revoked",
  "workspace.created",
  "workspace.deleted",
  "workspace.exported",
  "workspace.imported",
  "workspace.tier-set",
  "workspace.limits-set",
  "member.role-set",
  "member.removed",
  "panel.narrowed",
  "share.created",
  "share.joined",
  "share.revoked",
  "grant.given",
  "grant.taken",
  "remote.added",
  "remote.removed",
  "remote.pushed",
  "remote.pulled",
  "quota.refused",
  "settings.changed",
  "kernel.started",
  "kernel.stopped",
  "audit.exported",
])
export type AuditAction = z.infer<typeof AuditAction>

/** Small facts beside an entry. Never a secret, and nothing personal: that stands in `personal`, which can be erased. */
export const AuditDetail = z.record(z.string().max(40), z.union([z.string().max(400), z.number(), z.boolean()]))
export type AuditDetail = Readonly<z.infer<typeof AuditDetail>>

const Hash = z.string().regex(/^[0-9a-f]{64}$/)

/** One entry as it is told. `hash` is SHA-256 of `previous` and of the entry's other fields; names are those of today. */
export const AuditEntry = z.object({
  n: z.int().min(1),
  at: z.number(),
  action: AuditAction,
  /** Who did it; absent where nobody was signed in. */
  actor: z.object({ id: z.string(), name: z.string() }).optional(),
  workspace: z.string().optional(),
  target: z.string().optional(),
  detail: AuditDetail,
  /** Where it came from; gone when the account was erased. */
  address: z.string().optional(),
  previous: Hash,
  hash: Hash,
})
export type AuditEntry = Readonly<z.infer<typeof AuditEntry>>

/** Where the log ended when somebody looked: kept elsewhere, it shows later that nothing before was rewritten. */
export const AuditHead = z.object({ n: z.int().min(0), hash: Hash })
export type AuditHead = Readonly<z.infer<typeof AuditHead>>

export const AuditVerdict = z.object({
  ok: z.boolean(),
  entries: z.int(),
  head: AuditHead,
  /** The first entry that is not as it was written, and what is wrong with it. */
  broken: z.object({ n: z.int(), detail: z.string() }).optional(),
})
export type AuditVerdict = Readonly<z.infer<typeof AuditVerdict>>

const none = z.object({})
const workspace = z.object({ workspace: Id })
const Format = z.enum(["jsonl", "csv"]).default("jsonl")
/** The last instant that a date can hold. */
const LAST_MS = 8.64e15
const page = {
  action: AuditAction.optional(),
  /** Entries of this instant or later, and those before that one; milliseconds since the epoch. */
  since: z.coerce.number<string>().int().min(0).max(LAST_MS).optional(),
  until: z.coerce.number<string>().int().min(0).max(LAST_MS).optional(),
  /** Entries before this one. */
  before: z.coerce.number<string>().int().min(1).optional(),
  limit: z.coerce.number<string>().int().min(1).max(500).default(100),
  ...PageCursor,
}
const shared = { tag: "audit", method: "get", params: none, body: none, status: 200 } as const
const list = z.object({ entries: z.array(AuditEntry), more: z.boolean(), ...PageNext })

export const listWorkspaceAudit = endpoint({
  ...shared,
  name: "listWorkspaceAudit",
  path: "/workspaces/{workspace}/audit",
  summary: "Who did what to roles, links, rights and limits here, newest first",
  access: "owner",
  params: workspace,
  query: z.object({ ...page, actor: Id.optional() }),
  answer: list,
})

export const exportWorkspaceAudit = endpoint({
  ...shared,
  name: "exportWorkspaceAudit",
  path: "/workspaces/{workspace}/audit/export",
  summary: "The audit log of a workspace as a file, JSON lines or CSV",
  access: "owner",
  params: workspace,
  query: z.object({ format: Format }),
  contentType: "application/octet-stream",
  answer: z.string(),
})

export const listMyAudit = endpoint({
  ...shared,
  name: "listMyAudit",
  path: "/auth/me/audit",
  summary: "What was done in one's own name or to one's account, newest first",
  access: "person",
  session: true,
  query: z.object(page),
  answer: list,
})

export const verifyAudit = endpoint({
  ...shared,
  name: "verifyAudit",
  path: "/audit/verify",
  summary: "Whether the audit log is as it was written; a head noted earlier must still be part of it",
  access: "operator",
  query: z.object({ n: z.coerce.number<string>().int().min(1).optional(), hash: Hash.optional() }),
  answer: AuditVerdict,
})
