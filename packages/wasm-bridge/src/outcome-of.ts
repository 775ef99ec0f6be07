import {
  type Effect,
  Failure,
  type HostCall,
  isArray,
  isJsonObject,
  type Json,
  MAX_JSON_DEPTH,
  type Outcome,
} from "@nexus/protocol"
import type { TurnResult } from "./runs.ts"
import { nxmlPosition, type Place } from "./vm/guest-failure.ts"
import { jsonDepthExceeds } from "./vm/marshal.ts"

/**
 * What a sandbox process answered, as an `Outcome`. The texts were made inside the walls, so they are read as from a
 * stranger: parsed as JSON, bounded in depth, every effect and call of a known shape. The values in them are JSON
 * because `JSON.parse` made them; walking them once more with a schema would cost more than the run.
 */
const LEVELS = new Set(["debug", "info", "warn", "error"])
const COMMANDS = new Set(["toast", "focus", "scrollTo", "open"])

export function outcomeOf(result: TurnResult, place: Place, wallMs: number): Outcome {
  const { handler } = place
  const { cpuMs, memoryBytes, hostCalls } = result
  const usage = { wallMs, cpuMs, memoryBytes, hostCalls }
  const failed = (failure: Failure, effects: Effect[] = []): Outcome => ({ status: "failed", failure, effects, usage })
  try {
    for (const text of [result.value, result.effects, result.calls]) {
      if (jsonDepthExceeds(text, MAX_JSON_DEPTH)) {
        return failed({
          code: "too-large",
          what: "nesting of what the handler gave",
          limit: MAX_JSON_DEPTH,
          unit: "levels",
        })
      }
    }
    const effects: Json = JSON.parse(result.effects)
    if (!isArray(effects) || !effects.every(isEffect)) return failed(malformed(handler))
    const given = effects.map((effect) => placed(effect, place))
    if (result.failure) return failed(Failure.parse(result.failure), given)
    if (result.status === "finished") {
      return { status: "finished", value: JSON.parse(result.value), effects: given, usage }
    }
    const calls: Json = JSON.parse(result.calls)
    if (!isArray(calls) || !calls.every(isHostCall)) return failed(malformed(handler))
    return { status: "waiting", calls: [...calls], effects: given, usage }
  } catch {
    return failed(malformed(handler))
  }
}

/** A log has its script position from the guest, and its position in the document from here. */
function placed(effect: Effect, place: Place): Effect {
  if (effect.kind !== "log") return effect
  const { kind, level, message } = effect
  const at = "at" in effect && typeof effect.at === "string" ? effect.at : ""
  return { kind, level, message, ...nxmlPosition(at, place) }
}

function malformed(handler: string): Failure {
  return { code: "handler-failed", handler, message: "what the handler gave is malformed; it may have changed toJSON" }
}

function isEffect(value: Json): value is Effect & Json {
  if (!isJsonObject(value)) return false
  const { kind, path, index, after, remove, insert } = value
  switch (kind) {
    case "state_set":
      return isPath(path) && value.value !== undefined
    case "state_unset":
      return isPath(path)
    case "state_splice":
      return (
        isPath(path) && isIndex(index) && (after === undefined || isKey(after)) && isMatches(remove) && isArray(insert)
      )
    case "emit":
      return typeof value.name === "string" && value.payload !== undefined
    case "view":
      return typeof value.command === "string" && COMMANDS.has(value.command) && value.argument !== undefined
    case "log":
      return typeof value.level === "string" && LEVELS.has(value.level) && typeof value.message === "string"
    default:
      return false
  }
}

function isHostCall(value: Json): value is HostCall & Json {
  if (!isJsonObject(value)) return false
  const { id, capability, method, args } = value
  return isIndex(id) && typeof capability === "string" && typeof method === "string" && isArray(args)
}

function isPath(path: Json | undefined): boolean {
  return isArray(path) && path.length > 0 && path.length <= 64 && path.every(isStep)
}

function isStep(step: Json): boolean {
  return typeof step === "string" || (isJsonObject(step) && ("key" in step ? isKey(step.key) : isIndex(step.index)))
}

function isMatches(matches: Json | undefined): boolean {
  return (
    isArray(matches) &&
    matches.every((match) => isJsonObject(match) && ("key" in match ? isKey(match.key) : "value" in match))
  )
}

function isKey(key: Json | undefined): boolean {
  return typeof key === "string" || typeof key === "number"
}

function isIndex(index: Json | undefined): boolean {
  return typeof index === "number" && Number.isInteger(index) && index >= 0
}
