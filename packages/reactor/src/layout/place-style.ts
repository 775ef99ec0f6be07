import { columnMinimum, takesWholeRow } from "./grid.ts"
import type { Arrangement } from "./place.ts"
import { AUTO, type Box, ROW } from "./rows.ts"

/**
 * The laws of `place.ts` in the browser's own words. Lengths along a line are widths of a wrapping flex row or tracks
 * of a grid, which follow the direction of the text: right-to-left mirrors without a further word.
 */
export interface BoxStyle {
  readonly flex?: string
  readonly minWidth?: string
  readonly maxWidth?: string
  readonly gridColumn?: string
}

export interface LineStyle {
  readonly gap: number
  readonly gridTemplateColumns?: string
}

const NOTHING: BoxStyle = {}
const WHOLE: BoxStyle = { gridColumn: "1 / -1" }
const autoStyles = new WeakMap<Box, BoxStyle>()
const rowStyles = new WeakMap<Box, BoxStyle>()

/** The style of one box; the same object for the same box. */
export function boxStyle(box: Box, strategy: string): BoxStyle {
  if (strategy === "stack") return NOTHING
  if (strategy === "grid") return takesWholeRow(box) ? WHOLE : NOTHING
  const [styles, law] = strategy === "row" ? [rowStyles, ROW] : [autoStyles, AUTO]
  let style = styles.get(box)
  if (!style) {
    const high = law.high(box)
    const snug = strategy === "row" && box.snug
    style = snug
      ? { flex: "0 0 auto", maxWidth: "100%" }
      : {
          flex: `${law.grow(box)} 1 0`,
          minWidth: `min(${law.low(box)}px, 100%)`,
          ...(high === Number.POSITIVE_INFINITY ? {} : { maxWidth: `${high}px` }),
        }
    styles.set(box, style)
  }
  return style
}

/** The style of the box around them. */
export function lineStyle(boxes: readonly Box[], { strategy, gap, columns }: Arrangement): LineStyle {
  if (strategy !== "grid") return { gap }
  const least = columnMinimum(boxes)
  const track = `max(min(${least}px, 100%), (100% - ${gap * (columns - 1)}px) / ${columns})`
  return { gap, gridTemplateColumns: `repeat(auto-fill, minmax(${track}, 1fr))` }
}
