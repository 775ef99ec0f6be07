import { components, type ViewNode } from "@nexus/protocol"
import { createCells } from "../../store/cells.ts"
import type { LivePanel } from "../../store/live-panel.ts"
import type { Places } from "../../store/places.ts"
import { untracked } from "../../store/signal.ts"
import { evaluateProps, Props } from "../props.ts"
import { type Column, columnsOf, fieldOf } from "./columns.ts"

/** What a Table shows now: its label, its columns, and a value for each of them in every row. */
export interface ShownTable {
  readonly label: string
  readonly columns: readonly Pick<Column, "key" | "label">[]
  readonly rows: readonly (readonly unknown[])[]
}

/** The tables of a panel in the order in which they stand, those in closed tabs too. All rows, as the list has them. */
export function tablesOf({ panel, root }: LivePanel): readonly ShownTable[] {
  return untracked(() => tablesIn(panel.view, root))
}

function tablesIn(nodes: readonly ViewNode[], places: Places): readonly ShownTable[] {
  return createCells(nodes, places)().flatMap((cell) => {
    if (cell.kind !== "component") return []
    if (cell.node.element !== "Table") return tablesIn(cell.node.children, cell.places)
    const props = new Props(components.get("Table"), evaluateProps(cell.node, cell.places).values)
    const list = props.list("rows")
    const columns = columnsOf(props.raw("columns"), list)
    return [
      { label: props.text("label"), columns, rows: list.map((row) => columns.map(({ key }) => fieldOf(row, key))) },
    ]
  })
}
