import { equalJson, isArray, isJsonObject, type Json } from "@nexus/protocol"

/** Where two values part, as a path and the two: the least that says it. At most `most`. */
export function partings(recorded: Json | undefined, now: Json | undefined, path = "", most = 5): Parting[] {
  if (equalJson(recorded, now)) return []
  const lists = isArray(recorded) && isArray(now) && recorded.length === now.length
  const objects = isJsonObject(recorded) && isJsonObject(now)
  if (!lists && !objects) return [{ path, recorded, now }]
  const found: Parting[] = []
  const fields = (value: Json): { readonly [key: string]: Json } => Object.fromEntries(Object.entries(value ?? {}))
  const [before, after] = [fields(recorded), fields(now)]
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const step = isArray(recorded) ? `[${key}]` : path === "" ? key : `.${key}`
    found.push(...partings(before[key], after[key], path + step, most - found.length))
    if (found.length >= most) break
  }
  return found
}

export interface Parting {
  readonly path: string
  readonly recorded: Json | undefined
  readonly now: Json | undefined
}

/** A value on one line, cut where it is long. */
export function shortText(value: Json | undefined): string {
  if (value === undefined) return "nothing"
  const text = typeof value === "string" ? value : JSON.stringify(value)
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}
