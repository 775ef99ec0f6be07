import { type Graph, isArray, type Relationship } from "@nexus/protocol"

/** One panel that knows something of another. */
export interface Link {
  /** Whose values they are. */
  readonly from: string
  /** Who reads them. */
  readonly to: string
  /** What is read, by its own name; empty where the whole panel is shown. */
  readonly names: readonly string[]
  readonly shows: boolean
}

/**
 * Which panel reads which, as the graph has it from what sources declare: imports, expressions that read them, and panels
 * that show others. Who reads the same things of one panel several times has one line to it.
 */
export function linksOf(graph: Graph): readonly Link[] {
  const links = new Map<string, Link>()
  for (const edge of graph.relationships()) {
    if (edge.kind !== "imports" && edge.kind !== "reads" && edge.kind !== "uses") continue
    const to = ownerOf(graph, edge.from)
    const from = ownerOf(graph, edge.to)
    if (to === undefined || from === undefined || to === from) continue
    const key = `${from} ${to}`
    const known = links.get(key) ?? { from, to, names: [], shows: false }
    const shown = isShown(edge)
    const name = shown ? [] : [graph.entity(edge.to)?.name ?? ""]
    const names = [...new Set([...known.names, ...name])].filter(Boolean).sort()
    links.set(key, { ...known, names, shows: known.shows || shown })
  }
  return [...links.values()].sort((a, b) => (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1))
}

function isShown({ kind, properties }: Relationship): boolean {
  return kind === "uses" && isArray(properties.in) && properties.in.includes("Embed")
}

function ownerOf(graph: Graph, id: string): string | undefined {
  for (let entity = graph.entity(id); entity; entity = graph.entity(entity.scope)) {
    if (entity.kind === "panel") return entity.id
  }
  return undefined
}
