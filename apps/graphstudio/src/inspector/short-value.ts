import type { Json } from "@nexus/protocol"

/** A value in at most `limit` characters. */
export function shortValue(value: Json | undefined, limit = 40): string {
  if (value === undefined) return "nothing"
  const text = JSON.stringify(value)
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text
}
