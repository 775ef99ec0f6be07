import type { Frame } from "@nexus/protocol"

/** A stretch of canvas that the person looks at. */
export interface View {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

const GAP = 24

/**
 * Where a new panel goes: the free place nearest to the middle of the view, on a 24 px grid. Candidates are tried ring
 * by ring, so a crowded middle pushes outwards instead of stacking panels on each other.
 */
export function freePlace(
  taken: readonly Frame[],
  size: { readonly w: number; readonly h: number },
  view: View,
): Frame {
  const middle = {
    x: snap(view.x + (view.w - size.w) / 2),
    y: snap(view.y + (view.h - size.h) / 2),
  }
  for (let ring = 0; ring < 200; ring += 1) {
    const free = ringAround(middle, ring)
      .map(({ x, y }) => ({ x, y, ...size }))
      .filter((frame) => !taken.some((other) => overlaps(frame, other)))
    const nearest = free.sort((a, b) => distance(a, middle) - distance(b, middle))[0]
    if (nearest) return nearest
  }
  const lowest = Math.max(...taken.map(({ y, h }) => y + h))
  return { x: middle.x, y: snap(lowest + GAP), ...size }
}

/** The grid points whose larger offset from the middle is exactly `ring` steps. */
function ringAround(middle: { readonly x: number; readonly y: number }, ring: number): { x: number; y: number }[] {
  const points: { x: number; y: number }[] = []
  for (let i = -ring; i <= ring; i += 1) {
    for (const [dx, dy] of [
      [i, -ring],
      [i, ring],
      [-ring, i],
      [ring, i],
    ] as const) {
      points.push({ x: middle.x + dx * GAP, y: middle.y + dy * GAP })
    }
  }
  return points
}

export function overlaps(a: Frame, b: Frame, gap = GAP): boolean {
  return a.x < b.x + b.w + gap && b.x < a.x + a.w + gap && a.y < b.y + b.h + gap && b.y < a.y + a.h + gap
}

function distance(
  a: { readonly x: number; readonly y: number },
  b: { readonly x: number; readonly y: number },
): number {
  return (a.x - b.x) ** 2 + (a.y - b.y) ** 2
}

function snap(value: number): number {
  return Math.round(value / GAP) * GAP
}
