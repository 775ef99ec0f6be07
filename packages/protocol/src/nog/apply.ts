import type { Failure } from "../failure.ts"
import { equalJson, isArray, isJson, type Json, type JsonObject, MAX_JSON_DEPTH } from "../json.ts"
import { type Rejection, reject } from "../nexus-error.ts"
import type { Entity, PanelEntity, PanelProperties } from "./entity.ts"
import type { Graph } from "./graph.ts"
import type { Operation, OperationOf, StatePath, Step } from "./operation.ts"
import { isPanelOwned, panelFault } from "./panel-shape.ts"
import type { Relationship } from "./relationship.ts"
import { indexOfKey, keyOf, matchOf, placeOf, stepOf, withPlace } from "./state-path.ts"

/**
 * The one reducer. `apply(graph, operations)` advances the graph by all operations or by none, and answers with the
 * operations that take it back. It has no clock, no random, no input or output: the kernel, every browser, recovery,
 * time travel and previews run this same function and so agree.
 *
 * The inverse names list items by key where they have one, so that an undo made later still finds what it means.
 */

/** What an applied list changed: an entity, or a place inside a panel's state. */
export interface Touch {
  readonly id: string
  readonly path?: StatePath
}

/** What an accepted list of operations did to the graph. */
export interface Applied {
  readonly ok: true
  /** Applied in order, takes the graph back. */
  readonly inverse: readonly Operation[]
  readonly touched: readonly Touch[]
}

interface Advance {
  readonly inverse: readonly Operation[]
  readonly touched: readonly Touch[]
}

/** Advances `graph` by `operations`, all or nothing. */
export function apply(graph: Graph, operations: readonly Operation[]): Applied | Rejection {
  const inverses: (readonly Operation[])[] = []
  const touched: Touch[] = []
  for (const operation of operations) {
    const result = applyOne(graph, operation)
    if ("code" in result) {
      for (const undo of inverses.reverse()) for (const step of undo) mustApply(graph, step)
      return reject(result)
    }
    inverses.push(result.inverse)
    touched.push(...result.touched)
  }
  return { ok: true, inverse: inverses.reverse().flat(), touched }
}

function mustApply(graph: Graph, operation: Operation): void {
  const result = applyOne(graph, operation)
  if ("code" in result) throw new Error(`the inverse ${operation.kind} did not apply: ${JSON.stringify(result)}`)
}

function applyOne(graph: Graph, operation: Operation): Advance | Failure {
  switch (operation.kind) {
    case "entity_add":
      return addEntity(graph, operation)
    case "entity_set":
      return setEntity(graph, operation)
    case "entity_remove":
      return removeEntity(graph, operation)
    case "relationship_add":
      return addRelationship(graph, operation)
    case "relationship_remove":
      return removeRelationship(graph, operation)
    case "panel_source":
      return setSource(graph, operation)
    case "panel_frame":
      return setFrame(graph, operation)
    case "panel_grant":
      return setGrant(graph, operation)
    case "state_set":
      return setState(graph, operation)
    case "state_unset":
      return unsetState(graph, operation)
    case "state_splice":
      return spliceState(graph, operation)
    default: {
      const never: never = operation
      throw new Error(`unknown operation ${JSON.stringify(never)}`)
    }
  }
}

// Entities and relationships

function addEntity(graph: Graph, operation: OperationOf<"entity_add">): Advance | Failure {
  const { entity } = operation
  if (graph.entity(entity.id)) return conflict(operation, entity.id, "it exists already")
  if (entity.scope !== "" && !graph.entity(entity.scope)) {
    return { code: "not-found", what: "entity", id: entity.scope }
  }
  if (entity.kind === "panel") {
    const fault = panelFault(entity.properties)
    if (fault) return invalid(`a panel has ${fault.wanted} here`, `entity.properties.${fault.at}`)
    graph.putEntity({ ...entity, name: nameOfPanel(String(entity.properties.title)) })
  } else graph.putEntity(entity)
  return { inverse: [{ kind: "entity_remove", id: entity.id }], touched: [{ id: entity.id }] }
}

