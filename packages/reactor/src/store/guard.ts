import {
  apply,
  equalJson,
  type Failure,
  type Graph,
  type Json,
  keyOf,
  type Operation,
  type OperationOf,
  readPath,
} from "@nexus/protocol"

/**
 * Who writes with a line to the kernel sees what others write, and the last one wins. Who writes without one sees an old
 * world: each write then carries what it believed to be there, so that it is refused, and can be decided about, where
 * somebody wrote another thing meanwhile. (Where a panel stands carries none: the last to move it wins.)
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
    default:
      return operation
  }
}

/** Two lists in a row as one: writes to one place become the last of them, expecting what the first expected. */
export function joinOperations(first: readonly Operation[], then: readonly Operation[]): readonly Operation[] {
  const joined = [...first]
  for (const operation of then) {
    const last = joined.at(-1)
    if (last?.kind === "state_set" && operation.kind === "state_set" && samePlace(last, operation)) {
      joined[joined.length - 1] = { ...last, value: operation.value }
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
    case "entity_set": {
      const { expect: _expect, ...rest } = operation
      return rest
    }
    case "state_splice": {
      const list = readPath(graph.panel(operation.panel)?.properties.state ?? {}, operation.path)
      if (!Array.isArray(list)) return operation
      const isThere = (match: (typeof operation.remove)[number]) =>
        list.some((item) => ("key" in match ? keyOf(item) === match.key : equalJson(item, match.value)))
      const remove = operation.remove.filter(isThere)
      return remove.length === 0 && operation.insert.length === 0 ? undefined : { ...operation, remove }
    }
    case "entity_add":
      return graph.entity(operation.entity.id) ? undefined : operation
    case "entity_remove":
      return graph.entity(operation.id) ? operation : undefined
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
