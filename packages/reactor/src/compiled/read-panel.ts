import {
  type Binding,
  isJson,
  type Json,
  type Lifecycle,
  type Panel,
  type Range,
  type Reference,
  STATE_TYPES,
  type StateType,
  type Tool,
  type ViewNode,
} from "@nexus/protocol"
import { ROOTS, type Row } from "./panel-rows.ts"

/** No deeper than a source can be. */
const MAX_NODE_DEPTH = 64
const SCOPES = ["document", "session"] as const
const OCCASIONS = ["mount", "unmount", "change", "schedule"] as const
const NOWHERE: Range = { line: 1, column: 1, offset: 0, length: 0 }
const NO_NODES: readonly ViewNode[] = []

type Unranged = Pick<Binding, "text" | "references">

/**
 * The Panel that rows mean. It is built field by field from values that are looked at as they are taken, so there is no
 * second pass of checks, and what comes out is what the schema of a Panel allows. Throws an Error that names what is no
 * such value.
 */
export function readPanelRows(given: unknown): Panel {
  const row = rowOf(given, 13, "the panel")
  const table = list(row[3], "bindings", readUnranged)
  const ranges = flat(row[4], "ranges")
  const wholly = ranges.length > 0
  let next = 0
  let line = 0
  let offset = 0

  function range(): Range {
    if (!wholly) return NOWHERE
    line += whole(ranges[next], "a line")
    const column = whole(ranges[next + 1], "a column")
    offset += whole(ranges[next + 2], "an offset")
    const length = whole(ranges[next + 3], "a length")
    next += 4
    if (line < 1 || column < 1 || offset < 0 || length < 0) throw new Error("a range")
    return { line, column, offset, length }
  }

  function binding(number: unknown): Binding {
    const found = typeof number === "number" ? table[number] : undefined
    if (found === undefined) throw new Error("a binding's number")
    const { text, references } = found
    return { text, references, range: range() }
  }

  function node(item: unknown, id: string, level: number): ViewNode {
    if (level > MAX_NODE_DEPTH) throw new Error("an element nested this deep")
    const [element, content, attributeRow, childRows] = rowOf(item, 4, "an element")
    const place = range()
    const attributes: { [name: string]: Binding } = {}
    const pairs = flat(attributeRow, "attributes")
    for (let at = 0; at < pairs.length; at += 2) {
      const name = text(pairs[at], "an attribute's name")
      if (name === "__proto__") throw new Error("an attribute's name")
      attributes[name] = binding(pairs[at + 1])
    }
    const rows = flat(childRows, "children")
    const children = rows.length === 0 ? NO_NODES : rows.map((child, at) => node(child, `${id}.${at}`, level + 1))
    return {
      id,
      element: text(element, "an element"),
      attributes,
      children,
      content: text(content, "content"),
      range: place,
    }
  }

  const panel: Panel = {
    title: text(row[0], "the title"),
    version: text(row[1], "the version"),
    description: text(row[2], "the description"),
    states: list(row[5], "states", (item) => {
      const [name, type, initial, description, scope, secret] = rowOf(item, 6, "a state")
      return {
        name: text(name, "a state"),
        type: stateType(type),
        initial: json(initial),
        description: text(description, "a state's description"),
        scope: oneOf(SCOPES, scope, "a state's scope"),
        secret: flag(secret, "a state"),
        range: range(),
      }
    }),
    computed: list(row[6], "computed values", (item) => {
      const [name, value] = rowOf(item, 2, "a computed value")
      const place = range()
      return { name: text(name, "a computed value"), value: binding(value), range: place }
    }),
    imports: list(row[7], "imports", (item) => {
      const [from, name, as] = rowOf(item, 3, "an import")
      return {
        panel: text(from, "an import"),
        name: text(name, "an import"),
        as: text(as, "an import"),
        range: range(),
      }
    }),
    capabilities: list(row[8], "capabilities", (item) => {
      const [type, scope, reason] = rowOf(item, 3, "a capability")
      return {
        type: text(type, "a capability"),
        scope: text(scope, "a capability"),
        reason: text(reason, "a capability"),
        range: range(),
      }
    }),
    handlers: list(row[9], "handlers", (item) => {
      const [name, source, at, references] = rowOf(item, 4, "a handler")
      const first = whole(at, "a handler's line")
      if (first < 1) throw new Error("a handler's line")
      return {
        name: text(name, "a handler"),
        source: text(source, "a handler's source"),
        line: first,
        references: readReferences(flat(references, "references"), 0),
        range: range(),
      }
    }),
    tools: list(row[10], "tools", (item): Tool => {
      const [name, handler, description, args] = rowOf(item, 4, "a tool")
      return {
        name: text(name, "a tool"),
        handler: text(handler, "a tool"),
        description: text(description, "a tool"),
        args: list(args, "a tool's arguments", readArgument),
        range: range(),
      }
    }),
    lifecycles: list(row[11], "lifecycles", (item): Lifecycle => {
      const [on, run, watch, everyMs, cron] = rowOf(item, 5, "a lifecycle")
      const place = range()
      return {
        on: oneOf(OCCASIONS, on, "a lifecycle"),
        run: text(run, "a lifecycle"),
        ...(watch === null ? {} : { watch: binding(watch) }),
        ...(everyMs === null ? {} : { everyMs: finite(everyMs, "an interval") }),
        ...(cron === null ? {} : { cron: text(cron, "a cron line") }),
        range: place,
      }
    }),
    view: list(row[12], "the view", (item, at) => node(item, String(at), 1)),
  }
  if (next !== ranges.length) throw new Error("ranges")
  return panel
}

