import { type Graph, isDerivedKind, type Operation, type PatchPreview, type PreviewEntity } from "@nexus/protocol"

/** What `operations` make of `before`: each touched entity on both sides, without what follows from a panel's source. */
export function previewOf(before: Graph, after: Graph, operations: readonly Operation[]): PatchPreview {
  const entities: PreviewEntity[] = []
  for (const id of touchedIds(operations)) {
    const was = before.entity(id)
    const is = after.entity(id)
    const kind = (is ?? was)?.kind
    if (!kind || isDerivedKind(kind) || was === is) continue
    entities.push({ id, ...(was ? { before: was } : {}), ...(is ? { after: is } : {}) })
  }
  return { entities, capabilities: addedCapabilities(before, after) }
}

/** The capabilities, as `type:scope`, that panels declare in `after` and did not in `before`. */
export function addedCapabilities(before: Graph, after: Graph): string[] {
  const added = new Set<string>()
  for (const capability of after.ofKind("capability")) {
    const had = [...before.within(capability.scope)].some(
      ({ kind, name }) => kind === "capability" && name === capability.name,
    )
    if (!had) added.add(capability.name)
  }
  return [...added].sort()
}

function touchedIds(operations: readonly Operation[]): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const operation of operations) {
    if (operation.kind === "entity_add") ids.add(operation.entity.id)
    else if (operation.kind === "relationship_add") ids.add(operation.relationship.from)
    else if (operation.kind === "relationship_remove") ids.add(operation.from)
    else ids.add("panel" in operation ? operation.panel : operation.id)
  }
  return ids
}
