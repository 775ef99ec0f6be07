import {
  applyToValues,
  Failure,
  HostReply,
  Json,
  JsonObject,
  Limits,
  RecordedOutcome,
  RunCause,
  type RunRecord,
  type RunRecordStep,
  type RunRecordSummary,
  Usage,
} from "@nexus/protocol"
import * as z from "zod"

/** The parts of a record as they stand in a store: JSON texts that are parsed at the door like any other. */
export const HeadBody = z.object({
  title: z.string(),
  trigger: RunCause.shape.trigger,
  person: z.object({ id: z.string(), name: z.string() }).exactOptional(),
  line: z.int(),
  limits: Limits,
  seed: z.int(),
  args: Json,
})
export type HeadBody = Readonly<z.infer<typeof HeadBody>>

export const StepBody = z.object({
  at: z.number(),
  state: JsonObject,
  computed: JsonObject,
  imports: JsonObject,
  replies: z.array(HostReply),
  outcome: RecordedOutcome,
  usage: Usage,
  /** Whether its effects became so. */
  applied: z.boolean(),
  redacted: z.boolean(),
})
export type StepBody = Readonly<z.infer<typeof StepBody>>

/** A run's row as a store gives it back. `failure` is a `Failure` as JSON, `head` a `HeadBody`, `cut` why it is not whole. */
export const RecordRow = z.object({
  run: z.string(),
  panel: z.string(),
  handler: z.string(),
  at: z.number(),
  endedAt: z.number().optional(),
  status: z.enum(["finished", "failed", "waiting"]),
  failure: z.string().optional(),
  turns: z.int(),
  seq: z.int(),
  cut: z.string().optional(),
  head: z.string(),
})
export type RecordRow = Readonly<z.infer<typeof RecordRow>>

/** A record as a store gives it back; `steps` are `StepBody`s as JSON, by turn. */
export const RecordTexts = z.object({
  row: RecordRow,
  source: z.string(),
  steps: z.array(z.object({ turn: z.int(), seq: z.int(), body: z.string() })),
})
export type RecordTexts = Readonly<z.infer<typeof RecordTexts>>

export function toSummary(row: RecordRow): RunRecordSummary {
  const { run, panel, handler, at, endedAt, status, failure, turns, seq, cut } = row
  const { title, trigger, person } = HeadBody.parse(JSON.parse(row.head))
  return {
    ...{ run, panel, title, handler, trigger, at, status, turns, seq },
    ...(person ? { person } : {}),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(failure === undefined ? {} : { failure: Failure.parse(JSON.parse(failure)) }),
    cut: cut !== undefined,
    ...(cut === undefined ? {} : { cutReason: cut }),
  }
}

/** The record whole. */
export function toRecord({ row, source, steps }: RecordTexts): RunRecord {
  const { line, limits, seed, args } = HeadBody.parse(JSON.parse(row.head))
  const bodies = steps.map(({ turn, seq, body }) => ({ turn, seq, body: StepBody.parse(JSON.parse(body)) }))
  return {
    ...toSummary(row),
    ...{ source, line, limits, seed, args },
    redacted: bodies.some(({ body }) => body.redacted),
    steps: bodies.map(({ turn, seq, body }) => toStep(turn, seq, body)),
  }
}

function toStep(turn: number, seq: number, { applied, redacted: _, ...body }: StepBody): RunRecordStep {
  const after = applied ? stateAfter(body.state, body.outcome.effects) : body.state
  return { turn, ...body, after, ...(seq > 0 ? { seq } : {}) }
}

/** The state of a panel with these effects; as it was when they do not fit it. */
export function stateAfter(state: JsonObject, effects: RecordedOutcome["effects"]): JsonObject {
  const operations = effects.flatMap((effect) =>
    effect.kind === "state_set" || effect.kind === "state_unset" || effect.kind === "state_splice"
      ? [{ ...effect, panel: "panel" }]
      : [],
  )
  const applied = applyToValues(state, operations)
  return applied.ok ? applied.values : state
}
