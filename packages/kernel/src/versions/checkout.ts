import {
  apply,
  type Entity,
  equalJson,
  type Graph,
  type Json,
  type JsonObject,
  NexusError,
  type Operation,
} from "@nexus/protocol"
import type { Workspace } from "../workspace/workspace.ts"
import { placesAbove } from "./merge-tree.ts"
import {
  BRANCH_PROPERTY,
  type CommittedPanel,
  type CommittedWorkspace,
  isWritten,
  notOwned,
} from "./workspace-files.ts"

/**
 * The operations that lead from a workspace as it is to one read from a commit. A checkout is a change like any
 * other: it is undone, broadcast and travelled through like any other. Panels come first and are prepared, so that what
 * their sources declare exists when relationships are laid to it. Grants stay as they are for panels that stay; a panel
 * that comes back has none, because a right is given by a person and not by a file.
 */
export function checkoutOperations(workspace: Workspace, committed: CommittedWorkspace): readonly Operation[] {
  const prepared = workspace.prepare(panelOperations(workspace, committed))
  if (!prepared.ok) throw new NexusError(prepared.failure)
  const plan = new Plan(prepared.graph)
  planRoot(plan, workspace.id, committed)
  planEntities(plan, workspace, committed)
  planRelationships(plan, committed)
  return [...prepared.operations, ...plan.operations]
}

/** Operations with the graph they lead to: each is applied as it is planned, so the next one sees it. */
class Plan {
  readonly graph: Graph
  readonly operations: Operation[] = []

  constructor(graph: Graph) {
    this.graph = graph
  }

  add(operation: Operation): void {
    const applied = apply(this.graph, [operation])
    if (!applied.ok) throw new NexusError(applied.failure)
    this.operations.push(operation)
  }
}

function panelOperations({ graph, id: workspace }: Workspace, committed: CommittedWorkspace): Operation[] {
  const operations: Operation[] = []
  for (const { id } of graph.panels()) if (!committed.panels.has(id)) operations.push({ kind: "entity_remove", id })
  for (const [id, panel] of committed.panels) {
    const now = graph.panel(id)
    if (now) {
      operations.push(...editOperations(id, { ...now.properties, properties: notOwned(now.properties) }, panel))
      continue
    }
    const taken = graph.entity(id)
    if (taken) throw new NexusError({ code: "conflict", detail: `The id ${id} belongs to a ${taken.kind} now.` })
    const { title, source, frame, state } = panel
    const properties = { ...panel.properties, title, source, frame, state, grants: [] }
    operations.push({ kind: "entity_add", entity: { id, kind: "panel", name: title, scope: workspace, properties } })
  }
  return operations
}

function editOperations(panel: string, now: CommittedPanel, then: CommittedPanel): Operation[] {
  const operations: Operation[] = []
  const { source, title, frame, state } = then
  if (now.source !== source || now.title !== title) operations.push({ kind: "panel_source", panel, source, title })
  if (!equalJson(now.frame, frame)) operations.push({ kind: "panel_frame", panel, frame })
  for (const [name, value] of Object.entries(state)) {
    if (!equalJson(now.state[name], value)) operations.push({ kind: "state_set", panel, path: [name], value })
  }
  for (const name of Object.keys(now.state)) {
    if (!Object.hasOwn(state, name)) operations.push({ kind: "state_unset", panel, path: [name] })
  }
  if (!equalJson(now.properties, then.properties)) {
    operations.push({ kind: "entity_set", id: panel, ...difference(now.properties, then.properties) })
  }
  return operations
}

function planRoot(plan: Plan, id: string, { name, properties }: CommittedWorkspace): void {
  const root = plan.graph.entity(id)
  if (!root) return
  // On which branch it is, a commit does not say.
  const branch = root.properties[BRANCH_PROPERTY]
  const wanted = branch === undefined ? properties : { ...properties, [BRANCH_PROPERTY]: branch }
  if (root.name === name && equalJson(root.properties, wanted)) return
  plan.add({ kind: "entity_set", id, name, ...difference(root.properties, wanted) })
}

/** What people say now stays as it is: an old version is looked at and talked about. A panel that comes back brings its own. */
function planEntities(plan: Plan, { id: workspace, graph: before }: Workspace, committed: CommittedWorkspace): void {
  const { graph } = plan
  const isNew = before.size <= 1
  const settled = ({ kind, scope }: Entity) => kind === "comment" && !isNew && before.entity(scope) !== undefined
  for (const entity of [...graph.entities()]) {
    if (!isWritten(entity, workspace) || !graph.entity(entity.id) || settled(entity)) continue
    const wanted = committed.entities.get(entity.id)
    if (wanted?.kind === entity.kind && wanted.scope === entity.scope) continue
    plan.add({ kind: "entity_remove", id: entity.id })
  }
  for (const wanted of parentsFirst(committed.entities)) {
    const { id, name, properties } = wanted
    const now = graph.entity(id)
    if (settled(wanted)) continue
    if (!now && wanted.kind === "comment" && !graph.entity(wanted.scope)) continue
    if (!now && !graph.entity(wanted.scope) && isDerivedFrom(graph, wanted.scope)) continue
    if (!now) plan.add({ kind: "entity_add", entity: wanted })
    else if (now.name !== name || !equalJson(now.properties, properties)) {
      plan.add({ kind: "entity_set", id, name, ...difference(now.properties, properties) })
    }
  }
}

function planRelationships(plan: Plan, committed: CommittedWorkspace): void {
  const { graph } = plan
  const wanted = new Map(committed.relationships.map((edge) => [`${edge.from} ${edge.kind} ${edge.to}`, edge]))
  for (const { from, kind, to, properties } of [...graph.relationships()]) {
    if (properties.derived === true) continue
    const same = wanted.get(`${from} ${kind} ${to}`)
    if (!same || !equalJson(same.properties, properties))
      plan.add({ kind: "relationship_remove", from, relationship: kind, to })
  }
  for (const relationship of wanted.values()) {
    const { from, kind, to } = relationship
    // An edge to a handler goes with the handler, whose panel may have got another source by a merge.
    if ([from, to].some((id) => !graph.entity(id) && isDerivedFrom(graph, id))) continue
    if (!graph.relationship(from, kind, to)) plan.add({ kind: "relationship_add", relationship })
  }
}

function isDerivedFrom(graph: Graph, id: string): boolean {
  return [...placesAbove(id)].some((place) => graph.panel(place) !== undefined)
}

/** An entity's scope stands before it, whatever the order of ids. */
function* parentsFirst(entities: ReadonlyMap<string, Entity>): Generator<Entity> {
  const done = new Set<string>()
  function* visit(entity: Entity): Generator<Entity> {
    if (done.has(entity.id)) return
    done.add(entity.id)
    const parent = entities.get(entity.scope)
    if (parent) yield* visit(parent)
    yield entity
  }
  for (const entity of entities.values()) yield* visit(entity)
}

function difference(now: JsonObject, then: JsonObject): { set: JsonObject; unset: string[] } {
  const changed = Object.entries(then).filter(([name, value]) => !equalJson(now[name], value))
  const set: Record<string, Json> = Object.fromEntries(changed)
  return { set, unset: Object.keys(now).filter((name) => !Object.hasOwn(then, name)) }
}
