import { isJsonObject, type Json } from "@nexus/protocol"
import { format } from "../expression/format.ts"
import { textOf } from "./props.ts"

export interface Column {
  readonly key: string
  readonly label: string
  readonly format: string | undefined
  readonly align: "start" | "end"
}

/** Columns as written: names parted by commas, a list of names and objects; absent: the first row's names. */
export function columnsOf(given: unknown, rows: readonly unknown[]): readonly Column[] {
  const written = Array.isArray(given)
    ? given
    : textOf(given)
        .split(",")
        .map((text) => text.trim())
        .filter(Boolean)
  const [first] = rows
  const list: readonly Json[] =
    written.length > 0 ? written : isJsonObject(first as Json) ? Object.keys(first as object) : []
  return list.map((item) => {
    const fields = isJsonObject(item) ? item : { key: item }
    const key = textOf(fields.key ?? "")
    const numeric = fields.type === "number" || rows.every((row) => isNumberOrEmpty(fieldOf(row, key)))
    return {
      key,
      label: fields.label === undefined ? titleOf(key) : textOf(fields.label),
      format: typeof fields.format === "string" ? fields.format : undefined,
      align:
        fields.align === "end" || fields.align === "right" || (fields.align === undefined && numeric) ? "end" : "start",
    }
  })
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
  if (value === true) return "Yes"
  if (value === false) return "No"
  return typeof value === "number" ? format(value, undefined) : textOf(value)
}

function isNumberOrEmpty(value: unknown): boolean {
  return typeof value === "number" || value === null || value === undefined
}

function titleOf(key: string): string {
  const words = key
    .replaceAll("_", " ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
