import type { Step } from "@nexus/protocol"
import {
  isArray,
  isJsonObject,
  type Json,
  type JsonObject,
  keyOf,
  refusedInState,
  type StatePath,
  stepOf,
} from "@nexus/protocol"

/** A place in a panel's state as an event or a `bind` names it: names and positions now. The first is the state's name. */
export type Place = readonly (string | number)[]

/** Turns a place into a path that holds when others change the list meanwhile: items by key, else by what stands there. */
export function toStatePath(state: JsonObject, place: Place): StatePath | undefined {
  const path: Step[] = []
  let value: Json | undefined = state
  for (const part of place) {
    if (isArray(value)) {
      const index = Number(part)
      const item: Json | undefined = value[index]
      if (item === undefined) return undefined
      const step = stepOf(value, index)
      path.push(typeof step === "object" && "index" in step ? { index, expect: item } : step)
      value = item
    } else if (isJsonObject(value)) {
      const name = String(part)
      path.push(name)
      value = Object.hasOwn(value, name) ? value[name] : undefined
    } else return undefined
  }
  return path.length > 0 ? path : undefined
}

/** How a place reads in a sentence. */
export function placeText(place: Place): string {
  return `$state${place.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join("")}`
}

/**
 * A copy of what an expression gave, as JSON; throws where it is none, with the place and what to do, as a handler's write
 * does. A copy, because one object would otherwise stand at two places of the state and be found at the wrong one.
 */
export function jsonAt(place: Place, value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value
  if (typeof value === "number" && Number.isFinite(value)) return value
  if (Array.isArray(value)) return value.map((item, index) => jsonAt([...place, index], item))
  const prototype = typeof value === "object" && value !== null ? Object.getPrototypeOf(value) : undefined
  if (prototype !== Object.prototype && prototype !== null) throw refusedInState(placeText(place), value)
  return Object.fromEntries(
    Object.entries(value as object).map(([name, item]) => [name, jsonAt([...place, name], item)]),
  )
}

/** `state` with the value at `place` replaced; `undefined` when the place does not exist. */
export function withValue(state: Json | undefined, place: Place, value: Json): Json | undefined {
  const [first, ...rest] = place
  if (first === undefined) return value
  if (isArray(state)) {
    const index = Number(first)
    const item = state[index]
    const next = item === undefined ? undefined : withValue(item, rest, value)
    return next === undefined ? undefined : state.with(index, next)
  }
  if (!isJsonObject(state)) return undefined
  const name = String(first)
  const next = rest.length === 0 ? value : withValue(state[name], rest, value)
  return next === undefined ? undefined : { ...state, [name]: next }
}

/**
 * Where an item that an expression handed out stands in the state: by identity, which the state's structural sharing
 * keeps through `filter`, `sort` and the like. `names` are looked through first.
 */
export function findItem(state: JsonObject, item: unknown, names: readonly string[]): Place | undefined {
  if (typeof item !== "object" || item === null) return undefined
  for (const name of new Set([...names, ...Object.keys(state)])) {
    const found = Object.hasOwn(state, name) ? placeWithin(state[name], item, 0) : undefined
    if (found) return [name, ...found]
  }
  return undefined
}

function placeWithin(value: Json | undefined, item: object, depth: number): Place | undefined {
  if (value === item) return []
  if (depth > 16) return undefined
  const parts = isArray(value) ? value.entries() : isJsonObject(value) ? Object.entries(value) : []
  for (const [part, child] of parts) {
    const found = placeWithin(child, item, depth + 1)
    if (found) return [part, ...found]
  }
  return undefined
}

/** The key of a row: the item's own `id`, else its position. */
export function rowKey(item: unknown, index: number): string {
  const key = keyOf(item as Json)
  return key === undefined ? `#${index}` : String(key)
}
