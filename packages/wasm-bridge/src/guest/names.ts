import { freshId, random } from "./chance.ts"
import { call, emit, log, view } from "./outbox.ts"
import { expose, freeze, GuestTypeError, hasOwn, matched, parse, toText } from "./primordials.ts"

/** The names a handler has beside the language's own. Each `nexus.*` is one host call; the kernel checks its grant. */
type Method = (...args: unknown[]) => unknown

function namespace(methods: { [name: string]: unknown }): unknown {
  return freeze(methods)
}

function asks(capability: string, method: string): Method {
  return (...args) => call(capability, method, args)
}

function says(level: string): Method {
  return (...values) => log(level, values)
}

function shows(command: string): Method {
  return (argument) => view(command, argument)
}

expose("$emit", (name: unknown, payload: unknown) => emit(name, payload))
expose("$id", () => freshId())
expose("$random", () => random())
expose(
  "$view",
  namespace({ toast: shows("toast"), focus: shows("focus"), scrollTo: shows("scrollTo"), open: shows("open") }),
)
expose("$log", namespace({ debug: says("debug"), info: says("info"), warn: says("warn"), error: says("error") }))
expose(
  "console",
  namespace({
    debug: says("debug"),
    log: says("info"),
    info: says("info"),
    warn: says("warn"),
    error: says("error"),
  }),
)

expose("__nexus_emit", (name: unknown, payload: unknown) => emit(name, payload))
expose("__nexus_random", () => random())
expose("__nexus_log", (level: unknown, message: unknown) => log(chosen(LOG_LEVELS, level), [message]))
expose("__nexus_view", (command: unknown, argument: unknown) => view(chosen(VIEW_COMMANDS, command), argument))
expose("__nexus_call", (capability: unknown, method: unknown, args: unknown) =>
  call(toText(capability), toText(method), args === undefined ? [] : (args as unknown[])),
)

const LOG_LEVELS = { debug: true, info: true, warn: true, error: true }
const VIEW_COMMANDS = { toast: true, focus: true, scrollTo: true, open: true }

function chosen(known: object, name: unknown): string {
  const text = toText(name)
  if (!hasOwn(known, text)) throw new GuestTypeError('"' + text + '" is not known')
  return text
}

const UNITS: { readonly [unit: string]: number } = freeze({
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
})
const durationPattern = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/

/** Milliseconds of `1500` or `"3d"`. */
function durationMs(duration: unknown): number {
  if (typeof duration === "number" && duration >= 0) return duration
  const match = matched(durationPattern, toText(duration))
  if (!match)
    throw new GuestTypeError('"' + toText(duration) + '" is no duration; write milliseconds or "90s", "15m", "3d"')
  return +(match[1] as string) * (UNITS[match[2] as string] as number)
}

interface FetchReply {
  readonly status: number
  readonly headers: { readonly [name: string]: string }
  readonly body: string
}

async function fetchUrl(url: unknown, init: unknown): Promise<unknown> {
  const reply = (await call("http", "fetch", [toText(url), init ?? {}])) as FetchReply
  const { status, headers, body } = reply
  return freeze({ status, ok: status >= 200 && status < 300, headers, text: () => body, json: () => parse(body) })
}

expose(
  "nexus",
  namespace({
    http: namespace({ fetch: fetchUrl }),
    kv: namespace({
      get: asks("kv", "get"),
      set: asks("kv", "set"),
      delete: asks("kv", "delete"),
      list: asks("kv", "list"),
    }),
    files: namespace({
      read: asks("files:read", "read"),
      list: asks("files:read", "list"),
      stat: asks("files:read", "stat"),
      exists: asks("files:read", "exists"),
      write: asks("files:write", "write"),
      delete: asks("files:write", "delete"),
    }),
    db: namespace({
      select: asks("db:read", "select"),
      count: asks("db:read", "count"),
      insert: asks("db:write", "insert"),
      update: asks("db:write", "update"),
      delete: asks("db:write", "delete"),
      createTable: asks("db:write", "createTable"),
      dropTable: asks("db:write", "dropTable"),
    }),
    panels: namespace({
      read: asks("panels:read", "read"),
      tools: asks("panels:read", "tools"),
      call: asks("panels:call", "call"),
    }),
    ai: namespace({ complete: asks("ai", "complete") }),
    events: namespace({ emit: asks("events", "emit"), next: asks("events", "next") }),
    sleep: (duration: unknown) => call("time", "sleep", [durationMs(duration)]),
    ask: asks("ask", "ask"),
  }),
)
