import { event, object, process } from "./declaration.ts"
import { choice, count, type Field, flag, json, measure, optional, pii, text, type ValuesOf } from "./field.ts"
import { createRegistry } from "./registry.ts"

/**
 * What Nexus records, declared once. Changes arrive whole from the journal; the events here are what a change cannot
 * say: who signed in, what set a handler off, how long it ran. A person is named by id; names and addresses are pii.
 */
const User = object("User", "user", "A person with an account")
const Workspace = object("Workspace", "workspace", "One graph, its journal and its members")
const Panel = object("Panel", "panel", "One NXML document on the canvas")
const WebSocketConnection = object("WebSocketConnection", "connection", "One open socket of a client")
const Sandbox = object("Sandbox", "sandbox", "A process in which handlers run")
const Patch = object("Patch", "patch", "Proposed operations waiting for review")
const Package = object("Package", "package", "Something installed from the marketplace")

const run = { run: text(), handler: text() }
const person = optional(text())
const address = optional(pii(text(), "hash"))

const declared = [
  event("user_registered", {
    about: User,
    fields: { name: optional(pii(text(), "drop")), email: optional(pii(text(), "hash")) },
  }),
  event("user_signed_in", { about: User, fields: { method: text(), address } }),
  event("user_refused", { about: User, fields: { method: text(), reason: text(), address } }),
  event("user_signed_out", { about: User, fields: {} }),
  event("handler_triggered", {
    about: Panel,
    fields: { ...run, person, trigger: text(), actor: optional(text()), parent: optional(count("seq")) },
  }),
  event("context_loaded", { about: Panel, fields: { ...run, reads: optional(json()) } }),
  event("execution_started", {
    about: Panel,
    fields: { ...run, person, turn: optional(count("turn")), engine: optional(text()) },
  }),
  event("execution_completed", {
    about: Panel,
    fields: {
      ...run,
      person,
      status: choice("finished", "failed", "waiting"),
      durationMs: measure("ms"),
      cpuMs: optional(measure("ms")),
      memoryBytes: optional(measure("B")),
      hostCalls: optional(count("calls")),
      turn: optional(count("turn")),
      failure: optional(text()),
      message: optional(text()),
      reads: optional(json()),
    },
  }),
  event("host_called", {
    about: Panel,
    fields: {
      ...run,
      person,
      capability: text(),
      method: text(),
      granted: flag(),
      durationMs: optional(measure("ms")),
    },
  }),
  event("connection_opened", { about: WebSocketConnection, fields: { user: text(), address } }),
  event("connection_closed", { about: WebSocketConnection, fields: { user: text(), code: optional(count("code")) } }),
  event("workspace_subscribed", {
    about: WebSocketConnection,
    fields: { user: text(), since: optional(count("seq")) },
  }),
  event("workspace_unsubscribed", { about: WebSocketConnection, fields: { user: text() } }),
  event("sandbox_started", { about: Sandbox, fields: { engine: text() } }),
  event("sandbox_stopped", { about: Sandbox, fields: { reason: text() } }),
  event("patch_proposed", {
    about: Patch,
    fields: { author: text(), operations: count("operations"), model: optional(text()) },
  }),
  event("patch_decided", {
    about: Patch,
    fields: { decision: choice("accepted", "rejected", "conflicted", "expired"), person },
  }),
  event("version_committed", { about: Workspace, fields: { commit: text(), person } }),
  event("version_checked_out", { about: Workspace, fields: { commit: text(), person } }),
  event("package_installed", { about: Package, fields: { version: text(), person } }),
  event("package_removed", { about: Package, fields: { person } }),
] as const

const processes = [
  process("UserAuthentication", ["user_registered", "user_signed_in", "user_refused", "user_signed_out"]),
  process("PanelExecution", [
    "handler_triggered",
    "context_loaded",
    "execution_started",
    "host_called",
    "execution_completed",
  ]),
  process("NOGUpdate", ["change_committed"]),
  process("AIEdit", ["patch_proposed", "patch_decided"]),
  process("VersionCommit", ["version_committed", "version_checked_out"]),
  process("PackageInstall", ["package_installed", "package_removed"]),
  process("SubscriptionChange", [
    "connection_opened",
    "workspace_subscribed",
    "workspace_unsubscribed",
    "connection_closed",
  ]),
]

/** The schema of this system; every record is checked against it. */
export const nexusSchema = createRegistry({
  objects: [User, Workspace, Panel, WebSocketConnection, Sandbox, Patch, Package],
  processes,
  events: declared,
})

type Declared = (typeof declared)[number]
type Anchored<Name, Key extends string, Shape extends { readonly [name: string]: Field }> = {
  readonly type: Name
  readonly workspace: string
  readonly at: number
  readonly seq?: number | undefined
  readonly traceId?: string | undefined
} & { readonly [Id in Key]: string } & ValuesOf<Shape>

/** One event as it is recorded: its type, workspace, instant (ms), the object it is about, and its own fields. */
export type NexusEvent = {
  [Name in Declared["name"]]: Extract<Declared, { name: Name }> extends {
    about: { key: infer Key extends string }
    fields: infer Shape extends { readonly [name: string]: Field }
  }
    ? Anchored<Name, Key, Shape>
    : never
}[Declared["name"]]
