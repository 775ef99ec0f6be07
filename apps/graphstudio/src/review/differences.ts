import { apply, type Failure, type Graph, type Operation, type PanelEntity, type StatePath } from "@nexus/protocol"
import { KINDS } from "../graph/kind-words.ts"
import { say } from "../words/say.ts"

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
      return say("Add the {kind} {name}", { kind: KINDS[operation.entity.kind].word, name: operation.entity.name })
    case "entity_set":
      return say("Change {name}", { name: nameOf(operation.id) })
    case "entity_remove":
      return say("Remove {name}", { name: nameOf(operation.id) })
    case "relationship_add":
      return say("Link {from} to {to}", {
        from: nameOf(operation.relationship.from),
        to: nameOf(operation.relationship.to),
      })
    case "relationship_remove":
      return say("Unlink {from} from {to}", { from: nameOf(operation.from), to: nameOf(operation.to) })
    case "panel_source":
      return say("Rewrite parts of {name}", { name: nameOf(operation.panel) })
    case "panel_frame":
      return say("Move {name}", { name: nameOf(operation.panel) })
    case "panel_grant":
      return operation.granted
        ? say("Grant {grant}", { grant: operation.grant })
        : say("Take back {grant}", { grant: operation.grant })
    case "state_set":
      return say("Set {path} of {name}", { path: pathWords(operation.path), name: nameOf(operation.panel) })
    case "state_unset":
      return say("Clear {path} of {name}", { path: pathWords(operation.path), name: nameOf(operation.panel) })
    case "state_splice":
      return say("Change the list {path} of {name}", {
        path: pathWords(operation.path),
        name: nameOf(operation.panel),
      })
  }
}

function pathWords(path: StatePath): string {
  return path
    .map((step) => (typeof step === "string" ? step : "key" in step ? String(step.key) : String(step.index)))
    .join(".")
}
