import { isArray, isJsonObject, type Json } from "@nexus/protocol"
import { say } from "../words/say.ts"

/** A value in at most `limit` characters, as a person would say it: lists by their size, objects by their fields. */
export function valueInWords(value: Json | undefined, limit = 60): string {
  if (value === undefined) return say("nothing")
  if (isArray(value)) return say("{count, plural, one {# item} other {# items}}", { count: value.length })
  const text = isJsonObject(value) ? fieldsInWords(value) : JSON.stringify(value)
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text
}

/** The key already names the item, so it is not said again. */
function fieldsInWords(value: { readonly [key: string]: Json }): string {
  const fields = Object.entries(value).filter(([name]) => name !== "id")
  if (fields.length === 0) return "{}"
  return fields
    .map(([name, field]) => `${name}: ${typeof field === "string" ? field : JSON.stringify(field)}`)
    .join(", ")
}
