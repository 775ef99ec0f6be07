import type { CapabilityType } from "@nexus/protocol"

/** A name that a handler has beside JavaScript's own, and what it gives. */
export interface HandlerName {
  /** How it is called: `$view.toast`, `nexus.http.fetch`. */
  readonly name: string
  readonly signature: string
  readonly doc: string
  /** What must be declared and granted before it can be called. */
  readonly capability?: CapabilityType
}

const entry = (name: string, signature: string, doc: string, capability?: CapabilityType): HandlerName =>
  capability === undefined ? { name, signature, doc } : { name, signature, doc, capability }

/** Everything a handler sees, in the order it is offered. A name without a dot stands alone. */
export const HANDLER_NAMES: readonly HandlerName[] = [
  entry("$state", "$state: the panel's state", "Read it and write it; every write is recorded and shared."),
  entry(
    "$args",
    "$args: object",
    "What the handler was called with: the argument of `add({ … })`, or a Tool's arguments.",
  ),
  entry("$computed", "$computed: the computed values", "Read-only."),
  entry("$imports", "$imports: values of other panels", "Read-only and live."),
  entry("$emit", "$emit(name, payload?)", "Tells other parts of the workspace that something happened."),
  entry("$view", "$view: what the viewer sees", "`toast`, `focus`, `scrollTo` and `open`."),
  entry("$view.toast", "$view.toast(text)", "Shows a short message."),
  entry("$view.focus", "$view.focus(id)", "Puts the focus on the component with this `id`."),
  entry("$view.scrollTo", "$view.scrollTo(id)", "Scrolls to the component with this `id`."),
  entry("$view.open", "$view.open(panel)", "Opens another panel."),
  entry("$log", "$log: the panel's log", "`debug`, `info`, `warn` and `error`."),
  entry("$log.debug", "$log.debug(…values)", "Writes a line for whoever looks closely."),
  entry("$log.info", "$log.info(…values)", "Writes a line."),
  entry("$log.warn", "$log.warn(…values)", "Writes a line that asks for attention."),
  entry("$log.error", "$log.error(…values)", "Writes a line about something that failed."),
  entry("$id", "$id(): string", "A fresh id; recorded, so a run replays exactly."),
  entry("$now", "$now(): number", "The time in milliseconds since 1970; recorded, so a run replays exactly."),
  entry("$random", "$random(): number", "A number from 0 up to 1; recorded, so a run replays exactly."),
  entry("nexus", "nexus: what was granted", "Each part needs a Capability in Logic that a person has granted."),
  entry("nexus.http", "nexus.http", "Fetches from the web.", "http"),
  entry(
    "nexus.http.fetch",
    "await nexus.http.fetch(url, { method?, headers?, body? }?): { status, ok, headers, text(), json() }",
    "Fetches from an address that a Capability of type `http` covers.",
    "http",
  ),
  entry("nexus.kv", "nexus.kv", "A durable store of values by key.", "kv"),
  entry("nexus.kv.get", "await nexus.kv.get(store, key)", "The value kept under the key.", "kv"),
  entry("nexus.kv.set", "await nexus.kv.set(store, key, value)", "Keeps a value under the key.", "kv"),
  entry("nexus.kv.delete", "await nexus.kv.delete(store, key)", "Forgets the key.", "kv"),
  entry("nexus.kv.list", "await nexus.kv.list(store, prefix?): string[]", "The keys of the store.", "kv"),
  entry("nexus.files", "nexus.files", "Files of the workspace, versioned with it.", "files:read"),
  entry(
    "nexus.files.read",
    'await nexus.files.read(path, { encoding?: "text" | "base64" }?): string',
    "What is in a file.",
    "files:read",
  ),
  entry(
    "nexus.files.list",
    "await nexus.files.list(glob?): { path, id, type, size, sha256 }[]",
    "The files whose paths the glob matches.",
    "files:read",
  ),
  entry(
    "nexus.files.stat",
    "await nexus.files.stat(path): { path, id, type, size, sha256 }",
    "What is known of a file; its id is what File and Image take.",
    "files:read",
  ),
  entry("nexus.files.exists", "await nexus.files.exists(path): boolean", "Is there such a file?", "files:read"),
  entry(
    "nexus.files.write",
    "await nexus.files.write(path, text, { encoding?, type? }?): { path, id, type, size, sha256 }",
    "Puts a file there or writes over it; one change of the workspace.",
    "files:write",
  ),
  entry("nexus.files.delete", "await nexus.files.delete(path): boolean", "Takes a file out.", "files:write"),
  entry("nexus.db", "nexus.db", "Tables of the workspace's own database.", "db:read"),
  entry(
    "nexus.db.select",
    "await nexus.db.select(table, { columns?, where?, order?, limit?, offset? }?): object[]",
    'Rows, such as `{ where: { price: { lt: 10 } }, order: "-price" }`.',
    "db:read",
  ),
  entry("nexus.db.count", "await nexus.db.count(table, where?): number", "How many rows match.", "db:read"),
  entry(
    "nexus.db.insert",
    "await nexus.db.insert(table, row | rows): number[]",
    "Adds rows; answers with their ids.",
    "db:write",
  ),
  entry(
    "nexus.db.update",
    "await nexus.db.update(table, where, values): number",
    "Changes the rows that match; `{}` is all of them.",
    "db:write",
  ),
  entry(
    "nexus.db.delete",
    "await nexus.db.delete(table, where): number",
    "Removes the rows that match; `{}` is all of them.",
    "db:write",
  ),
  entry(
    "nexus.db.createTable",
    'await nexus.db.createTable(table, { title: "text", price: "real", … })',
    "Makes a table where there is none; it has an `id` beside these.",
    "db:write",
  ),
  entry("nexus.db.dropTable", "await nexus.db.dropTable(table)", "Removes a table with its rows.", "db:write"),
  entry("nexus.panels", "nexus.panels", "Other panels of the workspace.", "panels:read"),
  entry(
    "nexus.panels.read",
    "await nexus.panels.read(panel, name)",
    "A State or Computed of another panel.",
    "panels:read",
  ),
  entry(
    "nexus.panels.tools",
    "await nexus.panels.tools(panel): { name, description, args }[]",
    "The Tools of another panel.",
    "panels:read",
  ),
  entry(
    "nexus.panels.call",
    "await nexus.panels.call(panel, tool, args?)",
    "Uses a Tool of another panel; answers with what its Handler returns.",
    "panels:call",
  ),
  entry("nexus.ai", "nexus.ai", "The language model of the workspace.", "ai"),
  entry(
    "nexus.ai.complete",
    "await nexus.ai.complete(prompt, { model?, system?, maxTokens? }?): { text, cut, usage, tokensLeft }",
    "What the model answers, within the workspace's budget of the day.",
    "ai",
  ),
  entry("nexus.events", "nexus.events", "Events between panels.", "events"),
  entry("nexus.events.emit", "await nexus.events.emit(name, payload?): cursor", "Sends an event.", "events"),
  entry(
    "nexus.events.next",
    "await nexus.events.next(name, { after?, timeoutMs? }?): { cursor, name, payload, from, at, missed } | null",
    "Waits for the next event; with `after: event.cursor` none that came in between is missed.",
    "events",
  ),
  entry("nexus.sleep", 'await nexus.sleep("3d")', "Waits, days too; survives a restart.", "time"),
  entry("nexus.ask", "await nexus.ask(question)", "Asks a person and waits for the answer.", "ask"),
]

/** The entry of a dotted name. */
export const HANDLER_NAME: ReadonlyMap<string, HandlerName> = new Map(HANDLER_NAMES.map((known) => [known.name, known]))
