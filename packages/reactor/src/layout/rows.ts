import { fillRow, type Share } from "./fill.ts"

/**
 * The automatic layout. Boxes are placed in reading order into rows: a row takes the next box while every box in it
 * still gets its comfortable width (half-way between its minimum and its ideal). Then the row is filled: all widths are
 * one common factor of the ideals, each held between comfortable and maximum. This has a closed form, and it is, step
 * for step, what a browser does with `flex: <ideal> 1 0; min-width: <comfortable>; max-width: <max>` in a wrapping row:
 * `place-style.ts` says the same in CSS, so nothing is measured, a resize reflows in the same frame, and the server's
 * HTML is laid out before any script runs. These numbers are for whoever must know a width without a browser. A
 * general constraint solver was refused: see docs/decisions.
 */
export interface Box {
  readonly min: number
  readonly ideal: number
  readonly max: number
  /** As wide as its words in a row; only a browser knows how wide that is. */
  readonly snug?: true
}

export interface PlacedBox {
  /** Position of the box in the given list. */
  readonly index: number
  readonly x: number
  readonly width: number
}

/** A layout and what it was made of, so that the next one can keep the rows that stay the same. */
export interface RowLayout {
  readonly law: Law | undefined
  readonly boxes: readonly Box[]
  readonly width: number
  readonly gap: number
  readonly rows: readonly (readonly PlacedBox[])[]
}

/** How the rows of a strategy are filled. */
export interface Law {
  /** What a box asks for before a row takes it. */
  readonly low: (box: Box) => number
  readonly grow: (box: Box) => number
  readonly high: (box: Box) => number
}

export const AUTO: Law = {
  low: comfortable,
  grow: ({ ideal }) => Math.max(1, ideal),
  high: (box) => Math.max(box.max, comfortable(box)),
}

/** All in one row and equally wide as far as the minima let them; a further row where they do not fit. */
export const ROW: Law = {
  low: ({ min }) => min,
  grow: () => 1,
  high: ({ min, snug }) => (snug ? min : Number.POSITIVE_INFINITY),
}

/** Half-way between minimum and ideal: narrower than that a box is not put beside another. */
export function comfortable({ min, ideal }: Box): number {
  return (min + Math.max(min, ideal)) / 2
}

/**
 * The rows of `boxes` in `width` pixels with `gap` between neighbours. Widths are whole pixels and never overflow; the
 * same boxes in the same width give the same places. Rows of `before` that stay as they are are kept, not made anew.
 */
export function layoutRows(
  boxes: readonly Box[],
  width: number,
  gap = 0,
  { law = AUTO, before }: { readonly law?: Law; readonly before?: RowLayout | undefined } = {},
): RowLayout {
  const kept = before?.law === law && before.width === width && before.gap === gap ? before : undefined
  const known = new Map(kept?.rows.map((row) => [row[0]?.index, row]))
  const rows: (readonly PlacedBox[])[] = []
  let first = 0
  while (first < boxes.length) {
    const same = known.get(first)
    const row = same && kept && isSame(same, boxes, kept.boxes) ? same : makeRow(boxes, first, width, gap, law)
    rows.push(row)
    first += row.length
  }
  return { law, boxes, width, gap, rows }
}

/** Does this row hold what it held, and is the box that did not fit still the same? */
function isSame(row: readonly PlacedBox[], boxes: readonly Box[], before: readonly Box[]): boolean {
  const first = row[0]?.index ?? 0
  for (let index = first; index <= first + row.length; index++) if (boxes[index] !== before[index]) return false
  return true
}

function makeRow(boxes: readonly Box[], first: number, width: number, gap: number, law: Law): PlacedBox[] {
  const shares: Share[] = []
  let taken = -gap
  for (let index = first; index < boxes.length; index++) {
    const box = boxes[index]
    if (!box) break
    const low = Math.min(law.low(box), width)
    if (shares.length > 0 && taken + gap + low > width) break
    taken += gap + low
    shares.push({ low, grow: law.grow(box), high: Math.max(low, law.high(box)) })
  }
  const widths = fillRow(shares, width - gap * (shares.length - 1))
  let x = 0
  return widths.map((own, offset) => {
    const placed = { index: first + offset, x, width: own }
    x += own + gap
    return placed
  })
}
