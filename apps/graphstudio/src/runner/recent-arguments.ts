import { isJson, isJsonObject, type JsonObject } from "@nexus/protocol"

/** The last arguments that a handler was run with stay with this tab: what was typed here is nobody else's. */
const MOST = 5

function keyOf(panel: string, handler: string): string {
  return `nexus.runner.${panel}.${handler}`
}

/** Newest first. What is kept there by anything else is left out. */
export function recentArguments(panel: string, handler: string): readonly JsonObject[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(panel, handler)) ?? "[]")
    return Array.isArray(kept) ? kept.flatMap((one) => (isJson(one) && isJsonObject(one) ? [one] : [])) : []
  } catch {
    return []
  }
}

export function keepArguments(panel: string, handler: string, args: JsonObject): void {
  if (Object.keys(args).length === 0) return
  const text = JSON.stringify(args)
  const others = recentArguments(panel, handler).filter((one) => JSON.stringify(one) !== text)
  try {
    sessionStorage.setItem(keyOf(panel, handler), JSON.stringify([args, ...others].slice(0, MOST)))
  } catch {
    // Without room they are typed again.
  }
}
