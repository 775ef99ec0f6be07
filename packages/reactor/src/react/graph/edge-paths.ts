import type { NodeLabel, Point } from "@dagrejs/dagre"
import { curveBasis, curveBumpX, curveBumpY, line } from "d3-shape"

/** An edge between two placed nodes, with the points that dagre found for it, from border to border. */
export interface Route {
  readonly from: NodeLabel
  readonly to: NodeLabel
  readonly points: readonly Point[]
}

const STUB = 10
const APART = 12
const PART_OF_SIDE = 0.7

/** One end of an edge: the side of a node that it meets, and the point it comes from. */
interface End {
  readonly node: NodeLabel
  readonly towards: Point
}

/**
 * Draws edges from side to side of their nodes, through what dagre left free between the layers, so that they cross no
 * neighbour: dagre itself ends an edge on the straight way to a far node. Edges that meet one side share it evenly.
 */
export function edgePaths(routes: readonly Route[], lengthwise: boolean): readonly string[] {
  const ends = routes.flatMap(({ from, to, points }): End[] => {
    const [first, last] = [points[1] ?? points[0], points.at(-2) ?? points.at(-1)]
    if (from === to || !first || !last) return []
    return [
      { node: from, towards: first },
      { node: to, towards: last },
    ]
  })
  const ports = portsOf(ends, lengthwise)
  const draw = line<Point>(
    ({ x }) => Math.round(x * 10) / 10,
    ({ y }) => Math.round(y * 10) / 10,
  )
  let next = 0
  return routes.map(({ from, to, points }) => {
    if (from === to || points.length === 0) return draw.curve(curveBasis)([...points]) ?? ""
    const [start, end] = [ports[next], ports[next + 1]]
    next += 2
    if (!start || !end) return ""
    const whole = [start.port, start.stub, ...points.slice(1, -1), end.stub, end.port]
    return draw.curve(lengthwise ? curveBumpX : curveBumpY)(whole) ?? ""
  })
}

/** Where each end meets its node, and a point straight before it. */
function portsOf(ends: readonly End[], lengthwise: boolean): readonly { readonly port: Point; readonly stub: Point }[] {
  const sides = new Map<NodeLabel, Map<number, End[]>>()
  for (const end of ends) {
    const of = sides.get(end.node) ?? new Map<number, End[]>()
    sides.set(end.node, of)
    const side = sideOf(end, lengthwise)
    of.set(side, [...(of.get(side) ?? []), end])
  }
  const across = ({ towards }: End) => (lengthwise ? towards.y : towards.x)
  for (const of of sides.values()) for (const sharing of of.values()) sharing.sort((a, b) => across(a) - across(b))
  return ends.map((end) => {
    const { x = 0, y = 0, width, height } = end.node
    const side = sideOf(end, lengthwise)
    const sharing = sides.get(end.node)?.get(side) ?? []
    const gap = Math.min(APART, ((lengthwise ? height : width) * PART_OF_SIDE) / Math.max(1, sharing.length - 1))
    const aside = (sharing.indexOf(end) - (sharing.length - 1) / 2) * gap
    return lengthwise
      ? { port: { x: x + (side * width) / 2, y: y + aside }, stub: { x: x + side * (width / 2 + STUB), y: y + aside } }
      : {
          port: { x: x + aside, y: y + (side * height) / 2 },
          stub: { x: x + aside, y: y + side * (height / 2 + STUB) },
        }
  })
}

/** 1 for the side on which coordinates grow, -1 for the other. */
function sideOf({ node: { x = 0, y = 0 }, towards }: End, lengthwise: boolean): number {
  return (lengthwise ? towards.x >= x : towards.y >= y) ? 1 : -1
}
