import type { Failure } from "../failure.ts"
import type { JsonObject } from "../json.ts"
import { type Rejection, reject } from "../nexus-error.ts"
import { apply } from "../nog/apply.ts"
import type { PanelEntity } from "../nog/entity.ts"
import { Graph } from "../nog/graph.ts"
import type { Operation } from "../nog/operation.ts"
import type { Panel } from "../nxml/panel.ts"
import type { Effect, StateEffect } from "./outcome.ts"

/**
 * What a turn asked for → what the workspace will do, as data: nothing has happened yet. Shared state becomes
 * operations for the graph; session and secret state never enters a change and is worked out here on its own. One effect
 * that may not be refuses the whole turn.
 */
export interface Settled {
  readonly ok: true
  readonly operations: readonly Operation[]
  /** All session-scoped values after the turn, and the names of those it wrote. */
  readonly session: JsonObject
  readonly sessionWritten: ReadonlySet<string>
  readonly secrets: JsonObject
  readonly secretsWritten: boolean
  readonly views: readonly Extract<Effect, { kind: "view" }>[]
  readonly emits: readonly Extract<Effect, { kind: "emit" }>[]
}

export interface PanelWorld {
  readonly entity: PanelEntity
  readonly panel: Panel
  readonly session: JsonObject
  readonly secrets: JsonObject
}

export function settle(effects: readonly Effect[], world: PanelWorld, handler: string): Settled | Rejection {
  const { entity, panel } = world
  const operations: Operation[] = []
  const session: Operation[] = []
  const secrets: Operation[] = []
  const views: Extract<Effect, { kind: "view" }>[] = []
  const emits: Extract<Effect, { kind: "emit" }>[] = []
  const states = new Map(panel.states.map((state) => [state.name, state]))

  for (const effect of effects) {
    switch (effect.kind) {
      case "state_set":
      case "state_unset":
      case "state_splice": {
        const state = states.get(String(effect.path[0]))
        if (!state || (effect.kind === "state_unset" && effect.path.length === 1)) {
          return reject(failed(handler, stateMessage(effect, state !== undefined)))
        }
        const kept = state.secret ? secrets : state.scope === "session" ? session : operations
        kept.push(toOperation(entity.id, effect))
        break
      }
      case "emit":
        emits.push(effect)
        break
      case "view":
        views.push(effect)
        break
      case "log":
        break
      default: {
        const never: never = effect
        throw new Error(`unknown effect ${JSON.stringify(never)}`)
      }
    }
  }

  const keptSession = applyToValues(world.session, session)
  if (!keptSession.ok) return keptSession
  const keptSecrets = applyToValues(world.secrets, secrets)
  if (!keptSecrets.ok) return keptSecrets
  return {
    ok: true,
    operations,
    session: keptSession.values,
    sessionWritten: new Set(session.flatMap((operation) => ("path" in operation ? [String(operation.path[0])] : []))),
    secrets: keptSecrets.values,
    secretsWritten: secrets.length > 0,
    views,
    emits,
  }
}

/** State operations on values that stand outside the graph, by the same rules. */
export function applyToValues(
  values: JsonObject,
  operations: readonly Operation[],
): { readonly ok: true; readonly values: JsonObject } | Rejection {
  const first = operations[0]
  if (!first || !("panel" in first)) return { ok: true, values }
  const frame = { x: 0, y: 0, w: 80, h: 40 }
  const properties = { source: "", title: "", frame, state: values, grants: [] }
  const graph = Graph.fromSnapshot({
    entities: [{ id: first.panel, kind: "panel", name: "", properties, scope: "" }],
    relationships: [],
  })
  const applied = apply(graph, operations)
  return applied.ok ? { ok: true, values: graph.panel(first.panel)?.properties.state ?? values } : applied
}

function toOperation(panel: string, effect: StateEffect): Operation {
  return { ...effect, panel }
}

function stateMessage(effect: StateEffect, declared: boolean): string {
  const name = String(effect.path[0])
  return declared ? `the state "${name}" is declared and cannot be deleted` : `the panel declares no state "${name}"`
}

function failed(handler: string, message: string): Failure {
  return { code: "handler-failed", handler, message }
}
