import * as z from "zod"
import { isJson, type Json as JsonValue, MAX_JSON_DEPTH, type JsonObject as ValuesByName } from "./json-value.ts"

export { equalJson, isArray, isJson, isJsonObject, MAX_JSON_DEPTH } from "./json-value.ts"

export type Json = JsonValue
export type JsonObject = ValuesByName

/**
 * One walk instead of zod's own `z.json()`, which copies, is five times slower and overflows on deep nesting before it can
 * refuse it.
 */
export const Json: z.ZodType<Json> = z.custom<Json>(
  (value) => isJson(value),
  `not JSON, or its lists and objects stand more than ${MAX_JSON_DEPTH} deep in each other`,
)
export const JsonObject: z.ZodType<JsonObject> = z.record(z.string(), Json)
