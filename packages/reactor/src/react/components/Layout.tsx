import { type ReactNode, useContext, useMemo, useRef } from "react"
import { boxOf } from "../../layout/boxes.ts"
import { type Arrangement, placeBoxes } from "../../layout/place.ts"
import { boxStyle, lineStyle } from "../../layout/place-style.ts"
import type { Box, RowLayout } from "../../layout/rows.ts"
import type { Cell } from "../../store/cells.ts"
import { CellView, useCells } from "../Cells.tsx"
import type { ComponentProps } from "../component.ts"
import { usePanel } from "../panel-context.ts"
import { useReadable } from "../use-value.ts"
import { WidthContext } from "../width-context.ts"

/**
 * Places its children by styles that say the layout's law, so the browser alone reflows it: nothing here is measured
 * and nothing is painted twice. Where the width is known beforehand, each child is told the width it will get.
 */
export function Layout({ node, places, props, root }: ComponentProps): ReactNode {
  const cells = useCells(node.children, places)
  const arrangement: Arrangement = {
    strategy: props.choice("strategy"),
    gap: Math.max(0, Math.round(props.number("gap") ?? 12)),
    columns: Math.max(1, Math.round(props.number("columns") ?? 2)),
  }
  const { strategy } = arrangement
  const { declarations } = useReadable(usePanel().library)
  const boxes = useMemo(() => cells.map(({ node: child }) => boxOf(child, declarations)), [cells, declarations])
  const width = useContext(WidthContext)
  const placed = (index: number) => {
    const [cell, box] = [cells[index], boxes[index]]
    return cell && box ? <Placed key={cell.key} cell={cell} box={box} strategy={strategy} /> : null
  }
  return (
    <div {...root} className="nx-layout" data-strategy={strategy} style={lineStyle(boxes, arrangement)}>
      {width === undefined ? (
        cells.map((_, index) => placed(index))
      ) : (
        <Measured boxes={boxes} arrangement={arrangement} width={width}>
          {placed}
        </Measured>
      )}
    </div>
  )
}

interface MeasuredProps {
  readonly boxes: readonly Box[]
  readonly arrangement: Arrangement
  readonly width: number
  readonly children: (index: number) => ReactNode
}

/** Tells each child the width that the layout's law gives it. */
function Measured({ boxes, arrangement, width, children }: MeasuredProps): ReactNode {
  const last = useRef<RowLayout>(undefined)
  const { strategy, gap, columns } = arrangement
  const widths = useMemo(() => {
    // What was placed before only saves work: the answer is the same without it.
    last.current = placeBoxes(boxes, width, { strategy, gap, columns }, last.current)
    return last.current.rows.flatMap((row) => row.map((box) => box.width))
  }, [boxes, width, strategy, gap, columns])
  return widths.map((own, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: what is inside carries the cell's own key
    <WidthContext key={index} value={own}>
      {children(index)}
    </WidthContext>
  ))
}

interface PlacedProps {
  readonly cell: Cell
  readonly box: Box
  readonly strategy: string
}

function Placed({ cell, box, strategy }: PlacedProps): ReactNode {
  return (
    <div className="nx-cell" style={boxStyle(box, strategy)}>
      <CellView cell={cell} />
    </div>
  )
}