/** A panel is called by its title, cut to what a name may hold. */
function nameOfPanel(title: string): string {
  return title.slice(0, 400)
}

function setEntity(graph: Graph, operation: OperationOf<"entity_set">): Advance | Failure {
  const entity = graph.entity(operation.id)
  if (!entity) return { code: "not-found", what: "entity", id: operation.id }
  const set = operation.set ?? {}
  const unset = operation.unset ?? []
  const names = [...Object.keys(set), ...unset]
  const owned = names.find((name) => name === "__proto__" || (entity.kind === "panel" && isPanelOwned(name)))
  const renamed = operation.name !== undefined && operation.name !== entity.name
  if (entity.kind === "panel" && renamed) return invalid("a panel is named by its title", "name")
  if (owned) return invalid(`"${owned}" has an operation of its own`, "set")
  const changed = unexpected(entity, operation.expect)
  if (changed !== undefined) return conflict(operation, operation.id, `${changed} has changed`)
  const properties: Record<string, Json> = { ...entity.properties, ...set }
  for (const name of unset) delete properties[name]
  const back: Record<string, Json> = {}
  const gone: string[] = []
  for (const name of names) {
    const before = entity.properties[name]
    if (before === undefined) gone.push(name)
    else back[name] = before
  }
  graph.putEntity({ ...entity, name: operation.name ?? entity.name, properties })
  const name = renamed ? { name: entity.name } : {}
  const inverse: Operation = { kind: "entity_set", id: entity.id, ...name, set: back, unset: gone }
  return { inverse: [inverse], touched: [{ id: entity.id }] }
}

/** The first property that is not what it is expected to be. */
function unexpected({ properties }: Entity, expect: JsonObject = {}): string | undefined {
  const changed = Object.entries(expect).find(([name, expected]) => !equalJson(properties[name], expected))
  return changed?.[0]
}

function removeEntity(graph: Graph, operation: OperationOf<"entity_remove">): Advance | Failure {
  const root = graph.entity(operation.id)
  if (!root) return { code: "not-found", what: "entity", id: operation.id }
  const changed = unexpected(root, operation.expect)
  if (changed !== undefined) return conflict(operation, operation.id, `${changed} has changed`)
  const doomed: Entity[] = [root]
  for (let index = 0; index < doomed.length; index += 1) {
    const entity = doomed[index]
    if (entity) doomed.push(...graph.within(entity.id))
  }
  const edges = new Set<Relationship>()
  for (const entity of doomed) {
    for (const edge of graph.outgoing(entity.id)) edges.add(edge)
    for (const edge of graph.incoming(entity.id)) edges.add(edge)
  }
  for (const edge of edges) graph.dropRelationship(edge.from, edge.kind, edge.to)
  for (const entity of doomed) graph.dropEntity(entity.id)
  const inverse: Operation[] = [
    ...doomed.map((entity): Operation => ({ kind: "entity_add", entity })),
    ...[...edges].map((relationship): Operation => ({ kind: "relationship_add", relationship })),
  ]
  return { inverse, touched: doomed.map(({ id }) => ({ id })) }
}

function addRelationship(graph: Graph, operation: OperationOf<"relationship_add">): Advance | Failure {
  const { from, kind, to } = operation.relationship
  for (const id of [from, to]) if (!graph.entity(id)) return { code: "not-found", what: "entity", id }
  if (graph.relationship(from, kind, to)) return conflict(operation, `${from} ${kind} ${to}`, "it exists already")
  graph.putRelationship(operation.relationship)
  return {
    inverse: [{ kind: "relationship_remove", from, relationship: kind, to }],
    touched: [{ id: from }, { id: to }],
  }
}

function removeRelationship(graph: Graph, operation: OperationOf<"relationship_remove">): Advance | Failure {
  const { from, relationship: kind, to } = operation
  const relationship = graph.relationship(from, kind, to)
  if (!relationship) return { code: "not-found", what: "relationship", id: `${from} ${kind} ${to}` }
  graph.dropRelationship(from, kind, to)
  return { inverse: [{ kind: "relationship_add", relationship }], touched: [{ id: from }, { id: to }] }
}

// Panels

