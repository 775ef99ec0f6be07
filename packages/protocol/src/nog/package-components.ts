import { isComponentProperties } from "../nxml/components/component-shape.ts"
import { components as standard } from "../nxml/components/components.ts"
import type { ComponentDeclaration } from "../nxml/components/declaration.ts"
import type { ComponentProperties } from "../nxml/components/package-component.ts"
import { elements } from "../nxml/elements.ts"
import type { Entity } from "./entity.ts"
import type { Graph } from "./graph.ts"

/** The components that packages brought into a workspace, by name. The maps are the same ones until one changes. */
export interface PackageComponents {
  readonly declarations: ReadonlyMap<string, ComponentDeclaration>
  readonly definitions: ReadonlyMap<string, ComponentProperties>
}

interface Known {
  readonly entities: readonly Entity[]
  readonly found: PackageComponents
}

const NONE: PackageComponents = { declarations: new Map(), definitions: new Map() }
const known = new WeakMap<Graph, Known>()

/**
 * Reads the entities of kind `component`. One that does not hold what it should is left out; a name that several
 * packages bring is the first one's, by id; a standard name is never replaced.
 */
export function packageComponents(graph: Graph): PackageComponents {
  const entities = [...graph.ofKind("component")]
  if (entities.length === 0) return NONE
  const before = known.get(graph)
  if (before && same(before.entities, entities)) return before.found
  const definitions = new Map<string, ComponentProperties>()
  for (const { properties } of entities.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (!isComponentProperties(properties)) continue
    const { declaration, source } = properties
    const { name } = declaration
    if (!isReservedName(name) && !definitions.has(name)) definitions.set(name, { declaration, source })
  }
  const declarations = new Map([...definitions].map(([name, { declaration }]) => [name, declaration]))
  const found = { declarations, definitions }
  known.set(graph, { entities, found })
  return found
}

/** Does NXML itself mean something by this name? */
export function isReservedName(name: string): boolean {
  return standard.has(name) || elements.has(name)
}

function same(a: readonly Entity[], b: readonly Entity[]): boolean {
  return a.length === b.length && a.every((entity, at) => entity === b[at])
}
