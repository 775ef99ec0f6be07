import type { Actor, Change, Operation, StatePath } from "@nexus/protocol"
import type { Checked, Registry } from "./schema/registry.ts"
import type { EventRow } from "./store/event-store.ts"

/**
 * Anchors a record to what it is about. A change becomes one row about its workspace that holds it whole, and one small
 * row for each thing it touched, so that the history of a panel is a read of that panel alone. People's names stay in
 * the journal: a row says who by id, and whoever shows it asks the journal for the name.
 */
export function rowsOfChange(change: Change): EventRow[] {
  const { cause, workspace, seq, at } = change
  const whole: EventRow = {
    workspace,
    objectType: "Workspace",
    objectId: workspace,
    at,
    seq,
    type: "change_committed",
    version: 1,
    process: "NOGUpdate",
    actorKind: cause.actor.kind,
    actorId: cause.actor.id,
    run: cause.run?.id ?? "",
    handler: cause.run?.handler ?? "",
    traceId: cause.traceId ?? "",
    state: "",
    status: "",
    durationMs: 0,
    payload: JSON.stringify(withoutNames(change)),
  }
  const rows = new Map<string, EventRow>()
  for (const { type, id, state, object, payload } of touchesOf(change)) {
    const key = `${type} ${id} ${state}`
    if (!rows.has(key))
      rows.set(key, { ...whole, type, state, objectType: object, objectId: id, payload: JSON.stringify(payload) })
  }
  return [whole, ...rows.values()]
}

/** What a change touched, operation by operation. */
export function touchesOf(change: Change): readonly Touched[] {
  return change.operations.flatMap(touchesOfOperation)
}

export function rowOfEvent(event: Checked, registry: Registry): EventRow {
  const { run, handler, status, durationMs, person, ...rest } = event.fields
  return {
    workspace: event.workspace,
    objectType: event.about.type,
    objectId: event.about.id,
    at: event.at,
    seq: event.seq,
    type: event.type,
    version: event.version,
    process: registry.processOf(event.type),
    actorKind: typeof person === "string" ? "person" : "",
    actorId: typeof person === "string" ? person : "",
    run: typeof run === "string" ? run : "",
    handler: typeof handler === "string" ? handler : "",
    traceId: event.traceId,
    state: "",
    status: typeof status === "string" ? status : "",
    durationMs: typeof durationMs === "number" ? durationMs : 0,
    payload: JSON.stringify(rest),
  }
}

/** `items.[id 3].title` */
export function pathText(path: StatePath): string {
  return path
    .map((step) => (typeof step === "string" ? step : "key" in step ? `[id ${step.key}]` : `[${step.index}]`))
    .join(".")
}

export interface Touched {
  readonly object: "Panel" | "Entity"
  readonly id: string
  readonly type: string
  readonly state: string
  readonly payload: object
}

function touchesOfOperation(operation: Operation): Touched[] {
  switch (operation.kind) {
    case "entity_add": {
      const { id, kind, name } = operation.entity
      if (kind === "panel") return [touched("Panel", id, "panel_added", { name })]
      return [touched("Entity", id, "entity_added", { kind, name })]
    }
    case "entity_set":
      return [touched("Entity", operation.id, "entity_changed", { set: Object.keys(operation.set ?? {}) })]
    case "entity_remove":
      return [touched("Entity", operation.id, "entity_removed", {})]
    case "relationship_add": {
      const { from, kind, to } = operation.relationship
      return [from, to].map((id) => touched("Entity", id, "relationship_added", { from, kind, to }))
    }
    case "relationship_remove": {
      const { from, relationship: kind, to } = operation
      return [from, to].map((id) => touched("Entity", id, "relationship_removed", { from, kind, to }))
    }
    case "panel_source":
      return [touched("Panel", operation.panel, "panel_saved", { title: operation.title })]
    case "panel_frame":
      return [touched("Panel", operation.panel, "panel_moved", { ...operation.frame })]
    case "panel_grant":
      return [
        touched("Panel", operation.panel, operation.granted ? "panel_granted" : "panel_revoked", {
          grant: operation.grant,
        }),
      ]
    case "state_set":
    case "state_unset":
    case "state_splice": {
      const state = typeof operation.path[0] === "string" ? operation.path[0] : ""
      return [touched("Panel", operation.panel, "state_changed", { path: pathText(operation.path) }, state)]
    }
  }
}

function touched(object: Touched["object"], id: string, type: string, payload: object, state = ""): Touched {
  return { object, id, type, state, payload }
}

function withoutNames(change: Change): Change {
  const { cause } = change
  const run = cause.run && { ...cause.run, ...(cause.run.person && { person: unnamed(cause.run.person) }) }
  return {
    ...change,
    cause: {
      ...cause,
      actor: unnamed(cause.actor),
      ...(run && { run }),
      ...(cause.approver && { approver: unnamed(cause.approver) }),
    },
  }
}

function unnamed(actor: Actor): Actor {
  return actor.kind === "person" ? { ...actor, name: "" } : actor
}
