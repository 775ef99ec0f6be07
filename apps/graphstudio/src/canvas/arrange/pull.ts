import type { Frame } from "@nexus/protocol"
import type { NodeChange } from "@xyflow/react"
import type { DeskNode } from "../desk-node.ts"
import { frameOf } from "../panel-nodes.ts"
import { boundsOf } from "./align.ts"
import { PULL, useGuides } from "./guides.ts"
import { type Guide, snapMove, snapResize } from "./snapping.ts"

/** A drag as it began, and what the keys say now. */
export interface Drag {
  readonly lead: string
  /** Everything that moves: what is chosen, its groups, what lies in its sections. */
  readonly moved: readonly string[]
  readonly start: ReadonlyMap<string, Frame>
  /** The things stay, and copies of them are what is dropped. */
  readonly copies: boolean
  /** No pull towards others. */
  readonly free: boolean
}

interface Pulled {
  readonly changes: NodeChange<DeskNode>[]
  readonly guides: readonly Guide[]
  readonly frames: ReadonlyMap<string, Frame>
}

const NOTHING = { guides: [], frames: new Map<string, Frame>() } as const

/**
 * React Flow says where the pointer has dragged the chosen nodes; this is where they go: together with what they carry,
 * and pulled to the lines of others. React Flow goes on counting from the pointer, so no pull adds up.
 */
export function carriedChanges(
  drag: Drag,
  changes: NodeChange<DeskNode>[],
  nodes: readonly DeskNode[],
  zoom: number,
): Pulled {
  const { lead, moved, start } = drag
  const led = changes.find((change) => change.type === "position" && change.id === lead)
  const began = start.get(lead)
  if (led?.type !== "position" || !led.position || !began) return { changes, ...NOTHING }
  const [dx, dy] = [led.position.x - began.x, led.position.y - began.y]
  const shifted = (x: number, y: number) =>
    new Map(
      moved.flatMap((id) => {
        const frame = start.get(id)
        return frame ? [[id, { ...frame, x: frame.x + x, y: frame.y + y }] as const] : []
      }),
    )
  const around = boundsOf([...shifted(dx, dy).values()])
  const pull =
    around && !drag.free && useGuides.getState().on
      ? snapMove(around, othersIn(nodes, drag.copies ? [] : moved), PULL / zoom)
      : { dx: 0, dy: 0, guides: [] }
  const frames = shifted(dx + pull.dx, dy + pull.dy)
  const { dragging = false } = led
  const carried = [...frames].map(
    ([id, { x, y }]): NodeChange<DeskNode> => ({ id, type: "position", position: { x, y }, dragging }),
  )
  const rest = changes.filter((change) => change.type !== "position" || !start.has(change.id))
  return { changes: [...rest, ...carried], guides: pull.guides, frames }
}

/** The same for a side or a corner of one node. */
export function snappedResize(changes: NodeChange<DeskNode>[], nodes: readonly DeskNode[], zoom: number): Pulled {
  const sized = changes.find((change) => change.type === "dimensions" && change.resizing === true)
  const node = sized && "id" in sized ? nodes.find(({ id }) => id === sized.id) : undefined
  if (sized?.type !== "dimensions" || !sized.dimensions || !node) return { changes, ...NOTHING }
  const before = frameOf(node)
  const placed = changes.find((change) => change.type === "position" && change.id === node.id)
  const { x, y } = (placed?.type === "position" && placed.position) || node.position
  const { width: w, height: h } = sized.dimensions
  const left = x !== before.x
  const top = y !== before.y
  const held = { left, right: !left && w !== before.w, top, bottom: !top && h !== before.h }
  if (!useGuides.getState().on) return { changes, ...NOTHING }
  const { frame, guides } = snapResize({ x, y, w, h }, held, othersIn(nodes, [node.id]), PULL / zoom)
  const rest = changes.filter((change) => change !== sized && change !== placed)
  const place: NodeChange<DeskNode>[] =
    placed || left || top ? [{ id: node.id, type: "position", position: { x: frame.x, y: frame.y } }] : []
  return {
    changes: [...rest, ...place, { ...sized, dimensions: { width: frame.w, height: frame.h } }],
    guides,
    frames: new Map(),
  }
}

function othersIn(nodes: readonly DeskNode[], moved: readonly string[]): Frame[] {
  return nodes.filter(({ id, type }) => type === "panel" && !moved.includes(id)).map(frameOf)
}
