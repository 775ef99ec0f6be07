/**
 * A table as it was read from a file: names, cells as texts, and what was odd about it. Cells stay texts until a panel is
 * made, because a column's type is a guess that a person may correct.
 */
export interface TableData {
  readonly names: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** How many rows the file has; more than `rows` where the rest was left out. */
  readonly total: number
  readonly problems: readonly TableProblem[]
}

/** Something odd, at a line of the file counted from 1. */
export interface TableProblem {
  readonly line: number
  readonly kind: "few" | "many" | "quote"
}

/** The most rows that one panel takes. */
export const MOST_ROWS = 10_000
/** The most columns that are read. */
export const MOST_COLUMNS = 60
/** The most bytes of a file that is opened at all. */
export const MOST_FILE_BYTES = 64 * 1024 * 1024
/** The most text of rows that fits into one change, with room for what stands around it. */
export const MOST_ROW_TEXT = 1_400_000
