import {
  type Effect,
  equalJson,
  type Failure,
  type Json,
  type JsonObject,
  type Panel,
  type RunRecord,
  sentenceOf,
} from "@nexus/protocol"
import { callText } from "./recorded-answers.ts"

/** What came of a run, as far as anybody outside it can tell. */
export interface End {
  readonly status: "finished" | "failed" | "waiting"
  readonly value: Json
  readonly failure?: Failure
  readonly state: JsonObject
  /** What it emitted, showed and logged, in order. */
  readonly said: readonly Json[]
  /** Calls without an answer. */
  readonly waitsFor: readonly string[]
}

export interface TrialDifference {
  /** `handler`: it is gone or has another name. `asks`: it asks something new; `now` is what. */
  readonly what: "handler" | "asks" | "end" | "value" | "state" | "effects"
  /** The state's name. */
  readonly name?: string
  readonly recorded: Json
  readonly now: Json
}

/** How a recorded run ended. */
export function endOf({ status, failure, steps }: RunRecord): End {
  const last = steps.at(-1)
  const outcome = last?.outcome
  const end = {
    state: last?.after ?? {},
    said: steps.flatMap((step) => step.outcome.effects.flatMap(saidBy)),
    value: outcome?.value ?? null,
    waitsFor: [],
  }
  if (outcome?.failure) return { ...end, status: "failed", failure: outcome.failure }
  if (outcome?.status === "waiting") return { ...end, status: "waiting", waitsFor: (outcome.calls ?? []).map(callText) }
  if (status === "failed" && failure) return { ...end, status, failure, value: null }
  return { ...end, status: "finished" }
}

/** An effect that is not on state, without where in the source it was asked for. */
export function saidBy(effect: Effect): Json[] {
  switch (effect.kind) {
    case "emit":
      return [{ emit: effect.name, payload: effect.payload }]
    case "view":
      return [{ view: effect.command, argument: effect.argument }]
    case "log":
      return [{ log: effect.level, message: effect.message }]
    default:
      return []
  }
}

/** Where two ends part. A state that `panel` declares and that was not there then is held against its initial value. */
export function endDifferences(recorded: End, now: End, { states }: Panel): TrialDifference[] {
  const found: TrialDifference[] = []
  const [before, after] = [wordsOf(recorded), wordsOf(now)]
  if (before !== after) found.push({ what: "end", recorded: before, now: after })
  else if (!equalJson(recorded.value, now.value))
    found.push({ what: "value", recorded: recorded.value, now: now.value })
  for (const { name, initial } of states) {
    const [was, is] = [recorded.state[name] ?? initial, now.state[name] ?? initial]
    if (!equalJson(was, is)) found.push({ what: "state", name, recorded: was, now: is })
  }
  const [said, says] = withoutCommon(recorded.said, now.said)
  if (said.length + says.length > 0) found.push({ what: "effects", recorded: said, now: says })
  return found
}

function wordsOf({ status, failure, waitsFor }: End): string {
  if (failure) {
    const placeless = { ...failure, line: undefined, column: undefined }
    return `failed: ${failure.code === "handler-failed" ? failure.message : sentenceOf(placeless)}`
  }
  return status === "waiting" ? `waits for ${waitsFor.join(", ")}` : status
}

/** Both lists without what they begin and end with alike. */
function withoutCommon(a: readonly Json[], b: readonly Json[]): [readonly Json[], readonly Json[]] {
  let start = 0
  while (start < a.length && start < b.length && equalJson(a[start], b[start])) start += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - start && equalJson(a.at(-1 - end), b.at(-1 - end))) end += 1
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)]
}
