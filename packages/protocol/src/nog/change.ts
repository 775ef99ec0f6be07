import * as z from "zod"
import { Id, Seq } from "../ids.ts"
import { Operation } from "./operation.ts"

/** What kind of actor can be behind a change. */
export const ActorKind = z.enum(["person", "handler", "ai", "git", "schedule", "package"])
export type ActorKind = z.infer<typeof ActorKind>

/** Who did it. For a handler: its name; `id` is then `panel.handler`. */
export const Actor = z.object({ kind: ActorKind, id: z.string(), name: z.string() })
export type Actor = Readonly<z.infer<typeof Actor>>

/** The handler run a change came from, and what set it off. */
export const RunCause = z.object({
  id: Id,
  panel: Id,
  handler: z.string(),
  turn: z.int().min(0),
  trigger: z.enum(["event", "schedule", "mount", "unmount", "change", "call", "tool"]),
  /** The run of another panel that called this one's tool. */
  caller: Id.optional(),
  /** The person whose click (or grant) stands at the start, absent for a schedule. */
  person: Actor.optional(),
})
export type RunCause = Readonly<z.infer<typeof RunCause>>

/** Who and why. `reason` is one short phrase for people: "moved Groceries", "undo", "checkout 3f2a91c". */
export const Cause = z.object({
  actor: Actor,
  reason: z.string().max(400),
  traceId: z.string().optional(),
  parent: Seq.optional(),
  run: RunCause.optional(),
  /** The person who accepted an AI's patch. */
  approver: Actor.optional(),
  patch: Id.optional(),
})
export type Cause = Readonly<z.infer<typeof Cause>>

/** Operations accepted together. `at` is milliseconds since the epoch; `submission` makes a repeated request harmless. */
export const Change = z.object({
  workspace: Id,
  seq: Seq,
  submission: Id,
  cause: Cause,
  operations: z.array(Operation),
  at: z.number(),
})
export type Change = Readonly<z.infer<typeof Change>>
