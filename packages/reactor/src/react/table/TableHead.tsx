import type { ReactNode } from "react"
import type { Column } from "./columns.ts"
import type { Sort } from "./rows.ts"
import type { useColumnWidths } from "./use-column-widths.ts"

export interface TableHeadProps {
  readonly columns: readonly Column[]
  readonly sort: Sort | undefined
  readonly sortable: boolean
  readonly onSort: (key: string) => void
  readonly sizes: ReturnType<typeof useColumnWidths>
}

/** The headings: each a button that sorts, with an edge to drag. */
export function TableHead({ columns, sort, sortable, onSort, sizes }: TableHeadProps): ReactNode {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column, index) => {
          const direction = sort?.key === column.key ? (sort.descending ? "descending" : "ascending") : undefined
          return (
            <th key={column.key} scope="col" data-align={column.align} aria-sort={direction}>
              {sortable && column.sortable ? (
                <button
                  type="button"
                  className="nx-sort"
                  onClick={() => onSort(column.key)}
                  onKeyDown={(event) => sizes.onKeyDown(event, index)}
                >
                  <span>{column.label}</span>
                  <SortMark direction={direction} />
                </button>
              ) : (
                column.label
              )}
              <span
                className="nx-resize"
                aria-hidden="true"
                onPointerDown={(event) => sizes.onPointerDown(event, index)}
              />
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

function SortMark({ direction }: { readonly direction: "ascending" | "descending" | undefined }): ReactNode {
  const up = "M5 1 L8.5 5 H1.5 Z"
  const down = "M5 11 L8.5 7 H1.5 Z"
  return (
    <svg className="nx-sort-mark" viewBox="0 0 10 12" width="10" height="12" aria-hidden="true">
      <path d={up} data-on={direction === "ascending" || undefined} />
      <path d={down} data-on={direction === "descending" || undefined} />
    </svg>
  )
}
