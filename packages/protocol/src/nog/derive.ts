import { equalJson, isArray, isJsonObject, type Json, type JsonObject } from "../json.ts"
import type { Panel, Reference, State, ViewNode } from "../nxml/panel.ts"
import { formatCapability, parseCapability } from "../run/capability-text.ts"
import type { Entity, EntityKind, PanelEntity } from "./entity.ts"
import type { Graph } from "./graph.ts"
import type { Operation } from "./operation.ts"
import { isReservedName } from "./package-components.ts"
import type { Relationship, RelationshipKind } from "./relationship.ts"

/**
 * What NXML declares, as entities and relationships: pure, and a difference to what is there, so deriving twice gives
 * nothing the second time. The kernel commits these operations in the same change as the source they follow from.
 *
 * Derived entities have one of five kinds and live in their panel; derived relationships carry `derived: true`, so that
 * an edge a person drew between the same two things stays theirs. Keeping the derived part out of the graph and
 * computing it in every reader was refused: queries, Git and the AI would each need a parser.
 */
const DERIVED_KINDS: ReadonlySet<EntityKind> = new Set(["state", "computed", "handler", "tool", "capability"])

/** Is this entity computed from a panel's source, and so not to be written by hand? */
export function isDerivedKind(kind: EntityKind): boolean {
  return DERIVED_KINDS.has(kind)
}

/**
 * Does this operation write what follows from a panel's source? `graph` is the world it would be applied to. An inverse
 * that is sent to the kernel leaves such operations out: they are derived again.
 */
export function isDerivedOperation(graph: Graph, operation: Operation): boolean {
  switch (operation.kind) {
    case "entity_add":
      return isDerivedKind(operation.entity.kind)
    case "entity_set":
    case "entity_remove": {
      const entity = graph.entity(operation.id)
      return entity !== undefined && isDerivedKind(entity.kind)
    }
    case "relationship_add":
      return operation.relationship.properties.derived === true
    case "relationship_remove": {
      const { from, relationship, to } = operation
      return graph.relationship(from, relationship, to)?.properties.derived === true
    }
    default:
      return false
  }
}

/** The panel that `reference` means: an id, else a title (the first by id, when several have it). */
export function resolvePanel(graph: Graph, reference: string): PanelEntity | undefined {
  const byId = graph.panel(reference)
  if (byId) return byId
  let found: PanelEntity | undefined
  for (const panel of graph.panels()) {
    if (panel.properties.title === reference && (!found || panel.id < found.id)) found = panel
  }
  return found
}

/** The operations that make `graph` say about `panelId` what its source declares. Empty when it does already. */
export function deriveOperations(graph: Graph, panelId: string, panel: Panel): Operation[] {
  const entity = graph.panel(panelId)
  if (!entity) return []
  const entities = new Map(declaredEntities(panelId, panel).map((declared) => [declared.id, declared]))
  const edges = declaredEdges(graph, panelId, panel, entities)
  return [
    ...titleOperations(entity, panel),
    ...staleOperations(graph, panelId, entities, edges),
    ...entityOperations(graph, entities),
    ...edgeOperations(graph, edges),
    ...stateOperations(entity, panel.states),
  ]
}

function titleOperations(entity: PanelEntity, panel: Panel): Operation[] {
  const { source, title } = entity.properties
  return title === panel.title ? [] : [{ kind: "panel_source", panel: entity.id, source, title: panel.title }]
}

// What the source declares

function declaredEntities(panelId: string, panel: Panel): Entity[] {
  const derived = (kind: EntityKind, key: string | number, name: string, properties: JsonObject): Entity => ({
    id: `${panelId}.${kind}.${key}`,
    kind,
    name,
    properties,
    scope: panelId,
  })
  return [
    ...panel.states.map(({ name, type, scope, secret, description }) =>
      derived("state", name, name, { type, scope, description, ...(secret ? { secret } : {}) }),
    ),
    ...panel.computed.map(({ name, value }) => derived("computed", name, name, { value: value.text })),
    ...panel.handlers.map(({ name }) => derived("handler", name, name, {})),
    ...panel.tools.map((tool) => {
      const args = tool.args.map(({ name, type, required, description }) => ({ name, type, required, description }))
      return derived("tool", tool.name, tool.name, { description: tool.description, handler: tool.handler, args })
    }),
    ...panel.capabilities.map(({ type, scope, reason }, index) =>
      derived("capability", index, scope ? `${type}:${scope}` : type, { type, scope, reason }),
    ),
  ]
}

