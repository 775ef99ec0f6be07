import { Graph, layout } from "@dagrejs/dagre"
import { edgePaths } from "./edge-paths.ts"
import type { GraphData, GraphEdge, GraphNode } from "./graph-data.ts"
import { cells, nodeText } from "./node-text.ts"

export interface Box {
  /** The middle. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface PlacedNode extends Box {
  readonly node: GraphNode
  readonly lines: readonly string[]
}

export interface PlacedEdge {
  readonly edge: GraphEdge
  readonly path: string
  readonly label: (Box & { readonly text: string }) | undefined
}

export interface PlacedGraph {
  readonly width: number
  readonly height: number
  /** In reading order: layer by layer, and along each layer. */
  readonly nodes: readonly PlacedNode[]
  readonly edges: readonly PlacedEdge[]
}

const DIRECTIONS: { readonly [direction: string]: "TB" | "BT" | "LR" | "RL" } = {
  down: "TB",
  up: "BT",
  right: "LR",
  left: "RL",
}
const MARGIN = 12
const LABEL_CHARACTER = 6.6
/** From here on the order within layers is found by one quick pass instead of the best of several. */
const LARGE = 150

/**
 * Places nodes in layers that follow the edges, by the method of Sugiyama as dagre has it. Nodes do not overlap, and the
 * label of an edge has a place of its own between the layers. The same data gives the same picture everywhere.
 */
export function layoutGraph({ nodes, edges }: GraphData, direction: string): PlacedGraph {
  const graph = new Graph({ multigraph: true })
  const rankdir = DIRECTIONS[direction] ?? "TB"
  const lengthwise = rankdir === "LR" || rankdir === "RL"
  graph.setGraph({ rankdir, nodesep: 20, ranksep: 48, edgesep: 12, marginx: MARGIN, marginy: MARGIN })
  const texts = nodes.map(({ label }) => nodeText(label))
  nodes.forEach(({ id }, index) => {
    graph.setNode(id, { width: texts[index]?.width ?? 0, height: texts[index]?.height ?? 0 })
  })
  edges.forEach(({ from, to, label }, index) => {
    const size =
      label === "" ? {} : { width: Math.ceil(cells(label) * LABEL_CHARACTER) + 12, height: 20, labelpos: "c" as const }
    graph.setEdge(from, to, size, String(index))
  })
  if (nodes.length > 0) layout(graph, { disableOptimalOrderHeuristic: nodes.length > LARGE })
  const placed = nodes.map((node, index): PlacedNode => {
    const { x = 0, y = 0, width, height } = graph.node(node.id)
    return { node, lines: texts[index]?.lines ?? [], x, y, width, height }
  })
  const routes = edges.map(({ from, to }, index) => ({
    from: graph.node(from),
    to: graph.node(to),
    points: graph.edge(from, to, String(index)).points ?? [],
  }))
  const paths = edgePaths(routes, lengthwise)
  return {
    width: Math.ceil(graph.graph().width ?? 0),
    height: Math.ceil(graph.graph().height ?? 0),
    nodes: placed.sort(readingOrder(rankdir)),
    edges: edges.map((edge, index) => {
      const { x, y, width, height } = graph.edge(edge.from, edge.to, String(index))
      const label = edge.label !== "" && x !== undefined && y !== undefined
      return {
        edge,
        path: paths[index] ?? "",
        label: label ? { text: edge.label, x, y, width: width ?? 0, height: height ?? 0 } : undefined,
      }
    }),
  }
}

function readingOrder(rankdir: "TB" | "BT" | "LR" | "RL"): (a: Box, b: Box) => number {
  switch (rankdir) {
    case "LR":
      return (a, b) => a.x - b.x || a.y - b.y
    case "RL":
      return (a, b) => b.x - a.x || a.y - b.y
    case "BT":
      return (a, b) => b.y - a.y || a.x - b.x
    default:
      return (a, b) => a.y - b.y || a.x - b.x
  }
}