interface PanelEdit {
  readonly properties: Partial<PanelProperties>
  readonly name?: string
  readonly inverse: readonly Operation[]
}

function withPanel(
  graph: Graph,
  operation: { readonly panel: string },
  edit: (panel: PanelEntity) => PanelEdit | Failure,
  path?: StatePath,
): Advance | Failure {
  const panel = graph.panel(operation.panel)
  if (!panel) return { code: "not-found", what: "panel", id: operation.panel }
  const result = edit(panel)
  if ("code" in result) return result
  const properties = { ...panel.properties, ...result.properties }
  graph.putEntity({ ...panel, name: result.name ?? panel.name, properties })
  return { inverse: result.inverse, touched: [path ? { id: panel.id, path } : { id: panel.id }] }
}

function setSource(graph: Graph, operation: OperationOf<"panel_source">): Advance | Failure {
  return withPanel(graph, operation, ({ properties: { source, title } }) => {
    if (operation.expect !== undefined && operation.expect !== source) {
      return conflict(operation, operation.panel, "somebody saved another source meanwhile")
    }
    return {
      properties: { source: operation.source, title: operation.title },
      name: nameOfPanel(operation.title),
      inverse: [{ kind: "panel_source", panel: operation.panel, source, title }],
    }
  })
}

function setFrame(graph: Graph, operation: OperationOf<"panel_frame">): Advance | Failure {
  const { panel, frame, expect } = operation
  return withPanel(graph, operation, ({ properties: { frame: before } }) => {
    if (expect !== undefined && !equalJson({ ...before }, { ...expect })) {
      return conflict(operation, panel, "somebody moved it meanwhile")
    }
    return { properties: { frame }, inverse: [{ kind: "panel_frame", panel, frame: before }] }
  })
}

function setGrant(graph: Graph, operation: OperationOf<"panel_grant">): Advance | Failure {
  return withPanel(graph, operation, ({ properties: { grants } }) => {
    const had = grants.includes(operation.grant)
    if (had === operation.granted) return { properties: {}, inverse: [] }
    const without = grants.filter((grant) => grant !== operation.grant)
    return {
      properties: { grants: operation.granted ? [...without, operation.grant].sort() : without },
      inverse: [{ ...operation, granted: had }],
    }
  })
}

// State

type StateOperation = OperationOf<"state_set" | "state_unset" | "state_splice">

/** Walks to `path`, lets `edit` make the new value there, rebuilds the spine. `places` is the path as it resolved. */
function withState(
  graph: Graph,
  operation: StateOperation,
  edit: (before: Json | undefined, container: Json) => { after: Json | undefined; inverse: InverseAt } | Failure,
): Advance | Failure {
  return withPanel(
    graph,
    operation,
    (panel) => {
      const spine: { container: Json; place: string | number; step: Step }[] = []
      let container: Json | undefined = panel.properties.state
      for (const [depth, step] of operation.path.entries()) {
        const place = placeOf(container, step)
        if (container === undefined || place === undefined) {
          return conflict(operation, pathText(operation), `step ${depth + 1} finds nothing there`)
        }
        spine.push({ container, place, step })
        container = valueAt(container, place)
      }
      const last = spine[spine.length - 1]
      if (!last) return invalid("a path has at least one step", "path")
      const result = edit(container, last.container)
      if ("code" in result) return result
      let value: Json | undefined = result.after
      const path: Step[] = []
      for (const { container: holder, place, step } of spine.toReversed()) {
        const rebuilt: Json = withPlace(holder, place, value)
        path.unshift(typeof place === "string" || !isArray(rebuilt) ? String(place) : stepAfter(rebuilt, place, step))
        value = rebuilt
      }
      return { properties: { state: value as JsonObject }, inverse: result.inverse(path) }
    },
    operation.path,
  )
}

/** The step that finds `list[index]` again: the one it was found by, while its key is the same and so still unique. */
function stepAfter(list: readonly Json[], index: number, found: Step): Step {
  const same = typeof found === "object" && "key" in found && keyOf(list[index]) === found.key
  return same ? found : stepOf(list, index)
}

type InverseAt = (path: StatePath) => Operation[]

