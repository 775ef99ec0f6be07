import { type Graph, isPanel, type Operation } from "@nexus/protocol"

/** The panel that an entity is, or lives in however deep; `undefined` for what hangs on no panel, and what is not there. */
export function panelOf(graph: Graph, id: string): string | undefined {
  for (let entity = graph.entity(id); entity; entity = graph.entity(entity.scope)) if (isPanel(entity)) return entity.id
  return undefined
}

/** The ids an operation is about: what it changes, and what it only points at. */
export function idsOf(operation: Operation): {
  readonly changed: readonly string[]
  readonly pointed: readonly string[]
} {
  switch (operation.kind) {
    case "entity_add":
      return { changed: [operation.entity.id, operation.entity.scope], pointed: [] }
    case "entity_set":
    case "entity_remove":
      return { changed: [operation.id], pointed: [] }
    case "relationship_add":
      return { changed: [operation.relationship.from], pointed: [operation.relationship.to] }
    case "relationship_remove":
      return { changed: [operation.from], pointed: [operation.to] }
    default:
      return { changed: [operation.panel], pointed: [] }
  }
}
