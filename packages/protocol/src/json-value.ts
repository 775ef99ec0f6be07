/** A JSON value: what state, arguments and results are made of. Never `undefined`, never a class instance. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/** How deep lists and objects of a JSON value may stand in each other; whoever walks a deeper one would overflow. */
export const MAX_JSON_DEPTH = 256

/**
 * Is this JSON whose lists and objects stand at most `levels` deep in each other? A list of numbers has one level. A key
 * `__proto__` is refused: somewhere it would be assigned.
 */
export function isJson(value: unknown, levels = MAX_JSON_DEPTH): value is Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true
  if (typeof value === "number") return Number.isFinite(value)
  if (typeof value !== "object" || levels <= 0) return false
  if (Array.isArray(value)) {
    // A loop, because `every` skips the holes of a sparse list.
    for (const item of value) if (!isJson(item, levels - 1)) return false
    return true
  }
  const prototype = Object.getPrototypeOf(value)
  if ((prototype !== Object.prototype && prototype !== null) || Object.hasOwn(value, "__proto__")) return false
  return Object.values(value).every((item) => isJson(item, levels - 1))
}

/** True when `a` and `b` are the same JSON value; key order does not matter. */
export function equalJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false
  if (isArray(a) !== isArray(b)) return false
  if (isArray(a) && isArray(b)) return a.length === b.length && a.every((item, index) => equalJson(item, b[index]))
  const left = a as JsonObject
  const right = b as JsonObject
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every((key) => Object.hasOwn(right, key) && equalJson(left[key], right[key]))
}

/** `Array.isArray` that narrows readonly arrays too. */
export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** Is it an object, and neither a list nor null? */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
