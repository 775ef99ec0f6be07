import * as z from "zod"
import { Failure } from "../failure.ts"
import { Json } from "../json.ts"
import { ItemKey, ItemMatch, StatePath } from "../nog/operation.ts"

/** What a turn asked for, as data. State effects are paths in the panel's own state; the kernel makes them operations. */
export const Effect = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("state_set"), path: StatePath, value: Json }),
  z.object({ kind: z.literal("state_unset"), path: StatePath }),
  z.object({
    kind: z.literal("state_splice"),
    path: StatePath,
    index: z.int().min(0),
    after: ItemKey.optional(),
    remove: z.array(ItemMatch),
    insert: z.array(Json),
  }),
  z.object({ kind: z.literal("emit"), name: z.string(), payload: Json }),
  z.object({ kind: z.literal("view"), command: z.enum(["toast", "focus", "scrollTo", "open"]), argument: Json }),
  /** `line` and `column` are those of the NXML document where the handler said it. */
  z.object({
    kind: z.literal("log"),
    level: z.enum(["debug", "info", "warn", "error"]),
    message: z.string(),
    line: z.int().exactOptional(),
    column: z.int().exactOptional(),
  }),
])
export type Effect = Readonly<z.infer<typeof Effect>>
/** An effect that writes state. */
export type StateEffect = Extract<Effect, { kind: "state_set" | "state_unset" | "state_splice" }>

/** One `nexus.<capability>.<method>(…args)` that waits for the kernel. `id` counts from 1 within the run. */
export const HostCall = z.object({ id: z.int(), capability: z.string(), method: z.string(), args: z.array(Json) })
export type HostCall = Readonly<z.infer<typeof HostCall>>

/** The kernel's answer to one host call. */
export const HostReply = z.union([
  z.object({ id: z.int(), value: Json }),
  z.object({ id: z.int(), error: z.object({ code: z.string(), message: z.string() }) }),
])
export type HostReply = Readonly<z.infer<typeof HostReply>>

/** What a turn took; `cpuMs` and `memoryBytes` are the sandbox's own measure. */
export const Usage = z.object({
  wallMs: z.number(),
  cpuMs: z.number(),
  memoryBytes: z.number(),
  hostCalls: z.int(),
})
export type Usage = Readonly<z.infer<typeof Usage>>

/** What the sandbox gives back after one turn. Effects come back even when the turn failed: they are logged, never applied. */
export const Outcome = z.discriminatedUnion("status", [
  z.object({ status: z.literal("finished"), value: Json, effects: z.array(Effect), usage: Usage }),
  z.object({ status: z.literal("failed"), failure: Failure, effects: z.array(Effect), usage: Usage }),
  z.object({ status: z.literal("waiting"), calls: z.array(HostCall), effects: z.array(Effect), usage: Usage }),
])
export type Outcome = Readonly<z.infer<typeof Outcome>>

/** Budgets of one run. CPU and wall are per turn, the rest per run. */
export const Limits = z.object({
  cpuMs: z.number().default(5000),
  memoryBytes: z.number().default(128 * 1024 * 1024),
  stackBytes: z.number().default(256 * 1024),
  hostCalls: z.int().default(10_000),
  effectBytes: z.number().default(1024 * 1024),
  resultBytes: z.number().default(1024 * 1024),
})
export type Limits = Readonly<z.infer<typeof Limits>>

/** What a handler sees when its turn starts. `seed` feeds `$random()` and `$id()`, `nowMs` is `$now()`: a run replays exactly. */
export interface RunInput {
  readonly state: { readonly [name: string]: Json }
  readonly args: Json
  readonly computed: { readonly [name: string]: Json }
  readonly imports: { readonly [name: string]: Json }
  readonly nowMs: number
  readonly seed: number
}

/** One run for the sandbox. `line` is the NXML line on which the first line of `source` stands (1-based). */
export interface RunRequest {
  readonly id: string
  readonly panel: string
  readonly handler: string
  readonly source: string
  readonly line: number
  readonly input: RunInput
  readonly limits: Limits
  /** Images and heaps are never shared across tenants without scrubbing. */
  readonly tenant: string
}

/** Continues a waiting run with the world of that moment. */
export interface ResumeRequest {
  readonly id: string
  readonly replies: readonly HostReply[]
  readonly input: Pick<RunInput, "state" | "computed" | "imports" | "nowMs">
}
