import { type Json, keyOf } from "@nexus/protocol"
import { type KeyboardEvent, type ReactNode, useState } from "react"
import { cellText, columnsOf, fieldOf } from "../columns.ts"
import type { ComponentProps } from "../component.ts"
import { Problem } from "../Field.tsx"
import { useEvent } from "../use-event.ts"

export function Table(component: ComponentProps): ReactNode {
  const { props, root } = component
  const select = useEvent(component, "onSelect")
  const rows = props.list("rows")
  const columns = columnsOf(props.raw("columns"), rows)
  const limit = Math.max(1, props.number("limit") ?? 100)
  const [more, setMore] = useState(0)
  const shown = rows.slice(0, limit + more)
  const label = props.text("label")
  if (rows.length === 0) {
    return (
      <div {...root} className="nx-table">
        {label !== "" && <div className="nx-label">{label}</div>}
        <p className="nx-muted">{props.text("empty")}</p>
      </div>
    )
  }
  return (
    <div {...root} className="nx-table">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <div className="nx-table-scroll" tabIndex={0}>
        <table>
          {label !== "" && <caption className="nx-label">{label}</caption>}
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.key} scope="col" data-align={column.align}>
                  {column.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <tr
                key={keyOf(row as Json) ?? index}
                {...(select.defined ? selectable(() => select.fire(row as Json)) : {})}
              >
                {columns.map((column) => (
                  <td key={column.key} data-align={column.align}>
                    {cellText(fieldOf(row, column.key), column)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown.length && (
        <button type="button" className="nx-button nx-more" data-variant="quiet" onClick={() => setMore(more + limit)}>
          Show {Math.min(limit, rows.length - shown.length)} more of {rows.length}
        </button>
      )}
      <Problem message={select.failure} />
    </div>
  )
}

function selectable(choose: () => void) {
  return {
    tabIndex: 0,
    "data-selectable": "",
    onClick: choose,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "Enter" && event.key !== " ") return
      event.preventDefault()
      choose()
    },
  }
}
