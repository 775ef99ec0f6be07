/**
 * The automatic layout. Boxes are placed in reading order into rows: a row takes the next box while every box in it
 * still gets a comfortable width (half-way between its minimum and its ideal). Then the row is filled: all boxes grow or
 * shrink by one common factor of their ideal width, each held between its minimum and maximum. That factor has a closed
 * form (the sum of clamped lines is piecewise linear), so the same boxes in the same width give the same places on every
 * machine. A general constraint solver was refused: it may answer differently after a different history.
 */
export interface Box {
  readonly min: number
  readonly ideal: number
  readonly max: number
}

export interface PlacedBox {
  /** Position of the box in the given list. */
  readonly index: number
  readonly x: number
  readonly width: number
}

/** The rows of `boxes` in `width` pixels with `gap` between neighbours. Widths are whole pixels and never overflow. */
export function layoutRows(boxes: readonly Box[], width: number, gap = 0): PlacedBox[][] {
  const rows: PlacedBox[][] = []
  let first = 0
  while (first < boxes.length) {
    let end = first + 1
    let taken = comfortable(boxes[first])
    while (end < boxes.length && taken + gap + comfortable(boxes[end]) <= width) {
      taken += gap + comfortable(boxes[end])
      end += 1
    }
    rows.push(placeRow(boxes.slice(first, end), first, width, gap))
    first = end
  }
  return rows
}

function comfortable(box: Box | undefined): number {
  return box ? (box.min + box.ideal) / 2 : 0
}

function placeRow(boxes: readonly Box[], first: number, width: number, gap: number): PlacedBox[] {
  const room = Math.max(0, width - gap * (boxes.length - 1))
  const widths = fill(boxes, room)
  let x = 0
  return widths.map((boxWidth, offset) => {
    const placed = { index: first + offset, x, width: boxWidth }
    x += boxWidth + gap
    return placed
  })
}

/** Widths that fill `room` as far as the maxima allow. */
function fill(boxes: readonly Box[], room: number): number[] {
  const [only] = boxes
  if (boxes.length === 1 && only) return [Math.floor(Math.min(room, Math.max(only.max, only.min)))]
  const factor = commonFactor(boxes, room)
  return boxes.map((box) => Math.floor(widthAt(box, factor)))
}

function widthAt(box: Box, factor: number): number {
  return Math.min(Math.max(box.ideal * factor, box.min), Math.max(box.max, box.min))
}

/** The factor at which the boxes' widths add up to `room`: found on the stretch between two of its corners. */
function commonFactor(boxes: readonly Box[], room: number): number {
  const total = (factor: number) => boxes.reduce((sum, box) => sum + widthAt(box, factor), 0)
  const corners = boxes
    .flatMap(({ min, ideal, max }) => [min / ideal, Math.max(max, min) / ideal])
    .sort((a, b) => a - b)
  let low = 0
  for (const high of corners) {
    const below = total(low)
    const above = total(high)
    if (above >= room) return above === below ? high : low + ((room - below) / (above - below)) * (high - low)
    low = high
  }
  return low
}
