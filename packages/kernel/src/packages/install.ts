import { type Graph, NexusError, type Operation, type PackageAnswer, type PackageManifest } from "@nexus/protocol"

/** The operations that put a package into a workspace; one of the same name is replaced in the same change. */
export function installOperations(graph: Graph, workspace: string, manifest: PackageManifest): Operation[] {
  const { name, version, description, components } = manifest
  const id = packageId(name)
  const operations: Operation[] = []
  if (graph.entity(id)) operations.push({ kind: "entity_remove", id })
  const properties = { version, description }
  operations.push({ kind: "entity_add", entity: { id, kind: "package", name, scope: workspace, properties } })
  for (const { declaration, source } of components) {
    const entity = {
      id: `${id}.${declaration.name}`,
      kind: "component" as const,
      name: declaration.name,
      scope: id,
      properties: { declaration: { ...declaration }, source },
    }
    operations.push(
      { kind: "entity_add", entity },
      { kind: "relationship_add", relationship: { from: id, kind: "contains", to: entity.id, properties: {} } },
    )
  }
  return operations
}

/** A package of the workspace; throws `not-found`. */
export function packageOf(graph: Graph, id: string): PackageAnswer {
  const entity = graph.entity(id)
  if (entity?.kind !== "package") throw new NexusError({ code: "not-found", what: "package", id })
  const { version, description } = entity.properties
  return {
    id,
    name: entity.name,
    version: typeof version === "string" ? version : "",
    description: typeof description === "string" ? description : "",
    components: [...graph.within(id)].filter(({ kind }) => kind === "component").map(({ name }) => name),
  }
}

/** The id under which a package of this name stands in every workspace. */
export function packageId(name: string): string {
  return `package_${name}`
}
