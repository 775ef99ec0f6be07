import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual"
import { type KeyboardEvent, type ReactNode, useCallback } from "react"
import { type Column, cellText, fieldOf } from "./columns.ts"
import type { TableRow } from "./rows.ts"
import type { useRowFocus } from "./use-row-focus.ts"

const ROW_HEIGHT = 37
const HEAD_HEIGHT = 33
const OVERSCAN = 8
/** What has no more characters stays in one line: a day, a name. */
const SHORT = 12

export interface TableRowsProps {
  readonly rows: readonly TableRow[]
  readonly columns: readonly Column[]
  /** How many rows stand on the pages before. */
  readonly first: number
  /** Only the rows in sight are painted. */
  readonly virtual: boolean
  readonly height: number
  readonly focus: ReturnType<typeof useRowFocus>
  readonly isChosen: (entry: TableRow) => boolean
  readonly choose: ((index: number) => void) | undefined
}

export function TableRows(given: TableRowsProps): ReactNode {
  return given.virtual ? <VirtualRows {...given} /> : <WholeRows {...given} />
}

function WholeRows(given: TableRowsProps): ReactNode {
  const { rows, focus } = given
  const reveal = (index: number) =>
    focus.box?.querySelector(`tr[data-index="${index}"]`)?.scrollIntoView?.({ block: "nearest" })
  return (
    <tbody>
      {rows.map((entry, index) => (
        <Row key={entry.key} {...rowProps(given, entry, index, reveal)} />
      ))}
    </tbody>
  )
}

function VirtualRows(given: TableRowsProps): ReactNode {
  const { rows, columns, height, focus } = given
  const { active, box } = focus
  const rangeExtractor = useCallback(
    (range: Range) => {
      const seen = defaultRangeExtractor(range)
      // The row that holds the focus stays, or the focus would be lost by scrolling.
      return active >= range.count || seen.includes(active) ? seen : [...seen, active].sort((a, b) => a - b)
    },
    [active],
  )
  const virtualizer = useVirtualizer<HTMLDivElement, HTMLTableRowElement>({
    count: rows.length,
    getScrollElement: () => box,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.key ?? index,
    initialRect: { width: 0, height },
    scrollPaddingEnd: HEAD_HEIGHT,
    overscan: OVERSCAN,
    useFlushSync: false,
    rangeExtractor,
  })
  const reveal = (index: number) => virtualizer.scrollToIndex(index, { align: "auto" })
  const painted: ReactNode[] = []
  let end = 0
  for (const item of virtualizer.getVirtualItems()) {
    const entry = rows[item.index]
    if (!entry) continue
    if (item.start > end) painted.push(<Gap key={`before ${item.key}`} columns={columns} height={item.start - end} />)
    painted.push(
      <Row key={entry.key} {...rowProps(given, entry, item.index, reveal)} measure={virtualizer.measureElement} />,
    )
    end = item.end
  }
  const rest = virtualizer.getTotalSize() - end
  if (rest > 0) painted.push(<Gap key="after" columns={columns} height={rest} />)
  return <tbody>{painted}</tbody>
}

/** Stands for rows that are out of sight. */
function Gap({ columns, height }: { readonly columns: readonly Column[]; readonly height: number }): ReactNode {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <tr className="nx-gap" aria-hidden="true">
      <td colSpan={Math.max(1, columns.length)} style={{ height }} />
    </tr>
  )
}

interface RowProps {
  readonly entry: TableRow
  readonly index: number
  readonly rowIndex: number
  readonly columns: readonly Column[]
  readonly selectable: boolean
  readonly chosen: boolean
  readonly active: boolean
  readonly onChoose: (index: number) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly measure?: (row: HTMLTableRowElement | null) => void
}

function rowProps(given: TableRowsProps, entry: TableRow, index: number, reveal: (index: number) => void): RowProps {
  const { columns, first, focus, choose, isChosen } = given
  return {
    entry,
    index,
    columns,
    rowIndex: first + index + 2,
    selectable: choose !== undefined,
    chosen: choose !== undefined && isChosen(entry),
    active: focus.active === index,
    onChoose: (at) => choose?.(at),
    onKeyDown: (event) => choose && focus.onKeyDown(event, choose, reveal),
  }
}

function Row({ entry, index, rowIndex, columns, measure, selectable, chosen, active, ...on }: RowProps): ReactNode {
  return (
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={rowIndex}
      {...(selectable && {
        "data-selectable": "",
        "aria-selected": chosen,
        tabIndex: active ? 0 : -1,
        onClick: () => on.onChoose(index),
        onKeyDown: on.onKeyDown,
      })}
    >
      {columns.map((column) => {
        const text = cellText(fieldOf(entry.row, column.key), column)
        return (
          <td
            key={column.key}
            data-align={column.align}
            data-short={(column.align !== "end" && text.length <= SHORT) || undefined}
          >
            {text}
          </td>
        )
      })}
    </tr>
  )
}
