import { apply, type Failure, type Graph, type Operation, type PanelEntity, type StatePath } from "@nexus/protocol"

/** A panel before and after the operations that are ticked. */
export interface PanelPair {
  readonly id: string
  readonly before: PanelEntity | undefined
  readonly after: PanelEntity | undefined
}

export interface Outlook {
  readonly pairs: readonly PanelPair[]
  /** Why the ticked operations do not work together. */
  readonly failure?: Failure
}

/** What the ticked operations would do to the panels, tried in a fork of the graph with the one `apply`. */
export function outlookOf(graph: Graph, operations: readonly Operation[]): Outlook {
  const fork = graph.fork()
  const applied = apply(fork, operations)
  if (!applied.ok) return { pairs: [], failure: applied.failure }
  const ids = new Set(applied.touched.map(({ id }) => id))
  const pairs = [...ids]
    .map((id) => ({ id, before: graph.panel(id), after: fork.panel(id) }))
    .filter(({ before, after }) => before !== after)
  return { pairs }
}

/** One operation in words. */
export function describeOperation(operation: Operation, graph: Graph): string {
  const nameOf = (id: string) => graph.entity(id)?.name ?? id
  switch (operation.kind) {
    case "entity_add":
      return `Add the ${operation.entity.kind} ${operation.entity.name}`
    case "entity_set":
      return `Change ${nameOf(operation.id)}`
    case "entity_remove":
      return `Remove ${nameOf(operation.id)}`
    case "relationship_add":
      return `Link ${nameOf(operation.relationship.from)} to ${nameOf(operation.relationship.to)}`
    case "relationship_remove":
      return `Unlink ${nameOf(operation.from)} from ${nameOf(operation.to)}`
    case "panel_source":
      return `Rewrite parts of ${nameOf(operation.panel)}`
    case "panel_frame":
      return `Move ${nameOf(operation.panel)}`
    case "panel_grant":
      return `${operation.granted ? "Grant" : "Take back"} ${operation.grant}`
    case "state_set":
      return `Set ${pathWords(operation.path)} of ${nameOf(operation.panel)}`
    case "state_unset":
      return `Clear ${pathWords(operation.path)} of ${nameOf(operation.panel)}`
    case "state_splice":
      return `Change the list ${pathWords(operation.path)} of ${nameOf(operation.panel)}`
  }
}

function pathWords(path: StatePath): string {
  return path
    .map((step) => (typeof step === "string" ? step : "key" in step ? String(step.key) : String(step.index)))
    .join(".")
}
