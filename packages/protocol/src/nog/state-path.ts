import { equalJson, isArray, isJsonObject, type Json, type JsonObject } from "../json.ts"
import type { ItemKey, ItemMatch, StatePath, Step } from "./operation.ts"

/** The stable key of a list item: its own `id`, when that is a string or number. */
export function keyOf(item: Json | undefined): ItemKey | undefined {
  if (!isJsonObject(item) || !Object.hasOwn(item, "id")) return undefined
  const id = item.id
  return typeof id === "string" || typeof id === "number" ? id : undefined
}

/** The index of the item with this key, or -1 when none or more than one has it. */
export function indexOfKey(list: readonly Json[], key: ItemKey): number {
  let found = -1
  for (let index = 0; index < list.length; index += 1) {
    const item = list[index]
    // The cheap look first: nearly every item fails it, and this loop is what a write into a long list costs.
    if (typeof item !== "object" || item === null || (item as JsonObject).id !== key || keyOf(item) !== key) continue
    if (found >= 0) return -1
    found = index
  }
  return found
}

/** The value at `path`, or `undefined` when a step does not fit. */
export function readPath(state: Json, path: StatePath): Json | undefined {
  let value: Json | undefined = state
  for (const step of path) {
    const place = placeOf(value, step)
    if (typeof place === "number" && isArray(value)) value = value[place]
    else if (typeof place === "string" && isJsonObject(value) && Object.hasOwn(value, place)) value = value[place]
    else return undefined
  }
  return value
}

/** How `item` is recognised inside `list`: by key where that is unique, else by value. */
export function matchOf(list: readonly Json[], item: Json): ItemMatch {
  const key = keyOf(item)
  return key !== undefined && indexOfKey(list, key) >= 0 ? { key } : { value: item }
}

/** The step that finds `list[index]` again: its key where unique, else the index alone. */
export function stepOf(list: readonly Json[], index: number): Step {
  const key = keyOf(list[index])
  return key !== undefined && indexOfKey(list, key) === index ? { key } : { index }
}

/** Where a step leads inside `container`: a property name, an index, or `undefined` when it does not fit. */
export function placeOf(container: Json | undefined, step: Step): string | number | undefined {
  if (typeof step === "string") return isJsonObject(container) && step !== "__proto__" ? step : undefined
  if (!isArray(container)) return undefined
  if ("key" in step) {
    const index = indexOfKey(container, step.key)
    return index < 0 ? undefined : index
  }
  if (step.index >= container.length) return undefined
  return step.expect === undefined || equalJson(container[step.index], step.expect) ? step.index : undefined
}

/** `container` with the value at `place` replaced, or removed when `value` is `undefined`; everything else is shared. */
export function withPlace(container: Json, place: string | number, value: Json | undefined): Json {
  if (typeof place === "number") {
    const list = [...(container as readonly Json[])]
    if (value === undefined) list.splice(place, 1)
    else list[place] = value
    return list
  }
  const object = container as JsonObject
  if (value !== undefined) return { ...object, [place]: value }
  const { [place]: _removed, ...rest } = object
  return rest
}
