import type { CSSProperties, ReactNode } from "react"
import { boxOf } from "../../layout/boxes.ts"
import { layoutRows } from "../../layout/rows.ts"
import { CellView, useCells } from "../Cells.tsx"
import type { ComponentProps } from "../component.ts"
import { useWidth } from "../use-width.ts"

/**
 * Places its children. `auto` asks the layout for the rows of the width it has; until that is measured, and on the
 * server, CSS flexbox with the same widths stands in.
 */
export function Layout({ node, places, props, root }: ComponentProps): ReactNode {
  const cells = useCells(node.children, places)
  const strategy = props.choice("strategy")
  const gap = props.number("gap") ?? 12
  const { box, width } = useWidth()
  const styles =
    strategy === "auto"
      ? autoStyles(
          cells.map(({ node: child }) => boxOf(child)),
          width,
          gap,
        )
      : []
  const columns = strategy === "grid" ? Math.max(1, Math.round(props.number("columns") ?? 2)) : undefined
  const style: CSSProperties = {
    gap,
    ...(columns ? { gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` } : {}),
  }
  return (
    <div {...root} ref={box} className="nx-layout" data-strategy={strategy} style={style}>
      {cells.map((cell, index) => (
        <div key={cell.key} className="nx-cell" style={styles[index]}>
          <CellView cell={cell} />
        </div>
      ))}
    </div>
  )
}

function autoStyles(boxes: ReturnType<typeof boxOf>[], width: number | undefined, gap: number): CSSProperties[] {
  if (width === undefined) {
    return boxes.map(({ min, ideal, max }) => ({
      flex: `1 1 ${(min + ideal) / 2}px`,
      minWidth: `min(${min}px, 100%)`,
      maxWidth: max,
    }))
  }
  return layoutRows(boxes, width, gap).flatMap((row) =>
    row.map((placed, position) => {
      const last = position === row.length - 1
      // The rest of the row belongs to its last box, so that the next row starts where the layout says.
      const rest = last ? Math.max(0, width - placed.x - placed.width) : 0
      return { flex: `0 0 ${placed.width}px`, marginInlineEnd: rest }
    }),
  )
}
