import { isJsonObject, type Json } from "@nexus/protocol"
import { textOf } from "../props.ts"
import { word } from "../words.ts"

export interface GraphNode {
  readonly id: string
  readonly label: string
  readonly tone: string | undefined
  /** As it was given: what `onSelect` hands on. */
  readonly given: Json
}

export interface GraphEdge {
  readonly from: string
  readonly to: string
  readonly label: string
}

export interface GraphData {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  /** How many nodes were left out because there are too many to draw. */
  readonly left: number
}

const TONES = ["muted", "accent", "good", "warn", "bad"]
const MOST_NODES = 1000

/** Nodes as names or objects, edges as `{ from, to, label }`; a node that only an edge names exists too. */
export function graphDataOf(nodes: readonly unknown[], edges: readonly unknown[]): GraphData {
  const known = new Map<string, GraphNode>()
  for (const given of nodes) {
    const node = nodeOf(given as Json)
    if (node.id !== "" && !known.has(node.id)) known.set(node.id, node)
  }
  const read = edges.flatMap((given): GraphEdge[] => {
    if (!isJsonObject(given as Json)) return []
    const { from, to, label } = given as { readonly [name: string]: unknown }
    const edge = { from: textOf(from), to: textOf(to), label: textOf(label) }
    return edge.from === "" || edge.to === "" ? [] : [edge]
  })
  for (const { from, to } of read) {
    for (const id of [from, to]) if (!known.has(id)) known.set(id, nodeOf(id))
  }
  const drawn = new Map([...known].slice(0, MOST_NODES))
  return {
    nodes: [...drawn.values()],
    edges: read.filter(({ from, to }) => drawn.has(from) && drawn.has(to)),
    left: known.size - drawn.size,
  }
}

function nodeOf(given: Json): GraphNode {
  if (!isJsonObject(given)) return { id: textOf(given), label: textOf(given), tone: undefined, given }
  const id = textOf(given.id ?? given.name ?? given.label)
  const label = textOf(given.label ?? given.title ?? given.name ?? given.id)
  const tone = textOf(given.tone)
  return { id, label, tone: TONES.includes(tone) ? tone : undefined, given }
}

/** What each node is connected with, in words, by its id: `leads to B (needs) and C; from A`. */
export function relationsOf({ nodes, edges }: GraphData): ReadonlyMap<string, string> {
  const labels = new Map(nodes.map((node) => [node.id, node.label]))
  const to = new Map<string, string[]>(nodes.map(({ id }) => [id, []]))
  const from = new Map<string, string[]>(nodes.map(({ id }) => [id, []]))
  for (const edge of edges) {
    const named = (other: string) => `${labels.get(other) ?? other}${edge.label === "" ? "" : ` (${edge.label})`}`
    to.get(edge.from)?.push(named(edge.to))
    from.get(edge.to)?.push(named(edge.from))
  }
  const said = (tell: (others: string) => string, others: readonly string[] = []) =>
    others.length > 0 ? [tell(listed(others))] : []
  const leads = (others: string) => word("leads to {others}", { others })
  const comes = (others: string) => word("from {others}", { others })
  return new Map(
    nodes.map(({ id }) => {
      const words = [...said(leads, to.get(id)), ...said(comes, from.get(id))]
      return [id, words.join("; ") || word("not connected")]
    }),
  )
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`
}