function readUnranged(row: unknown): Unranged {
  if (typeof row === "string") return { text: row, references: [] }
  const parts = flat(row, "a binding")
  return { text: text(parts[0], "a binding"), references: readReferences(parts, 1) }
}

function readReferences(row: Row, from: number): Reference[] {
  const references: Reference[] = []
  for (let at = from; at < row.length; at += 3) {
    const number = row[at]
    const root = typeof number === "number" ? ROOTS[number] : undefined
    if (root === undefined) throw new Error("a reference")
    references.push({ root, name: text(row[at + 1], "a reference"), write: flag(row[at + 2], "a reference") })
  }
  return references
}

function readArgument(item: unknown): Tool["args"][number] {
  const row = flat(item, "an argument")
  const [name, type, required, description, initial] = row
  if (row.length < 4 || row.length > 5) throw new Error("an argument")
  return {
    name: text(name, "an argument"),
    type: stateType(type),
    required: flag(required, "an argument"),
    initial: row.length === 5 ? json(initial) : undefined,
    description: text(description, "an argument"),
  }
}

function list<Item>(value: unknown, what: string, read: (item: unknown, at: number) => Item): Item[] {
  return flat(value, what).map(read)
}

function flat(value: unknown, what: string): Row {
  if (!Array.isArray(value)) throw new Error(what)
  return value
}

function rowOf(value: unknown, length: number, what: string): Row {
  if (!Array.isArray(value) || value.length !== length) throw new Error(what)
  return value
}

function text(value: unknown, what: string): string {
  if (typeof value !== "string") throw new Error(what)
  return value
}

function flag(value: unknown, what: string): boolean {
  if (typeof value !== "boolean") throw new Error(what)
  return value
}

function finite(value: unknown, what: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new Error(what)
  return value
}

function whole(value: unknown, what: string): number {
  if (!Number.isSafeInteger(value)) throw new Error(what)
  return value as number
}

function json(value: unknown): Json {
  if (!isJson(value)) throw new Error("an initial value")
  return value
}

function stateType(value: unknown): StateType {
  return oneOf(STATE_TYPES, value, "a type")
}

function oneOf<Word extends string>(words: readonly Word[], value: unknown, what: string): Word {
  const found = words.find((word) => word === value)
  if (found === undefined) throw new Error(what)
  return found
}
