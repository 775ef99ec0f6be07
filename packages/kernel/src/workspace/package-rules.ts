import {
  ComponentProperties,
  type Failure,
  type Graph,
  isReservedName,
  type Operation,
  packageComponents,
  type ViewNode,
} from "@nexus/protocol"
import type { Sources } from "./sources.ts"

/**
 * What a package's components must be, whoever brings them: declared as they should, of a name that is free, in a
 * package, written in NXML without mistakes that uses nothing but what it declares, and never inside itself. `graph` is
 * as the operations have made it.
 */
export function refuseComponents(
  graph: Graph,
  operations: readonly Operation[],
  sources: Sources,
): Failure | undefined {
  for (const operation of operations) {
    const id =
      operation.kind === "entity_add" ? operation.entity.id : operation.kind === "entity_set" ? operation.id : ""
    const entity = graph.entity(id)
    if (entity?.kind !== "component") continue
    const failure = refuseComponent(graph, entity.id, sources)
    if (failure) return failure
  }
  return undefined
}

function refuseComponent(graph: Graph, id: string, sources: Sources): Failure | undefined {
  const entity = graph.entity(id)
  if (!entity) return undefined
  if (graph.entity(entity.scope)?.kind !== "package")
    return { code: "invalid-input", detail: "a component lives in the package that brings it", path: "entity.scope" }
  const read = ComponentProperties.safeParse(entity.properties)
  if (!read.success) {
    const [issue] = read.error.issues
    const path = ["entity", "properties", ...(issue?.path ?? [])].join(".")
    return { code: "invalid-input", detail: issue?.message ?? "no component", path }
  }
  const { declaration } = read.data
  const { name } = declaration
  if (entity.name !== name)
    return { code: "invalid-input", detail: `the entity of <${name}> is named "${entity.name}"`, path: "entity.name" }
  if (isReservedName(name))
    return { code: "conflict", detail: `<${name}> is part of NXML; give the package's component another name.` }
  const twin = [...graph.ofKind("component")].find((other) => other.id !== id && other.name === name)
  if (twin) {
    const owner = graph.entity(twin.scope)?.name ?? twin.scope
    return { code: "conflict", detail: `There is a component <${name}> already, from the package "${owner}".` }
  }
  const components = packageComponents(graph)
  const { panel, diagnostics } = sources.parseComponent(read.data, components)
  const errors = diagnostics.filter(({ severity }) => severity === "error")
  const [first] = errors
  if (first || !panel) {
    const { line, column } = first?.range ?? { line: 1, column: 1 }
    const message = first?.message ?? "there is no NexusPanel element"
    return { code: "panel-invalid", panel: name, errors: Math.max(1, errors.length), first: message, line, column }
  }
  const circle = wayBack(name, (of) => {
    const definition = components.definitions.get(of)
    return definition ? elementsIn(sources.parseComponent(definition, components).panel?.view ?? []) : []
  })
  if (!circle) return undefined
  const detail = `<${name}> would stand inside itself: ${circle.join(" → ")}.`
  return { code: "invalid-input", detail, path: "entity.properties.source" }
}

/** The names from `start` back to it along what each uses; `undefined` when there is no such way. */
function wayBack(start: string, usedBy: (name: string) => readonly string[]): readonly string[] | undefined {
  const seen = new Set<string>()
  const follow = (name: string): readonly string[] | undefined => {
    for (const next of usedBy(name)) {
      if (next === start) return [name, next]
      if (seen.has(next)) continue
      seen.add(next)
      const rest = follow(next)
      if (rest) return [name, ...rest]
    }
    return undefined
  }
  return follow(start)
}

function elementsIn(nodes: readonly ViewNode[]): string[] {
  return nodes.flatMap((node) => [node.element, ...elementsIn(node.children)])
}
