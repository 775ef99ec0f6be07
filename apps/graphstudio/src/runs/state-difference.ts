import { isArray, isJsonObject, type Json, type JsonObject, keyOf } from "@nexus/protocol"

/** One value that differs; `undefined` where it is not there. `path` is written as a person would: `items.#milk.done`. */
export interface Difference {
  readonly path: string
  readonly before: Json | undefined
  readonly after: Json | undefined
}

/** More than anybody reads; what is beyond stands in the whole states. */
const MOST = 200

/**
 * The values by which two states differ, as deep as they differ: a changed field of an item is that field. Items of lists
 * are told apart by their key and not by their place, so that one that moved up has not changed.
 */
export function stateDifferences(before: JsonObject, after: JsonObject): readonly Difference[] {
  const found: Difference[] = []
  const walk = (path: string, one: Json | undefined, two: Json | undefined) => {
    if (found.length >= MOST || same(one, two)) return
    const [left, right] = [partsOf(one), partsOf(two)]
    if (!left || !right || left.kind !== right.kind) {
      found.push({ path, before: one, after: two })
      return
    }
    const count = found.length
    for (const name of new Set([...left.parts.keys(), ...right.parts.keys()])) {
      walk(path === "" ? name : `${path}.${name}`, left.parts.get(name), right.parts.get(name))
    }
    // No item differs, but the order they stand in.
    if (found.length === count && left.kind === "keyed") found.push({ path, before: one, after: two })
  }
  if (!same(before, after)) {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) walk(name, before[name], after[name])
  }
  return found
}

interface Parts {
  readonly kind: "fields" | "keyed" | "listed"
  readonly parts: ReadonlyMap<string, Json>
}

/** What a value is made of; `undefined` for one that has no parts. */
function partsOf(value: Json | undefined): Parts | undefined {
  if (value === undefined) return undefined
  if (isJsonObject(value)) return { kind: "fields", parts: new Map(Object.entries(value)) }
  if (!isArray(value)) return undefined
  const keyed = new Map<string, Json>()
  for (const item of value) {
    const key = keyOf(item)
    if (key !== undefined) keyed.set(`#${key}`, item)
  }
  if (keyed.size === value.length) return { kind: "keyed", parts: keyed }
  return { kind: "listed", parts: new Map(value.map((item, index) => [`[${index}]`, item])) }
}

function same(one: Json | undefined, two: Json | undefined): boolean {
  return one === two || JSON.stringify(one) === JSON.stringify(two)
}
