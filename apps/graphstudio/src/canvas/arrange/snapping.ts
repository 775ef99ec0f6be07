import type { Frame } from "@nexus/protocol"
import type { Axis } from "./align.ts"

/**
 * Where a hand lets go near another panel's edge, centre or an equal gap, the frame goes there, and lines say why. Pure:
 * frames in, a shift and lines out. Both axes are looked at by themselves, with the same words: a frame has a start, a
 * size and an end on each.
 *
 * A grid was refused as the main thing: panels have the size of what is in them, and no grid knows that.
 */
export interface Guide {
  readonly axis: Axis
  /** `edge`: a line across the axis at `at`. `gap`: a measure along the axis from `at` to `to`. */
  readonly kind: "edge" | "gap"
  readonly at: number
  readonly to: number
  /** Where the line begins and ends on the other axis; a gap's line lies at `from`. */
  readonly from: number
  readonly until: number
}

export interface Snap {
  readonly dx: number
  readonly dy: number
  readonly guides: readonly Guide[]
}

interface Span {
  readonly start: number
  readonly size: number
}

/** What shifts a frame by `shift`, and the lines that say so, once it lies there. */
interface Candidate {
  readonly shift: number
  readonly draw: (settled: Frame) => Guide[]
}

const ACROSS = { x: "y", y: "x" } as const

/** `tolerance`: how far, in canvas pixels, a frame is pulled. */
export function snapMove(frame: Frame, others: readonly Frame[], tolerance: number): Snap {
  const x = nearest(candidates(frame, others, "x"), tolerance)
  const y = nearest(candidates(frame, others, "y"), tolerance)
  const dx = x[0]?.shift ?? 0
  const dy = y[0]?.shift ?? 0
  const settled = { ...frame, x: frame.x + dx, y: frame.y + dy }
  return { dx, dy, guides: joined([...x, ...y].flatMap(({ draw }) => draw(settled))) }
}

/** Which sides of a frame a hand holds. */
export interface Held {
  readonly left: boolean
  readonly right: boolean
  readonly top: boolean
  readonly bottom: boolean
}

/** The frame with the sides that are held on the lines of others that are near. */
export function snapResize(
  frame: Frame,
  held: Held,
  others: readonly Frame[],
  tolerance: number,
): { readonly frame: Frame; readonly guides: readonly Guide[] } {
  const x = nearest(sideCandidates(frame, others, "x", held.left, held.right), tolerance)
  const y = nearest(sideCandidates(frame, others, "y", held.top, held.bottom), tolerance)
  const dx = x[0]?.shift ?? 0
  const dy = y[0]?.shift ?? 0
  const settled = {
    x: held.left ? frame.x + dx : frame.x,
    w: held.left ? frame.w - dx : frame.w + dx,
    y: held.top ? frame.y + dy : frame.y,
    h: held.top ? frame.h - dy : frame.h + dy,
  }
  return { frame: settled, guides: joined([...x, ...y].flatMap(({ draw }) => draw(settled))) }
}

function span(frame: Frame, axis: Axis): Span {
  return axis === "x" ? { start: frame.x, size: frame.w } : { start: frame.y, size: frame.h }
}

function candidates(frame: Frame, others: readonly Frame[], axis: Axis): Candidate[] {
  const { start, size } = span(frame, axis)
  const found: Candidate[] = []
  for (const other of others) {
    const line = span(other, axis)
    for (const at of [line.start, line.start + line.size / 2, line.start + line.size]) {
      for (const own of at === line.start + line.size / 2 ? [0.5] : [0, 1]) {
        found.push({ shift: at - (start + size * own), draw: (settled) => [edge(axis, at, settled, other)] })
      }
    }
  }
  return [...found, ...gapCandidates(frame, others, axis)]
}

function sideCandidates(frame: Frame, others: readonly Frame[], axis: Axis, first: boolean, last: boolean) {
  if (!first && !last) return []
  const { start, size } = span(frame, axis)
  const own = first ? start : start + size
  return others.flatMap((other): Candidate[] => {
    const line = span(other, axis)
    return [line.start, line.start + line.size].map((at) => ({
      shift: at - own,
      draw: (settled) => [edge(axis, at, settled, other)],
    }))
  })
}

/** Between two, or at the end of a row that has a gap already. Only what lies in the same row or column counts. */
function gapCandidates(frame: Frame, others: readonly Frame[], axis: Axis): Candidate[] {
  const own = span(frame, axis)
  const row = others
    .filter((other) => overlap(span(frame, ACROSS[axis]), span(other, ACROSS[axis])))
    .sort((a, b) => span(a, axis).start - span(b, axis).start)
  const found: Candidate[] = []
  for (const [index, before] of row.entries()) {
    const after = row[index + 1]
    if (!after) continue
    const [a, b] = [span(before, axis), span(after, axis)]
    const end = a.start + a.size
    const gap = b.start - end
    if (gap <= 0) continue
    const measures = (settled: Frame, places: readonly (readonly [number, number])[]) =>
      places.map(([at, to]) => measure(axis, at, to, settled))
    if (gap > own.size) {
      const free = (gap - own.size) / 2
      found.push({
        shift: end + free - own.start,
        draw: (settled) =>
          measures(settled, [
            [end, end + free],
            [b.start - free, b.start],
          ]),
      })
    }
    const last = b.start + b.size
    found.push({
      shift: last + gap - own.start,
      draw: (settled) =>
        measures(settled, [
          [end, b.start],
          [last, last + gap],
        ]),
    })
    found.push({
      shift: a.start - gap - own.size - own.start,
      draw: (settled) =>
        measures(settled, [
          [a.start - gap, a.start],
          [end, b.start],
        ]),
    })
  }
  return found
}

/** The nearest shift that is near enough, with all that agree on it. */
function nearest(found: readonly Candidate[], tolerance: number): Candidate[] {
  const least = Math.min(...found.map(({ shift }) => Math.abs(shift)))
  if (!(least <= tolerance)) return []
  const best = found.find(({ shift }) => Math.abs(shift) === least)?.shift
  return found.filter(({ shift }) => best !== undefined && Math.abs(shift - best) < 0.01)
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.start + b.size && b.start < a.start + a.size
}

function edge(axis: Axis, at: number, settled: Frame, other: Frame): Guide {
  const [a, b] = [span(settled, ACROSS[axis]), span(other, ACROSS[axis])]
  const from = Math.min(a.start, b.start)
  return { axis, kind: "edge", at, to: at, from, until: Math.max(a.start + a.size, b.start + b.size) }
}

function measure(axis: Axis, at: number, to: number, settled: Frame): Guide {
  const { start, size } = span(settled, ACROSS[axis])
  return { axis, kind: "gap", at, to, from: start + size / 2, until: start + size / 2 }
}

/** One line for all that lie on it. */
function joined(guides: readonly Guide[]): Guide[] {
  const byPlace = new Map<string, Guide>()
  for (const guide of guides) {
    const key = `${guide.axis} ${guide.kind} ${guide.at} ${guide.to}`
    const known = byPlace.get(key)
    const from = Math.min(known?.from ?? guide.from, guide.from)
    byPlace.set(key, { ...guide, from, until: Math.max(known?.until ?? guide.until, guide.until) })
  }
  return [...byPlace.values()]
}
