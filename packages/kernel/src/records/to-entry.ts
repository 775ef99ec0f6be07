import type { Failure, Handler, HostReply, Limits, Outcome, Panel } from "@nexus/protocol"
import type { World } from "@nexus/reactor"
import { sourceHash } from "../workspace/run-id.ts"
import type { TriggerRequest } from "../workspace/workspace.ts"
import type { HeadBody, StepBody } from "./bodies.ts"
import type { KnownSecrets } from "./known-secrets.ts"
import type { Redactor } from "./redact.ts"
import type { RecordEntry, RecordedHead } from "./run-records.ts"

/** A turn as the run saw it, and what came of it. */
export interface TurnSeen {
  readonly workspace: string
  readonly run: string
  readonly request: Pick<TriggerRequest, "panel" | "handler" | "trigger" | "person" | "args">
  readonly seed: number
  readonly limits: Limits
  readonly turn: number
  readonly panel: Panel
  /** With the first turn. */
  readonly handler?: Handler
  readonly input: World & { readonly nowMs: number }
  readonly replies: readonly HostReply[]
  readonly outcome: Outcome
  /** Its effects became so. */
  readonly applied: boolean
  readonly seq: number
}

export interface RunEnd {
  readonly workspace: string
  readonly run: string
  readonly failure: Failure | undefined
  readonly turns: number
  readonly seq: number
}

/** What the recorder was told, as it waits to be written. */
export type Seen =
  | { readonly kind: "turn"; readonly turn: TurnSeen }
  | { readonly kind: "end"; readonly end: RunEnd; readonly at: number }
  | { readonly kind: "opening"; readonly workspace: string; readonly at: number; readonly going: readonly string[] }

const ENDED: Failure = {
  code: "unavailable",
  what: "The run",
  detail: "its kernel ended while it waited, before it was kept",
}

/** What the store is told of it, without secrets; what is longer than `most` is left out. */
export function toEntry(seen: Seen, known: KnownSecrets, most: number): RecordEntry {
  if (seen.kind === "turn") return turnEntry(seen.turn, known.redactorOf(seen.turn.workspace), most)
  if (seen.kind === "opening") return { ...seen, failure: ENDED }
  const { workspace, run, failure, turns, seq } = seen.end
  return {
    kind: "end",
    ...{ workspace, run, turns, seq, at: seen.at },
    status: failure ? "failed" : "finished",
    failure: failure && known.redactorOf(workspace).failure(failure),
  }
}

function turnEntry(seen: TurnSeen, redactor: Redactor, most: number): RecordEntry {
  const { workspace, run, turn, input, replies, outcome, applied, seq } = seen
  const { usage, ...asked } = outcome
  const head = seen.handler && headOf(seen, seen.handler, redactor, most)
  const body = {
    at: input.nowMs,
    state: redactor.state(input.state),
    computed: redactor.object(input.computed),
    imports: redactor.object(input.imports),
    replies: replies.map((reply) => redactor.reply(reply)),
    outcome: redactor.outcome(asked),
    usage,
    applied,
  }
  const step: StepBody = { ...body, redacted: redactor.used }
  return {
    kind: "turn",
    ...{ workspace, run, turn, seq, at: input.nowMs, status: outcome.status },
    body: within(JSON.stringify(step), most),
    ...(head ? { head } : {}),
  }
}

function headOf(
  { request, seed, limits, panel: { title } }: TurnSeen,
  { source, line }: Handler,
  redactor: Redactor,
  most: number,
): RecordedHead {
  const { panel, handler, trigger, person, args } = request
  const known = {
    title,
    trigger,
    line,
    limits,
    seed,
    ...(person ? { person: { id: person.id, name: person.name } } : {}),
  }
  const body: HeadBody = { ...known, args: redactor.json(args) }
  const text = JSON.stringify(body)
  const whole = text.length <= most
  return {
    ...{ panel, handler, source, hash: sourceHash(source), whole },
    body: whole ? text : JSON.stringify({ ...known, args: null } satisfies HeadBody),
  }
}

function within(text: string, most: number): string | undefined {
  return text.length <= most ? text : undefined
}
