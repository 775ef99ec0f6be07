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

/** What a grant allows, in words for the person who is asked: of one scope, and of every scope there is. `{scope}` stands for the scope, as in a message of ICU. */
export const CAPABILITY_WORDS: Readonly<Record<CapabilityType, { readonly one: string; readonly every: string }>> = {
  http: { one: "Fetch from {scope}", every: "Fetch from any public address" },
  kv: { one: 'Keep values in the store "{scope}"', every: "Keep values in any store of the workspace" },
  "files:read": { one: "Read the files {scope}", every: "Read every file of the workspace" },
  "files:write": {
    one: "Write, replace and remove the files {scope}",
    every: "Write, replace and remove every file of the workspace",
  },
  "db:read": {
    one: "Look things up in the table {scope}",
    every: "Look things up in every table of the workspace",
  },
  "db:write": {
    one: "Change, empty and remove the table {scope}",
    every: "Change, empty and remove every table of the workspace",
  },
  "panels:read": {
    one: "See what the panel {scope} shows to others",
    every: "See what every panel of the workspace shows to others",
  },
  "panels:call": {
    one: "Use the tools of the panel {scope}, with that panel's own rights",
    every: "Use the tools of every panel of the workspace, with that panel's own rights",
  },
  ai: {
    one: "Ask the AI model {scope}; what it asks goes to the model's provider",
    every: "Ask any AI model; what it asks goes to the model's provider",
  },
  time: { one: "Wait and run on a schedule", every: "Wait and run on a schedule" },
  ask: { one: "Ask people and wait for the answer", every: "Ask people and wait for the answer" },
  events: { one: "Send and hear the event {scope}", every: "Send and hear every event of the workspace" },
}

/** The words of one capability, its scope still to be filled in. */
export function capabilityMessage({ type, scope }: Capability): string {
  const { one, every } = CAPABILITY_WORDS[type]
  return scope === "" || scope === "*" ? every : one
}

/** The same in English, filled in. */
export function describeCapability(capability: Capability): string {
  return capabilityMessage(capability).replace("{scope}", () => capability.scope)
}
