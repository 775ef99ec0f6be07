import type { Frame } from "@nexus/protocol"

/** Frames by the id of what they belong to; what comes out holds only those that moved. */
export type Frames = ReadonlyMap<string, Frame>

/** The canvas has no direction of text: its sides are those of x and y. */
export type Side = "left" | "centre" | "right" | "top" | "middle" | "bottom"
export type Axis = "x" | "y"

const SIZE = { x: "w", y: "h" } as const
const GAP = 24

/** All frames on one line: the outermost side of the lot, or its middle. */
export function alignFrames(frames: Frames, side: Side): Frames {
  const around = boundsOf([...frames.values()])
  if (!around) return frames
  const axis: Axis = side === "left" || side === "centre" || side === "right" ? "x" : "y"
  const share = side === "left" || side === "top" ? 0 : side === "right" || side === "bottom" ? 1 : 0.5
  return moved(frames, (frame) => {
    const room = around[SIZE[axis]] - frame[SIZE[axis]]
    return { ...frame, [axis]: around[axis] + room * share }
  })
}

/** The gaps between neighbours made equal; the outermost two stay. Fewer than three have no gaps to compare. */
export function distributeFrames(frames: Frames, axis: Axis): Frames {
  const size = SIZE[axis]
  const inOrder = [...frames].sort(([, a], [, b]) => a[axis] + a[size] / 2 - (b[axis] + b[size] / 2))
  const around = boundsOf([...frames.values()])
  if (!around || inOrder.length < 3) return new Map()
  const filled = inOrder.reduce((sum, [, frame]) => sum + frame[size], 0)
  const gap = (around[size] - filled) / (inOrder.length - 1)
  const places = new Map<string, number>()
  let at = around[axis]
  for (const [id, frame] of inOrder) {
    places.set(id, at)
    at += frame[size] + gap
  }
  return moved(frames, (frame, id) => ({ ...frame, [axis]: places.get(id) ?? frame[axis] }))
}

/**
 * Rows with equal gaps, in the order in which they are read now. A frame belongs to the row that it overlaps by half; so
 * what already looks like a table stays that table. Packing by size was refused: nobody would find anything again.
 */
export function tidyFrames(frames: Frames): Frames {
  const around = boundsOf([...frames.values()])
  if (!around) return frames
  const places = new Map<string, { x: number; y: number }>()
  let y = around.y
  for (const row of rowsOf(frames)) {
    let x = around.x
    for (const [id, frame] of row) {
      places.set(id, { x, y })
      x += frame.w + GAP
    }
    y += Math.max(...row.map(([, frame]) => frame.h)) + GAP
  }
  return moved(frames, (frame, id) => ({ ...frame, ...places.get(id) }))
}

type Named = readonly [id: string, frame: Frame]

function rowsOf(frames: Frames): Named[][] {
  const rows: { top: number; bottom: number; row: Named[] }[] = []
  for (const named of [...frames].sort(([, a], [, b]) => a.y - b.y)) {
    const [, { y, h }] = named
    const shared = ({ top, bottom }: { top: number; bottom: number }) => Math.min(bottom, y + h) - Math.max(top, y)
    const row = rows.find((one) => shared(one) >= Math.min(h, one.bottom - one.top) / 2)
    if (row) row.row.push(named)
    else rows.push({ top: y, bottom: y + h, row: [named] })
  }
  return rows.map(({ row }) => row.sort(([, a], [, b]) => a.x - b.x))
}

/** The smallest frame around all of them. */
export function boundsOf(frames: readonly Frame[]): Frame | undefined {
  if (frames.length === 0) return undefined
  const x = Math.min(...frames.map((frame) => frame.x))
  const y = Math.min(...frames.map((frame) => frame.y))
  const right = Math.max(...frames.map((frame) => frame.x + frame.w))
  const bottom = Math.max(...frames.map((frame) => frame.y + frame.h))
  return { x, y, w: right - x, h: bottom - y }
}

function moved(frames: Frames, place: (frame: Frame, id: string) => Frame): Frames {
  const result = new Map<string, Frame>()
  for (const [id, frame] of frames) {
    const next = place(frame, id)
    const x = Math.round(next.x)
    const y = Math.round(next.y)
    if (x !== frame.x || y !== frame.y) result.set(id, { ...frame, x, y })
  }
  return result
}
