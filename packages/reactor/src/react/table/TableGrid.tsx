import type { Json } from "@nexus/protocol"
import { type ReactNode, useDeferredValue, useId, useMemo, useState } from "react"
import type { ComponentProps } from "../component.ts"
import { Problem } from "../Field.tsx"
import { useEvent } from "../use-event.ts"
import { useHydrated } from "../use-hydrated.ts"
import { word } from "../words.ts"
import { columnsOf, columnWidths } from "./columns.ts"
import { filterRows, nextSort, parseSort, type Sort, sortRows, tableRows } from "./rows.ts"
import { TableFoot } from "./TableFoot.tsx"
import { TableHead } from "./TableHead.tsx"
import { TableRows } from "./TableRows.tsx"
import { useColumnWidths } from "./use-column-widths.ts"
import { useRowFocus } from "./use-row-focus.ts"

/** How many rows are painted whole; beyond them only those in sight are. */
const WHOLE = 100
export const TABLE_HEIGHT = 480

/**
 * A table in three steps from its list to the screen: filtered, sorted, cut to a page or to what is in sight. The server
 * paints the first rows of the same table; a list of ten thousand costs the browser what fits its box.
 */
export function TableGrid(component: ComponentProps): ReactNode {
  const { props } = component
  const heading = useId()
  const hydrated = useHydrated()
  const select = useEvent(component, "onSelect")
  const given = props.raw("columns")
  const list = props.list("rows")
  const all = useMemo(() => tableRows(list), [list])
  const columns = useMemo(() => columnsOf(given, list), [given, list])

  const [query, setQuery] = useState("")
  const [pressed, setPressed] = useState<{ readonly sort: Sort | undefined }>()
  const sort = pressed ? pressed.sort : parseSort(props.text("sort"))
  const sortKey = sort?.key
  const descending = sort?.descending ?? false
  const wanted = useDeferredValue(query)
  const found = useMemo(() => filterRows(all, columns, wanted), [all, columns, wanted])
  const sorted = useMemo(
    () => sortRows(found, sortKey === undefined ? undefined : { key: sortKey, descending }),
    [found, sortKey, descending],
  )

  const [page, setPage] = useState(0)
  const [more, setMore] = useState(0)
  const perPage = Math.max(0, Math.round(props.number("page") ?? 0))
  const limit = props.number("limit")
  const pages = perPage > 0 ? Math.max(1, Math.ceil(sorted.length / perPage)) : 1
  const first = Math.min(page, pages - 1) * perPage
  const most = perPage > 0 ? perPage : limit === undefined ? sorted.length : Math.max(1, limit) + more
  const rows = useMemo(() => sorted.slice(first, first + most), [sorted, first, most])
  const virtual = rows.length > WHOLE
  const shown = virtual && !hydrated ? rows.slice(0, WHOLE) : rows

  const own = useMemo(
    () => (virtual || columns.some(({ width }) => width !== undefined) ? columnWidths(columns, list) : undefined),
    [virtual, columns, list],
  )
  const sizes = useColumnWidths(own)
  const focus = useRowFocus(shown.length)
  const height = props.number("height") ?? TABLE_HEIGHT
  const [chosen, setChosen] = useState<string>()
  const selected = props.raw("selected")
  const label = props.text("label")
  const choose = (index: number) => {
    const entry = shown[index]
    if (!entry) return
    focus.setActive(index)
    setChosen(entry.key)
    select.fire(entry.row as Json)
  }
  const total = sizes.widths?.reduce((sum, width) => sum + width, 0)

  return (
    <>
      {(label !== "" || props.flag("filter")) && (
        <div className="nx-table-bar">
          {label !== "" && (
            <div className="nx-label" id={heading}>
              {label}
            </div>
          )}
          {props.flag("filter") && (
            <input
              type="search"
              className="nx-input nx-table-filter"
              placeholder={word("Filter")}
              aria-label={label === "" ? word("Filter rows") : word("Filter {label}", { label })}
              value={query}
              onChange={(event) => {
                setQuery(event.target.value)
                setPage(0)
              }}
            />
          )}
        </div>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset groups inputs, and a section would be a landmark */}
      <div
        ref={focus.setBox}
        role="group"
        className="nx-table-scroll"
        aria-label={label || word("Table")}
        style={{ maxHeight: height }}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <table
          role={select.defined ? "grid" : undefined}
          aria-labelledby={label === "" ? undefined : heading}
          aria-rowcount={sorted.length + 1}
          data-fixed={sizes.widths ? "" : undefined}
          style={sizes.widths ? { minWidth: total, width: sizes.resized ? total : undefined } : undefined}
        >
          {sizes.widths && (
            <colgroup>
              {columns.map(({ key }, index) => (
                <col key={key} style={{ width: sizes.widths?.[index] }} />
              ))}
            </colgroup>
          )}
          <TableHead
            columns={columns}
            sort={sort}
            sortable={props.flag("sortable")}
            onSort={(key) => {
              setPressed({ sort: nextSort(sort, key) })
              setPage(0)
            }}
            sizes={sizes}
          />
          <TableRows
            rows={shown}
            columns={columns}
            first={first}
            virtual={virtual && hydrated}
            height={height}
            focus={focus}
            isChosen={(entry) =>
              selected === undefined || selected === null
                ? entry.key === chosen
                : entry.key === `${typeof selected}:${String(selected)}`
            }
            choose={select.defined ? choose : undefined}
          />
        </table>
        {sorted.length === 0 && (
          <p className="nx-muted nx-table-empty">
            {all.length === 0 ? props.text("empty") : word("No row has these words")}
          </p>
        )}
      </div>
      <TableFoot
        rows={shown.length}
        first={first}
        found={sorted.length}
        all={all.length}
        page={perPage > 0 && pages > 1 ? { current: first / perPage, count: pages, go: setPage } : undefined}
        more={perPage > 0 || limit === undefined ? undefined : { step: limit, show: () => setMore(more + limit) }}
        quiet={!props.flag("filter") && all.length <= 10}
      />
      <Problem message={select.failure} />
    </>
  )
}
