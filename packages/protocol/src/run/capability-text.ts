/** The classes of host calls. */
export const CAPABILITY_TYPES = [
  "http",
  "kv",
  "files:read",
  "files:write",
  "db:read",
  "db:write",
  "panels:read",
  "panels:call",
  "ai",
  "time",
  "ask",
  "events",
] as const
export type CapabilityType = (typeof CAPABILITY_TYPES)[number]

/** The right to one class of host call within one scope; written `type:scope`, or `type` alone where there is no scope. */
export interface Capability {
  readonly type: CapabilityType
  readonly scope: string
}

/** Parses `http:https://x/*`, `files:read:notes/*`, `time`. `undefined` for an unknown type. */
export function parseCapability(text: string): Capability | undefined {
  for (const type of CAPABILITY_TYPES) {
    if (text === type) return { type, scope: "" }
    if (text.startsWith(`${type}:`)) return { type, scope: text.slice(type.length + 1) }
  }
  return undefined
}

/** The text that `parseCapability` reads. */
export function formatCapability(capability: Capability): string {
  return capability.scope === "" ? capability.type : `${capability.type}:${capability.scope}`
}

/**
 * Does `granted` cover `needed`? The same type, and a scope whose `*` stands for any run of characters; among the letters
 * of a host's name for no "/", so that `https://*.example.org/*` is no other host with `.example.org/` in its path.
 */
export function covers(granted: Capability, needed: Capability): boolean {
  if (granted.type !== needed.type) return false
  if (granted.scope === "") return true
  return granted.type === "http"
    ? matchesAddress(granted.scope, needed.scope)
    : matchesGlob(granted.scope, needed.scope)
}

function matchesAddress(pattern: string, address: string): boolean {
  const wanted = splitAddress(pattern)
  const is = splitAddress(address)
  if (!wanted || !is) return matchesGlob(pattern, address)
  // A pattern that ends among the letters of the host says nothing of the path.
  const rest = wanted.rest === "" && wanted.host.endsWith("*") ? "*" : wanted.rest
  return matchesGlob(wanted.host, is.host) && matchesGlob(rest, is.rest)
}

/** Scheme and host, and what comes after them. */
function splitAddress(address: string): { readonly host: string; readonly rest: string } | undefined {
  const [host] = /^[a-z*]+:\/\/[^/?#]*/i.exec(address) ?? []
  return host === undefined ? undefined : { host, rest: address.slice(host.length) }
}

/** Glob with `*` only, matched greedily without backtracking blow-up: linear in pattern segments times text. */
export function matchesGlob(pattern: string, text: string): boolean {
  const segments = pattern.split("*")
  const first = segments[0] ?? ""
  if (segments.length === 1) return pattern === text
  const last = segments[segments.length - 1] ?? ""
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false
  let position = first.length
  const end = text.length - last.length
  for (const segment of segments.slice(1, -1)) {
    const found = text.indexOf(segment, position)
    if (found < 0 || found + segment.length > end) return false
    position = found + segment.length
  }
  return true
}

/** What a grant allows, in words for the person who is asked. */
export function describeCapability({ type, scope }: Capability): string {
  const all = scope === "" || scope === "*"
  const one = (what: string, every: string) => (all ? every : `${what} ${scope}`)
  switch (type) {
    case "http":
      return `Fetch from ${one("", "any public address").trim()}`
    case "kv":
      return all ? "Keep values in any store of the workspace" : `Keep values in the store "${scope}"`
    case "files:read":
      return `Read ${one("the files", "every file of the workspace")}`
    case "files:write":
      return `Write, replace and remove ${one("the files", "every file of the workspace")}`
    case "db:read":
      return `Look things up in ${one("the table", "every table of the workspace")}`
    case "db:write":
      return `Change, empty and remove ${one("the table", "every table of the workspace")}`
    case "panels:read":
      return `See what ${one("the panel", "every panel of the workspace")} shows to others`
    case "panels:call":
      return `Use the tools of ${one("the panel", "every panel of the workspace")}, with that panel's own rights`
    case "ai":
      return `Ask ${one("the AI model", "any AI model")}; what it asks goes to the model's provider`
    case "time":
      return "Wait and run on a schedule"
    case "ask":
      return "Ask people and wait for the answer"
    case "events":
      return `Send and hear ${one("the event", "every event of the workspace")}`
  }
}
