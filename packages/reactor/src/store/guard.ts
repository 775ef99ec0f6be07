import {
  apply,
  type Entity,
  equalJson,
  type Failure,
  type Graph,
  type ItemMatch,
  indexOfKey,
  isArray,
  type Json,
  type JsonObject,
  keyOf,
  type Operation,
  type OperationOf,
  readPath,
} from "@nexus/protocol"

/**
 * Who writes with a line to the kernel sees what others write, and the last one wins. Who writes without one sees an old
 * world: each write then carries what it believed to be there, so that it is refused, and can be decided about, where
 * somebody wrote another thing meanwhile. What takes something away expects it to be as it was seen: what somebody wrote
 * into it meanwhile would be gone with it.
 *
 * `graph` is the world before `operations`, and is not changed.
 */
export function guardOperations(operations: readonly Operation[], graph: Graph): readonly Operation[] {
  if (operations.length === 1) return operations.map((operation) => guarded(operation, graph))
  const fork = graph.fork()
  return operations.map((operation) => {
    const result = guarded(operation, fork)
    apply(fork, [operation])
    return result
  })
}

function guarded(operation: Operation, graph: Graph): Operation {
  switch (operation.kind) {
    case "state_set": {
      const now = readPath(graph.panel(operation.panel)?.properties.state ?? {}, operation.path)
      return operation.expect !== undefined || now === undefined ? operation : { ...operation, expect: now }
    }
    case "panel_source": {
      const now = graph.panel(operation.panel)?.properties.source
      return operation.expect !== undefined || now === undefined ? operation : { ...operation, expect: now }
    }
    case "entity_set": {
      const now = graph.entity(operation.id)?.properties ?? {}
      const names = [...Object.keys(operation.set ?? {}), ...(operation.unset ?? [])]
      const known = names.flatMap((name): [string, Json][] => {
        const value = Object.hasOwn(now, name) ? now[name] : undefined
        return value === undefined ? [] : [[name, value]]
      })
      if (known.length === 0) return operation
      return { ...operation, expect: { ...Object.fromEntries(known), ...operation.expect } }
    }
    case "state_unset": {
      const now = readPath(graph.panel(operation.panel)?.properties.state ?? {}, operation.path)
      return operation.expect !== undefined || now === undefined ? operation : { ...operation, expect: now }
    }
    case "state_splice": {
      const list = readPath(graph.panel(operation.panel)?.properties.state ?? {}, operation.path)
      return isArray(list) ? { ...operation, remove: operation.remove.map((match) => matched(match, list)) } : operation
    }
    case "panel_frame": {
      const now = graph.panel(operation.panel)?.properties.frame
      return operation.expect !== undefined || now === undefined ? operation : { ...operation, expect: now }
    }
    case "entity_remove": {
      const now = graph.entity(operation.id)
      return operation.expect !== undefined || !now ? operation : { ...operation, expect: seenOf(now) }
    }
    case "entity_add":
    case "relationship_add":
    case "relationship_remove":
    case "panel_grant":
      return operation
    default: {
      const never: never = operation
      throw new Error(`unknown operation ${JSON.stringify(never)}`)
    }
  }
}

function matched(match: ItemMatch, list: readonly Json[]): ItemMatch {
  if (!("key" in match) || match.expect !== undefined) return match
  const item = list[indexOfKey(list, match.key)]
  return item === undefined ? match : { ...match, expect: item }
}

/** More than this is not carried along to be compared. */
const MOST_EXPECTED = 100_000

/** What whoever removes an entity has seen of it: of a panel, what is written and what it holds, not where it stands. */
function seenOf(entity: Entity): JsonObject {
  const { frame: _frame, grants: _grants, ...seen } = entity.properties
  const { state, ...rest } = seen
  if (entity.kind !== "panel") return entity.properties
  return JSON.stringify(seen).length > MOST_EXPECTED ? rest : { ...rest, ...(state === undefined ? {} : { state }) }
}

/** Two lists in a row as one: writes to one place become the last of them, expecting what the first expected. */
export function joinOperations(first: readonly Operation[], then: readonly Operation[]): readonly Operation[] {
  const joined = [...first]
  for (const operation of then) {
    const last = joined.at(-1)
    if (last?.kind === "state_set" && operation.kind === "state_set" && samePlace(last, operation)) {
      joined[joined.length - 1] = { ...last, value: operation.value }
    } else if (last?.kind === "panel_frame" && operation.kind === "panel_frame" && last.panel === operation.panel) {
      joined[joined.length - 1] = { ...last, frame: operation.frame }
    } else joined.push(operation)
  }
  return joined
}

function samePlace(a: OperationOf<"state_set">, b: OperationOf<"state_set">): boolean {
  return a.panel === b.panel && JSON.stringify(a.path) === JSON.stringify(b.path)
}

/**
 * What `operations` still can do to the graph of now, without what they expected to find: for a person who has seen
 * what is there and puts theirs on top. What is done already (removed, added) is left out.
 */
export function onTop(operations: readonly Operation[], graph: Graph): readonly Operation[] | Failure {
  const fork = graph.fork()
  const result: Operation[] = []
  for (const operation of operations) {
    const wish = withoutExpectations(operation, fork)
    if (!wish) continue
    const applied = apply(fork, [wish])
    if (!applied.ok) return applied.failure
    result.push(wish)
  }
  return result
}

function withoutExpectations(operation: Operation, graph: Graph): Operation | undefined {
  switch (operation.kind) {
    case "state_set":
    case "panel_source":
    case "panel_frame":
    case "entity_set": {
      const { expect: _expect, ...rest } = operation
      return rest
    }
    case "state_unset": {
      const { expect: _expect, ...rest } = operation
      const state = graph.panel(operation.panel)?.properties.state
      return state && readPath(state, operation.path) === undefined ? undefined : rest
    }
    case "state_splice": {
      const list = readPath(graph.panel(operation.panel)?.properties.state ?? {}, operation.path)
      if (!Array.isArray(list)) return operation
      const isThere = (match: (typeof operation.remove)[number]) =>
        list.some((item) => ("key" in match ? keyOf(item) === match.key : equalJson(item, match.value)))
      const remove = operation.remove.filter(isThere).map((match) => ("key" in match ? { key: match.key } : match))
      return remove.length === 0 && operation.insert.length === 0 ? undefined : { ...operation, remove }
    }
    case "entity_add":
      return graph.entity(operation.entity.id) ? undefined : operation
    case "entity_remove":
      return graph.entity(operation.id) ? { kind: "entity_remove", id: operation.id } : undefined
    case "relationship_add": {
      const { from, kind, to } = operation.relationship
      return graph.relationship(from, kind, to) ? undefined : operation
    }
    case "relationship_remove":
      return graph.relationship(operation.from, operation.relationship, operation.to) ? operation : undefined
    default:
      return operation
  }
}