/** Edges by key; the same edge declared twice merges its properties' lists. */
class Edges extends Map<string, Relationship> {
  link(from: string, kind: RelationshipKind, to: string, properties: JsonObject = {}): void {
    const key = `${from} ${kind} ${to}`
    const before = this.get(key)?.properties ?? {}
    const merged: Record<string, Json> = { ...before, ...properties, derived: true }
    for (const [name, value] of Object.entries(properties)) {
      const earlier = before[name]
      if (isArray(earlier) && isArray(value)) merged[name] = [...new Set([...earlier, ...value])].sort()
    }
    this.set(key, { from, kind, to, properties: merged })
  }
}

function declaredEdges(graph: Graph, panelId: string, panel: Panel, entities: ReadonlyMap<string, Entity>): Edges {
  const edges = new Edges()
  const imports = importTargets(graph, panelId, panel)
  const target = ({ root, name }: Reference): string | undefined => {
    if (root === "$imports") return imports.get(name)
    const id = `${panelId}.${root === "$state" ? "state" : "computed"}.${name}`
    return entities.has(id) ? id : undefined
  }
  const references = (from: string, list: readonly Reference[]): void => {
    for (const reference of list) {
      const to = target(reference)
      if (to) edges.link(from, reference.write ? "writes" : "reads", to)
    }
  }
  const triggers = (from: string, handler: string, on: string): void => {
    const to = `${panelId}.handler.${handler}`
    if (entities.has(to)) edges.link(from, "triggers", to, { on: [on] })
  }

  for (const id of entities.keys()) edges.link(panelId, "contains", id)
  for (const { as } of panel.imports) {
    const to = imports.get(as)
    if (to) edges.link(panelId, "imports", to, { as: [as] })
  }
  for (const { name, value } of panel.computed) references(`${panelId}.computed.${name}`, value.references)
  for (const handler of panel.handlers) {
    const from = `${panelId}.handler.${handler.name}`
    references(from, handler.references)
    for (const [index, { type }] of panel.capabilities.entries()) {
      const used = new RegExp(`\\bnexus\\s*\\.\\s*${type.split(":")[0]}\\b`).test(handler.source)
      if (used) edges.link(from, "requires", `${panelId}.capability.${index}`)
    }
  }
  for (const index of panel.capabilities.keys()) edges.link(panelId, "requires", `${panelId}.capability.${index}`)
  for (const tool of panel.tools) triggers(`${panelId}.tool.${tool.name}`, tool.handler, "tool")
  for (const lifecycle of panel.lifecycles) triggers(panelId, lifecycle.run, lifecycle.on)
  const used = usedBy(panel)
  for (const reference of used.panels) {
    const shown = resolvePanel(graph, reference)
    if (shown && shown.id !== panelId) edges.link(panelId, "uses", shown.id, { in: ["Embed"] })
  }
  if (used.components.length > 0) {
    const byName = new Map([...graph.ofKind("component")].map((component) => [component.name, component.id]))
    for (const name of used.components) {
      const component = byName.get(name)
      if (component !== undefined) edges.link(panelId, "uses", component)
    }
  }
  for (const node of everyNode(panel.view)) {
    for (const [name, binding] of Object.entries(node.attributes)) {
      references(panelId, binding.references)
      if (!/^on[A-Z]/.test(name)) continue
      for (const [, called] of binding.text.matchAll(/([A-Za-z_]\w*)\s*\(/g))
        if (called) triggers(panelId, called, name)
    }
  }
  return edges
}

/** Where each import leads, by its local name; missing when there is no such panel or name. */
function importTargets(graph: Graph, panelId: string, panel: Panel): Map<string, string> {
  const targets = new Map<string, string>()
  for (const { panel: reference, name, as } of panel.imports) {
    const other = resolvePanel(graph, reference)
    if (!other || other.id === panelId) continue
    const id = [`${other.id}.state.${name}`, `${other.id}.computed.${name}`].find((id) => graph.entity(id))
    if (id) targets.set(as, id)
  }
  return targets
}

/** What a panel's View names beside its own: panels that Embed shows by a plain name, and components that are not standard. */
export function usedBy(panel: Panel): { readonly panels: readonly string[]; readonly components: readonly string[] } {
  const panels = new Set<string>()
  const names = new Set<string>()
  for (const { element, attributes } of everyNode(panel.view)) {
    const shown = element === "Embed" ? attributes.panel?.text : undefined
    if (shown !== undefined && !shown.includes("{")) panels.add(shown)
    if (!isReservedName(element)) names.add(element)
  }
  return { panels: [...panels], components: [...names] }
}

function* everyNode(nodes: readonly ViewNode[]): IterableIterator<ViewNode> {
  const open = [...nodes]
  for (let node = open.pop(); node; node = open.pop()) {
    yield node
    open.push(...node.children)
  }
}

// The difference to what is there

function staleOperations(graph: Graph, panelId: string, entities: ReadonlyMap<string, Entity>, edges: Edges) {
  const operations: Operation[] = []
  const here = [...graph.within(panelId)].filter(({ kind }) => isDerivedKind(kind))
  const stays = (id: string) => id === panelId || entities.has(id)
  for (const from of [panelId, ...here.map(({ id }) => id)]) {
    if (!stays(from)) continue
    for (const edge of graph.outgoing(from)) {
      const wanted = edges.get(`${edge.from} ${edge.kind} ${edge.to}`)
      const goesWithItsEnd = here.some(({ id }) => id === edge.to) && !stays(edge.to)
      if (edge.properties.derived !== true || goesWithItsEnd) continue
      if (wanted && equalJson(wanted.properties, edge.properties)) continue
      operations.push({ kind: "relationship_remove", from: edge.from, relationship: edge.kind, to: edge.to })
    }
  }
  for (const { id } of here) if (!entities.has(id)) operations.push({ kind: "entity_remove", id })
  return operations
}

function entityOperations(graph: Graph, entities: ReadonlyMap<string, Entity>): Operation[] {
  const operations: Operation[] = []
  for (const entity of entities.values()) {
    const before = graph.entity(entity.id)
    if (!before) operations.push({ kind: "entity_add", entity })
    else if (before.name !== entity.name || !equalJson(before.properties, entity.properties)) {
      const unset = Object.keys(before.properties).filter((name) => !Object.hasOwn(entity.properties, name))
      operations.push({ kind: "entity_set", id: entity.id, name: entity.name, set: entity.properties, unset })
    }
  }
  return operations
}

function edgeOperations(graph: Graph, edges: Edges): Operation[] {
  const operations: Operation[] = []
  for (const relationship of edges.values()) {
    const before = graph.relationship(relationship.from, relationship.kind, relationship.to)
    const drawnByHand = before && before.properties.derived !== true
    if (drawnByHand || (before && equalJson(before.properties, relationship.properties))) continue
    operations.push({ kind: "relationship_add", relationship })
  }
  return operations
}

/** Declared states get a value of their type, everything else leaves: what is session-scoped or secret is not kept here. */
function stateOperations(entity: PanelEntity, states: readonly State[]): Operation[] {
  const panel = entity.id
  const kept = new Map(states.filter(({ scope, secret }) => scope === "document" && !secret).map((s) => [s.name, s]))
  const operations: Operation[] = []
  for (const name of Object.keys(entity.properties.state)) {
    if (!kept.has(name)) operations.push({ kind: "state_unset", panel, path: [name] })
  }
  for (const { name, type, initial } of kept.values()) {
    const value = Object.hasOwn(entity.properties.state, name) ? entity.properties.state[name] : undefined
    if (!fits(value, type)) operations.push({ kind: "state_set", panel, path: [name], value: initial })
  }
  return operations
}

/** `null` fits every type: a handler may say that there is no value. */
function fits(value: Json | undefined, type: State["type"]): boolean {
  if (value === undefined) return false
  if (value === null) return true
  if (type === "list") return isArray(value)
  if (type === "object") return isJsonObject(value)
  return typeof value === type
}

/** The capabilities a panel declares, in the `type:scope` form of a grant. */
export function declaredCapabilities(panel: Panel): string[] {
  return panel.capabilities.flatMap(({ type, scope }) => {
    const capability = parseCapability(scope ? `${type}:${scope}` : type)
    return capability ? [formatCapability(capability)] : []
  })
}
