import type { Viewport } from "@xyflow/react"

interface Point {
  readonly x: number
  readonly y: number
}

/** Two fingers on the canvas, in its own pixels. */
export type Fingers = readonly [Point, Point]

export interface Limits {
  readonly minZoom: number
  readonly maxZoom: number
}

/** The canvas under two fingers: what lay between them when they touched lies between them still. */
export function pinched(before: Viewport, from: Fingers, to: Fingers, limits: Limits): Viewport {
  const zoom = within(before.zoom * (spread(to) / Math.max(1, spread(from))), limits)
  const [was, is] = [middle(from), middle(to)]
  return around(before, was, is, zoom)
}

/** The canvas after a turn of the wheel or a pinch on a trackpad over `at`, which stays where it is. */
export function zoomedAt(before: Viewport, at: Point, factor: number, limits: Limits): Viewport {
  return around(before, at, at, within(before.zoom * factor, limits))
}

function around(before: Viewport, was: Point, is: Point, zoom: number): Viewport {
  const scale = zoom / before.zoom
  return { x: is.x - (was.x - before.x) * scale, y: is.y - (was.y - before.y) * scale, zoom }
}

function within(zoom: number, { minZoom, maxZoom }: Limits): number {
  return Math.min(maxZoom, Math.max(minZoom, zoom))
}

function spread([a, b]: Fingers): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}

function middle([a, b]: Fingers): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
}
