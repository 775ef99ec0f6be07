import { layoutGrid } from "./grid.ts"
import { type Box, layoutRows, ROW, type RowLayout } from "./rows.ts"

/** What a `Layout` says of its children. `gap` and `columns` are whole. */
export interface Arrangement {
  readonly strategy: string
  readonly gap: number
  readonly columns: number
}

/** `before` is the last answer for the same Layout; what stays the same in it is kept. */
export function placeBoxes(
  boxes: readonly Box[],
  width: number,
  arrangement: Arrangement,
  before?: RowLayout,
): RowLayout {
  const { strategy, gap, columns } = arrangement
  switch (strategy) {
    case "grid":
      return { law: undefined, boxes, width, gap, rows: layoutGrid(boxes, width, gap, columns) }
    case "stack":
      return { law: undefined, boxes, width, gap, rows: boxes.map((_, index) => [{ index, x: 0, width }]) }
    case "row":
      return layoutRows(boxes, width, gap, { law: ROW, before })
    default:
      return layoutRows(boxes, width, gap, { before })
  }
}
