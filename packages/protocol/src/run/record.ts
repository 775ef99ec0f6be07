import * as z from "zod"
import { Failure } from "../failure.ts"
import { Id, Seq } from "../ids.ts"
import { Json, JsonObject } from "../json.ts"
import { RunCause } from "../nog/change.ts"
import { Effect, HostCall, HostReply, Limits, Usage } from "./outcome.ts"

/**
 * A run as it was: everything that its handler was given, and what it gave back. The sandbox adds no chance and no clock
 * of its own, so the same source with the same record comes to the same outcome, today or in a year. Secrets never stand
 * in a record; a stand-in does, in what the handler was given and in what it gave back alike.
 */

/** One run in a list. Times are milliseconds since the epoch; `seq` is its last change, 0 when it changed nothing. */
export const RunRecordSummary = z.object({
  run: Id,
  panel: Id,
  /** What the panel was called then. */
  title: z.string(),
  handler: z.string(),
  trigger: RunCause.shape.trigger,
  person: z.object({ id: z.string(), name: z.string() }).exactOptional(),
  at: z.number(),
  endedAt: z.number().exactOptional(),
  status: z.enum(["finished", "failed", "waiting"]),
  failure: Failure.exactOptional(),
  turns: z.int().min(0),
  seq: Seq,
  /** Not kept whole, so it cannot be replayed; `cutReason` says why in words. */
  cut: z.boolean(),
  cutReason: z.string().exactOptional(),
})
export type RunRecordSummary = Readonly<z.infer<typeof RunRecordSummary>>

/** What a turn gave back: `value` when it finished, `calls` when it waits, `failure` when it failed. */
export const RecordedOutcome = z.object({
  status: z.enum(["finished", "failed", "waiting"]),
  value: Json.exactOptional(),
  calls: z.array(HostCall).exactOptional(),
  failure: Failure.exactOptional(),
  effects: z.array(Effect),
})
export type RecordedOutcome = Readonly<z.infer<typeof RecordedOutcome>>

/** One turn: the world it saw, the answers it went on with, what it gave back, and its panel's state after that. */
export const RunRecordStep = z.object({
  turn: z.int().min(0),
  /** Its `$now`. */
  at: z.number(),
  state: JsonObject,
  computed: JsonObject,
  imports: JsonObject,
  /** As the run got them, in that order; none in the first turn. */
  replies: z.array(HostReply),
  outcome: RecordedOutcome,
  usage: Usage,
  /** `state` with the turn's effects; the same as `state` when the turn failed or was refused. */
  after: JsonObject,
  /** The change it became. */
  seq: Seq.exactOptional(),
})
export type RunRecordStep = Readonly<z.infer<typeof RunRecordStep>>

/** A run whole. `turns` counts them, `steps` holds them; of one that was cut, those that were kept. */
export const RunRecord = RunRecordSummary.extend({
  /** The handler's code, and the NXML line on which it begins. */
  source: z.string(),
  line: z.int().min(1),
  limits: Limits,
  seed: z.int(),
  args: Json,
  /** Secrets stood in it, and stand-ins do now. */
  redacted: z.boolean(),
  steps: z.array(RunRecordStep),
})
export type RunRecord = Readonly<z.infer<typeof RunRecord>>
