import * as z from "zod"
import { Id, Seq } from "../ids.ts"
import { Actor } from "../nog/change.ts"
import { Operation } from "../nog/operation.ts"

/** Where a patch stands; only `pending` can still be decided. */
export const PatchStatus = z.enum(["pending", "accepted", "rejected", "conflicted", "expired"])
export type PatchStatus = z.infer<typeof PatchStatus>

/**
 * Operations that somebody proposes. `base` is the seq they were made against. `capabilities` lists declarations the
 * patch would add, for the reviewer's eyes: a patch never grants them.
 */
export const Patch = z.object({
  id: Id,
  workspace: Id,
  base: Seq,
  author: Actor,
  reason: z.string().max(2000),
  operations: z.array(Operation).min(1).max(1000),
  capabilities: z.array(z.string()),
  status: PatchStatus,
  /** Set once accepted: the change it became. */
  seq: Seq.optional(),
  createdAt: z.number(),
})
export type Patch = Readonly<z.infer<typeof Patch>>

/** What an author sends; the kernel adds id, author, status and time. */
export const PatchProposal = Patch.pick({ workspace: true, base: true, reason: true, operations: true }).extend({
  author: z.enum(["ai", "person"]).default("person"),
})
export type PatchProposal = Readonly<z.infer<typeof PatchProposal>>
