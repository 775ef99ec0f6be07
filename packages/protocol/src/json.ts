import * as z from "zod"

/** A JSON value: what state, arguments and results are made of. Never `undefined`, never a class instance. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

export const Json: z.ZodType<Json> = z.json() as z.ZodType<Json>
export const JsonObject: z.ZodType<JsonObject> = z.record(z.string(), Json)

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

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
