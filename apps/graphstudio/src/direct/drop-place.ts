import { type Box, boxesOf, contains, type Rect } from "./boxes.ts"

/** A node as dropping sees it: who stands in it, and whether what is dragged may. */
export interface DropNode {
  readonly id: string
  readonly holds: boolean
  readonly children: readonly DropNode[]
}

/** Where what is dragged would stand, and the line that says so; `inside` draws the empty container instead. */
export interface Drop {
  readonly place:
    | { readonly before: { readonly node: string } }
    | { readonly after: { readonly node: string } }
    | { readonly into: { readonly node: string } }
  readonly line: Rect
  readonly inside: boolean
}

/** So near to a container's edge what is dragged goes beside it and not into it. */
const EDGE = 5
const LINE = 2

interface Candidate {
  readonly node: DropNode
  readonly rect: Rect
}

/**
 * The place under the pointer: the nearest child of the innermost container there, before or after it by the way that the
 * children run. Nothing where `dragged` would go into itself. Pure: it sees boxes, and no page.
 */
export function dropPlace(
  nodes: readonly DropNode[],
  boxes: readonly Box[],
  at: { readonly x: number; readonly y: number },
  dragged: string | undefined,
): Drop | undefined {
  const there = nodes.filter(({ id }) => id !== dragged)
  const found = candidates(there, boxes)
  const under = found.find(({ node, rect }) => node.holds && contains(shrunk(rect), at.x, at.y))
  if (under) {
    const inner = dropPlace(under.node.children, within(boxes, under.rect), at, dragged)
    if (inner) return inner
    if (under.node.children.every(({ id }) => id === dragged)) {
      return { place: { into: { node: under.node.id } }, line: under.rect, inside: true }
    }
  }
  const nearest = nearestTo(found, at)
  if (!nearest) return undefined
  const { node, rect } = nearest
  const beside = found.some((other) => other !== nearest && runsBeside(rect, other.rect))
  const first = beside ? at.x < rect.left + rect.width / 2 : at.y < rect.top + rect.height / 2
  const place = first ? { before: { node: node.id } } : { after: { node: node.id } }
  return { place, line: lineAt(rect, beside, first), inside: false }
}

function candidates(nodes: readonly DropNode[], boxes: readonly Box[]): Candidate[] {
  return nodes.flatMap((node) => boxesOf(boxes, node.id).map((rect) => ({ node, rect })))
}

/** Only the row of an Each that the pointer is in. */
function within(boxes: readonly Box[], { left, top, width, height }: Rect): readonly Box[] {
  return boxes.filter(({ rect }) => {
    const [x, y] = [rect.left + rect.width / 2, rect.top + rect.height / 2]
    return x >= left && x <= left + width && y >= top && y <= top + height
  })
}

function nearestTo(found: readonly Candidate[], at: { readonly x: number; readonly y: number }): Candidate | undefined {
  let best: Candidate | undefined
  let least = Number.POSITIVE_INFINITY
  for (const candidate of found) {
    const { left, top, width, height } = candidate.rect
    const dx = Math.max(left - at.x, 0, at.x - left - width)
    const dy = Math.max(top - at.y, 0, at.y - top - height)
    const distance = Math.hypot(dx, dy)
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best
}

/** Do the two share a line of text's height, so that one follows the other sideways? */
function runsBeside(a: Rect, b: Rect): boolean {
  const shared = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top)
  return shared > Math.min(a.height, b.height) / 2
}

function lineAt({ left, top, width, height }: Rect, beside: boolean, first: boolean): Rect {
  if (beside) return { left: first ? left - 2 * LINE : left + width + LINE, top, width: LINE, height }
  return { left, top: first ? top - 2 * LINE : top + height + LINE, width, height: LINE }
}

function shrunk({ left, top, width, height }: Rect): Rect {
  const by = Math.min(EDGE, width / 4, height / 4)
  return { left: left + by, top: top + by, width: width - 2 * by, height: height - 2 * by }
}
