import { isJsonObject, type Json } from "@nexus/protocol"
import { format } from "../../expression/format.ts"
import { textOf } from "../props.ts"
import { word } from "../words.ts"

export interface Column {
  readonly key: string
  readonly label: string
  readonly format: string | undefined
  readonly align: "start" | "center" | "end"
  /** As written, in pixels. */
  readonly width: number | undefined
  readonly sortable: boolean
}

/** Columns as written: names parted by commas, a list of names and objects; absent: the first row's names. */
export function columnsOf(given: unknown, rows: readonly unknown[]): readonly Column[] {
  const written = Array.isArray(given) ? given : namesOf(textOf(given))
  const [first] = rows
  const list: readonly Json[] =
    written.length > 0 ? written : isJsonObject(first as Json) ? Object.keys(first as object) : []
  return list.map((item) => {
    const fields = isJsonObject(item) ? item : { key: item }
    const key = textOf(fields.key ?? "")
    return {
      key,
      label: fields.label === undefined ? titleOf(key) : textOf(fields.label),
      format: typeof fields.format === "string" ? fields.format : undefined,
      align: alignOf(fields.align, fields.type === "number" || isNumeric(rows, key)),
      width: typeof fields.width === "number" && fields.width > 0 ? fields.width : undefined,
      sortable: fields.sort !== false,
    }
  })
}

/** Names parted by commas. */
export function namesOf(text: string): readonly string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean)
}

/** A row's own field; nothing for what is no object. */
export function fieldOf(row: unknown, key: string): unknown {
  return isJsonObject(row as Json) && Object.hasOwn(row as object, key)
    ? (row as { [name: string]: unknown })[key]
    : undefined
}

/** How a field reads in a cell. */
export function cellText(value: unknown, column: Column): string {
  if (column.format !== undefined) return format(value, column.format)
  if (value === true) return word("Yes")
  if (value === false) return word("No")
  // What names something is no amount: 2026 and not 2,026.
  if (typeof value === "number") return format(value, /(^|_)(id|year)$/i.test(column.key) ? "0.###" : undefined)
  return textOf(value)
}

const SAMPLED = 400
const DIGIT_WIDTH = 7.5
const CELL_PADDING = 24

/**
 * Widths in pixels that hold what the first rows show. Where only some rows are on screen the browser cannot find them
 * itself: columns would jump while one scrolls.
 */
export function columnWidths(columns: readonly Column[], rows: readonly unknown[]): readonly number[] {
  const sample = rows.slice(0, SAMPLED)
  return columns.map((column) => {
    if (column.width !== undefined) return column.width
    const longest = sample.reduce<number>(
      (most, row) => Math.max(most, cellText(fieldOf(row, column.key), column).length),
      column.label.length + 2,
    )
    return Math.round(Math.min(Math.max(longest, 4), 40) * DIGIT_WIDTH) + CELL_PADDING
  })
}

function alignOf(written: unknown, numeric: boolean): Column["align"] {
  if (written === "center") return "center"
  if (written === "end" || written === "right") return "end"
  return written === undefined && numeric ? "end" : "start"
}

/** Whether a column holds numbers and nothing else. */
function isNumeric(rows: readonly unknown[], key: string): boolean {
  return rows.every((row) => {
    const value = fieldOf(row, key)
    return typeof value === "number" || value === null || value === undefined
  })
}

function titleOf(key: string): string {
  const words = key
    .replaceAll("_", " ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
