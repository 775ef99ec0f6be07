import type { ReactNode } from "react"
import { format } from "../../expression/format.ts"
import { word } from "../words.ts"

export interface TableFootProps {
  /** How many rows are on screen, from which on, of how many found, of how many there are. */
  readonly rows: number
  readonly first: number
  readonly found: number
  readonly all: number
  readonly page: { readonly current: number; readonly count: number; readonly go: (page: number) => void } | undefined
  readonly more: { readonly step: number; readonly show: () => void } | undefined
  /** The count is told to screen readers only. */
  readonly quiet: boolean
}

/** How many rows there are, told anew when a filter changes it, and the way to the others. */
export function TableFoot({ rows, first, found, all, page, more, quiet }: TableFootProps): ReactNode {
  const rest = found - first - rows
  return (
    <div className="nx-table-foot">
      <span role="status" className={quiet ? "nx-hidden" : "nx-table-count"}>
        {countOf({ rows, first, found, all })}
      </span>
      {more && rest > 0 && (
        <button type="button" className="nx-button nx-more" data-variant="quiet" onClick={more.show}>
          {word("Show {count} more of {found}", { count: Math.min(more.step, rest), found })}
        </button>
      )}
      {page && (
        <span className="nx-pager">
          <button
            type="button"
            className="nx-button"
            data-variant="quiet"
            disabled={page.current === 0}
            onClick={() => page.go(page.current - 1)}
          >
            {word("Previous")}
          </button>
          <span className="nx-table-count">
            {page.current + 1} / {page.count}
          </span>
          <button
            type="button"
            className="nx-button"
            data-variant="quiet"
            disabled={page.current + 1 >= page.count}
            onClick={() => page.go(page.current + 1)}
          >
            {word("Next")}
          </button>
        </span>
      )}
    </div>
  )
}

function countOf({ rows, first, found, all }: { rows: number; first: number; found: number; all: number }): string {
  const [rest, count] = [format(found, undefined), format(all, undefined)]
  const every = all === 1 ? word("1 row") : word("{count} rows", { count })
  const whole = found === all ? every : word("{found} of {rows}", { found: rest, rows: every })
  if (rows === found) return whole
  return word("{first}–{last} of {rows}", {
    first: format(first + 1, undefined),
    last: format(first + rows, undefined),
    rows: whole,
  })
}
