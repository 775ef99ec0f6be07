import type { Box, PlacedBox } from "./rows.ts"

/** A box that wants more than any screen has: it takes a row of its own, also in a grid. */
const WHOLE_ROW_PX = 4096

/** Does this box stand alone in its row? */
export function takesWholeRow(box: Box): boolean {
  return box.min >= WHOLE_ROW_PX
}

/** The narrowest that a column of this grid may get. What is as wide as its words can stand in half of its minimum. */
export function columnMinimum(boxes: readonly Box[]): number {
  const minima = boxes.filter((box) => !takesWholeRow(box)).map(({ min, snug }) => (snug ? min / 2 : min))
  return Math.max(1, ...minima)
}

/**
 * A grid of at most `columns` equal columns, fewer where a column would get narrower than any of its boxes can be.
 * The same as `repeat(auto-fill, minmax(max(<minimum>, (100% − gaps) / <columns>), 1fr))` in CSS.
 */
export function layoutGrid(boxes: readonly Box[], width: number, gap: number, columns: number): PlacedBox[][] {
  const least = Math.min(columnMinimum(boxes), width)
  const wanted = Math.max(least, (width - gap * (columns - 1)) / columns)
  const count = Math.min(columns, Math.max(1, Math.floor((width + gap) / (wanted + gap) + 1e-6)))
  const column = Math.max(0, (width - gap * (count - 1)) / count)
  const rows: PlacedBox[][] = []
  let row: PlacedBox[] = []
  for (const [index, box] of boxes.entries()) {
    const whole = takesWholeRow(box)
    if (row.length === count || (whole && row.length > 0)) {
      rows.push(row)
      row = []
    }
    if (whole) rows.push([{ index, x: 0, width: Math.floor(width) }])
    else row.push({ index, x: Math.floor(row.length * (column + gap)), width: Math.floor(column) })
  }
  return row.length > 0 ? [...rows, row] : rows
}