function setState(graph: Graph, operation: OperationOf<"state_set">): Advance | Failure {
  const { panel, value, expect } = operation
  return withState(graph, operation, (before) => {
    if (expect !== undefined && !equalJson(before, expect)) {
      return conflict(operation, pathText(operation), "the value has changed meanwhile")
    }
    if (!isJson(value, MAX_JSON_DEPTH - operation.path.length)) return unreadable("value")
    return {
      after: value,
      inverse: (path) => [
        before === undefined
          ? { kind: "state_unset", panel, path: [...path] }
          : { kind: "state_set", panel, path: [...path], value: before },
      ],
    }
  })
}

function unsetState(graph: Graph, operation: OperationOf<"state_unset">): Advance | Failure {
  const { panel, expect } = operation
  return withState(graph, operation, (before, container) => {
    if (isArray(container)) return invalid("a list item is removed by state_splice", "path")
    if (before === undefined) return { after: undefined, inverse: () => [] }
    if (expect !== undefined && !equalJson(before, expect)) {
      return conflict(operation, pathText(operation), "the value has changed meanwhile")
    }
    return { after: undefined, inverse: (path) => [{ kind: "state_set", panel, path: [...path], value: before }] }
  })
}

function spliceState(graph: Graph, operation: OperationOf<"state_splice">): Advance | Failure {
  const { panel, remove, insert } = operation
  return withState(graph, operation, (list) => {
    if (!isArray(list)) return conflict(operation, pathText(operation), "there is no list there")
    if (!isJson(insert, MAX_JSON_DEPTH - operation.path.length)) return unreadable("insert")
    const start = spliceStart(list, operation)
    for (const [offset, match] of remove.entries()) {
      const item = list[start + offset]
      const same = item !== undefined && ("key" in match ? keyOf(item) === match.key : equalJson(item, match.value))
      if (start < 0 || !same) return conflict(operation, pathText(operation), "the items to remove are not there")
      if ("key" in match && match.expect !== undefined && !equalJson(item, match.expect)) {
        return conflict(operation, pathText(operation), "the items to remove have changed meanwhile")
      }
    }
    const removed = list.slice(start, start + remove.length)
    const after = list.toSpliced(start, remove.length, ...insert)
    const inverse: InverseAt = (path) => [
      {
        kind: "state_splice",
        panel,
        path: [...path],
        index: start,
        ...followed(after, start),
        remove: insert.map((item) => matchOf(after, item)),
        insert: removed,
      },
    ]
    return { after, inverse }
  })
}

/** Where a splice begins: at the first removed item's key, else behind `after`, else at `index` within the list. */
function spliceStart(list: readonly Json[], operation: OperationOf<"state_splice">): number {
  const first = operation.remove[0]
  if (first && "key" in first) return indexOfKey(list, first.key)
  if (!first && operation.after !== undefined) {
    const found = indexOfKey(list, operation.after)
    if (found >= 0) return found + 1
  }
  return Math.min(operation.index, list.length)
}

function followed(list: readonly Json[], start: number): { after?: string | number } {
  const step = start > 0 ? stepOf(list, start - 1) : undefined
  return step && typeof step === "object" && "key" in step ? { after: step.key } : {}
}

function valueAt(container: Json, place: string | number): Json | undefined {
  if (typeof place === "number") return (container as readonly Json[])[place]
  return Object.hasOwn(container as JsonObject, place) ? (container as JsonObject)[place] : undefined
}

function pathText(operation: StateOperation): string {
  const steps = operation.path.map((step) =>
    typeof step === "string" ? step : "key" in step ? `[id ${step.key}]` : `[${step.index}]`,
  )
  return `${operation.panel}: ${steps.join(".")}`
}

function conflict(operation: Operation, target: string, detail: string): Failure {
  return { code: "operation-conflict", operation: operation.kind, target, detail }
}

/** Each write may fit and all of them together make a state that the wire and the journal refuse to read. */
function unreadable(path: string): Failure {
  return invalid(`a state is JSON whose lists and objects stand at most ${MAX_JSON_DEPTH} deep in each other`, path)
}

function invalid(detail: string, path: string): Failure {
  return { code: "invalid-input", detail, path }
}
