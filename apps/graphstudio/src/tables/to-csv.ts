import type { ShownTable } from "@nexus/reactor/react"
import Papa from "papaparse"

/** Begins a file that old spreadsheets then read as UTF-8. */
const BYTE_ORDER_MARK = "\ufeff"

/**
 * A table as CSV. A text that a spreadsheet would take for a formula (`=`, `+`, `-`, `@` in front) gets a quotation mark
 * before it, so that what somebody wrote into a panel never runs on another's machine. Numbers stay numbers.
 */
export function toCsv({ columns, rows }: ShownTable): string {
  const fields = columns.map(({ label }) => label)
  const data = rows.map((row) => row.map(cellOf))
  return BYTE_ORDER_MARK + Papa.unparse({ fields, data }, { escapeFormulae: true })
}

function cellOf(value: unknown): string | number {
  if (value === undefined || value === null) return ""
  if (typeof value === "number") return value
  return typeof value === "object" ? JSON.stringify(value) : String(value)
}
