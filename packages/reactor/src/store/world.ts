import { type Graph, type Json, type JsonObject, type Panel, type PanelEntity, resolvePanel } from "@nexus/protocol"
import { evaluateComputed } from "../expression/evaluate.ts"

/** The panel that an entity's source says; `undefined` where it cannot be read. */
export interface PanelSources {
  of(entity: PanelEntity): Panel | undefined
}

/** What a handler of this panel sees when its turn starts. */
export interface World {
  readonly state: { readonly [name: string]: Json }
  readonly computed: { readonly [name: string]: Json }
  readonly imports: { readonly [name: string]: Json }
}

/** `own` holds the values that are not in the graph: the viewer's session state and the secrets. */
export function worldOf(
  graph: Graph,
  sources: PanelSources,
  entity: PanelEntity,
  panel: Panel,
  own: JsonObject,
): World {
  const state = { ...entity.properties.state, ...own }
  const imports = importsOf(graph, sources, panel, new Set([entity.id]))
  return { state, imports, computed: evaluateComputed(panel, state, imports) }
}

/** The session-scoped values: what the viewer sent where it is declared, else the initial value. */
export function sessionOf(panel: Panel, sent: JsonObject | undefined): JsonObject {
  const session: Record<string, Json> = {}
  for (const { name, scope, secret, initial } of panel.states) {
    if (scope !== "session" || secret) continue
    const value = sent && Object.hasOwn(sent, name) ? sent[name] : undefined
    session[name] = value === undefined ? initial : value
  }
  return session
}

/**
 * What another panel may see of this one, by name: shared states and computed values. Secrets and session states are not
 * there to be exported, and a computed value that is made of them is worked out without them.
 */
export function exportedBy(
  graph: Graph,
  sources: PanelSources,
  entity: PanelEntity,
  panel: Panel,
): Record<string, Json> {
  const { state } = entity.properties
  const imports = importsOf(graph, sources, panel, new Set([entity.id]))
  const exported: Record<string, Json> = { ...evaluateComputed(panel, state, imports) }
  for (const { name, scope, secret, initial } of panel.states)
    if (scope === "document" && !secret) exported[name] = Object.hasOwn(state, name) ? (state[name] ?? null) : initial
  return exported
}

/** Shared state and computed values only: another panel's secrets and session state are not there to be imported. */
function importsOf(
  graph: Graph,
  sources: PanelSources,
  panel: Panel,
  above: ReadonlySet<string>,
): Record<string, Json> {
  const imports: Record<string, Json> = {}
  for (const { panel: reference, name, as } of panel.imports) {
    const other = resolvePanel(graph, reference)
    const declared = other && sources.of(other)
    imports[as] = null
    if (!other || !declared || above.has(other.id)) continue
    const state = other.properties.state
    if (Object.hasOwn(state, name)) imports[as] = state[name] ?? null
    else if (declared.computed.some((computed) => computed.name === name)) {
      const theirs = importsOf(graph, sources, declared, new Set([...above, other.id]))
      imports[as] = evaluateComputed(declared, state, theirs)[name] ?? null
    }
  }
  return imports
}
