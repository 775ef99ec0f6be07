import { type Entity, type EntityKind, type Graph, queryGraph, type Relationship } from "@nexus/protocol"
import type { GraphData, GraphEdge, GraphNode } from "@nexus/reactor/graph"
import { KINDS, relationWord } from "./kind-words.ts"

/** What of the workspace is looked at. */
export interface Look {
  readonly kinds: ReadonlySet<EntityKind>
  /** The entity in the middle, with what is at most `depth` steps from it; absent: everything. */
  readonly focus: string | undefined
  readonly depth: number
}

export interface GraphView {
  readonly data: GraphData
  /** Entities by the id of their node. */
  readonly entities: ReadonlyMap<string, Entity>
}

/** More nodes than these nobody can read; the others are counted. */
const MOST_NODES = 120

/**
 * The workspace as a picture: what is looked at, and who reads, writes and sets off whom among it. What contains what is
 * left out of the whole, where it says nothing new, and shown around one thing, where it says whose that is.
 */
export function viewOf(graph: Graph, { kinds, focus, depth }: Look): GraphView {
  const { entities, relationships, cut } = focus ? around(graph, focus, depth) : whole(graph)
  const looked = entities.filter(({ id, kind }) => id === focus || kinds.has(kind))
  const shown = new Map(looked.slice(0, MOST_NODES).map((entity) => [entity.id, entity]))
  const between = relationships.filter(
    ({ kind, from, to }) => (focus || kind !== "contains") && shown.has(from) && shown.has(to),
  )
  const edges = joined(between)
  const nodes = [...shown.values()].map((entity) => nodeOf(graph, entity, focus))
  return { data: { nodes, edges, left: looked.length - shown.size + (cut ? 1 : 0) }, entities: shown }
}

/** Whoever reads and writes the same thing has one line to it, with both words. */
function joined(relationships: readonly Relationship[]): GraphEdge[] {
  const edges = new Map<string, GraphEdge>()
  for (const { from, to, kind, properties } of relationships) {
    const key = `${from} ${to}`
    const before = edges.get(key)
    const word = edgeLabel(kind, properties)
    edges.set(key, { from, to, label: before ? `${before.label}, ${word}` : word })
  }
  return [...edges.values()]
}

function whole(graph: Graph): { entities: Entity[]; relationships: Relationship[]; cut: boolean } {
  return { entities: [...graph.entities()], relationships: [...graph.relationships()], cut: false }
}

function around(graph: Graph, id: string, depth: number) {
  return queryGraph(graph, { find: "subgraph", id, depth, direction: "both", limit: MOST_NODES * 4 })
}

function nodeOf(graph: Graph, entity: Entity, focus: string | undefined): GraphNode {
  const { id, kind } = entity
  const { word, tone } = KINDS[kind]
  return { id, label: `${word} ${nameOf(graph, entity)}`, tone: id === focus ? "accent" : tone, given: id }
}

/** Its name; what a panel declares says whose it is. */
export function nameOf(graph: Graph, { kind, name, id, scope }: Entity): string {
  const own = name || id
  const owner = kind === "panel" ? undefined : graph.panel(scope)
  return owner ? `${own} · ${owner.properties.title || owner.id}` : own
}

/** The relation in a word, and how sure its author was, where they said so. */
function edgeLabel(kind: Relationship["kind"], { confidence }: Relationship["properties"]): string {
  const sure = typeof confidence === "number" && confidence < 1 ? ` ${Math.round(confidence * 100)} %` : ""
  return `${relationWord(kind)}${sure}`
}
