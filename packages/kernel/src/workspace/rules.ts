import { Confidence, type Failure, type Graph, isDerivedKind, type JsonObject, type Operation } from "@nexus/protocol"
import { type Commenter, refuseComments } from "./comment-rules.ts"

/**
 * What a list of operations made by a client may not do, beside what `apply` refuses: write the derived part of the
 * graph by hand, or touch the root. An undo of a removed or rewritten panel carries derived operations along; those
 * pass, because the panel's source is in the same list and derivation has the last word.
 */
export function refuseSubmission(
  graph: Graph,
  workspace: string,
  operations: readonly Operation[],
  who?: Commenter,
): Failure | undefined {
  const rewritten = new Set<string>()
  for (const operation of operations) {
    if (operation.kind === "panel_source") rewritten.add(operation.panel)
    if (operation.kind === "entity_add" && operation.entity.kind === "panel") rewritten.add(operation.entity.id)
  }
  for (const operation of operations) {
    const failure = refuseRoot(graph, workspace, operation) ?? refuseConfidence(operation)
    if (failure) return failure
    const owner = derivedOwner(graph, operation)
    if (owner !== undefined && !rewritten.has(owner)) {
      const detail = `${operation.kind} touches what follows from the source of panel "${owner}"; change the source instead.`
      return { code: "forbidden", detail }
    }
  }
  return refuseComments(graph, operations, who)
}

function refuseRoot(graph: Graph, workspace: string, operation: Operation): Failure | undefined {
  const detail = "The workspace itself is made and removed over /api/v1/workspaces."
  if (operation.kind === "entity_add") {
    const { kind, scope } = operation.entity
    if (kind === "workspace") return { code: "forbidden", detail }
    const inPlace = kind === "panel" ? scope === workspace : scope !== ""
    return inPlace
      ? undefined
      : { code: "invalid-input", detail: `a ${kind} lives in the workspace`, path: "entity.scope" }
  }
  const root = operation.kind === "entity_remove" && graph.entity(operation.id)?.kind === "workspace"
  return root ? { code: "forbidden", detail } : undefined
}

/** How sure somebody is means the same wherever it stands, so that readers may compare and filter by it. */
function refuseConfidence(operation: Operation): Failure | undefined {
  const { confidence } = writtenProperties(operation)
  if (confidence === undefined || Confidence.safeParse(confidence).success) return undefined
  return { code: "invalid-input", detail: "confidence is a number from 0 to 1", path: `${operation.kind}.confidence` }
}

function writtenProperties(operation: Operation): JsonObject {
  switch (operation.kind) {
    case "entity_add":
      return operation.entity.properties
    case "entity_set":
      return operation.set ?? {}
    case "relationship_add":
      return operation.relationship.properties
    default:
      return {}
  }
}

/** The panel whose derived part this operation writes, if it does. */
function derivedOwner(graph: Graph, operation: Operation): string | undefined {
  const ownerOf = (id: string): string | undefined => {
    const entity = graph.entity(id)
    if (entity && isDerivedKind(entity.kind)) return entity.scope
    return graph.panel(id)?.id ?? id.split(".")[0]
  }
  switch (operation.kind) {
    case "entity_add":
      return isDerivedKind(operation.entity.kind) ? operation.entity.scope : undefined
    case "entity_set":
    case "entity_remove": {
      const entity = graph.entity(operation.id)
      return entity && isDerivedKind(entity.kind) ? entity.scope : undefined
    }
    case "relationship_add":
      return operation.relationship.properties.derived === true ? ownerOf(operation.relationship.from) : undefined
    case "relationship_remove": {
      const edge = graph.relationship(operation.from, operation.relationship, operation.to)
      return edge?.properties.derived === true ? ownerOf(operation.from) : undefined
    }
    default:
      return undefined
  }
}
