import { guessType } from "./column-type.ts"
import type { ReadTable } from "./read-table.ts"
import { type ChartChoice, repeats, type TableColumn } from "./table-panel.ts"

/** What a person decides about a table; a column may be left out. */
export interface Choices {
  readonly title: string
  readonly columns: readonly (TableColumn & { readonly taken: boolean })[]
  readonly table: boolean
  readonly chart: ChartChoice | undefined
}

const CHARTED = 3

/** What stands there before anything is decided: every column by its guessed type, and a chart where there is a number. */
export function firstChoices(file: string, table: ReadTable): Choices {
  const columns = table.names.map((name, index) => {
    const cells = table.rows.map((row) => row[index] ?? "")
    return { index, name, type: guessType(cells), taken: true }
  })
  return { title: titleOf(file), columns, table: true, chart: firstChart(table, columns) }
}

/** A chart that says something at once; nothing where no column can be measured. */
export function firstChart(table: ReadTable, columns: readonly TableColumn[]): ChartChoice | undefined {
  const numbers = columns.filter(({ type, name }) => type === "number" && !/(^|[_ ])id$/i.test(name))
  const x = columns.find(({ type }) => type === "date") ?? columns.find(({ type }) => type === "text") ?? columns[0]
  if (!x || numbers.length === 0) return undefined
  const y = numbers.filter(({ index }) => index !== x.index).slice(0, CHARTED)
  if (y.length === 0) return undefined
  return {
    kind: x.type === "date" ? "line" : "bar",
    x: x.name,
    y: y.map(({ name }) => name),
    how: repeats(table, x) ? "sum" : "rows",
  }
}

/** "sales-2026.csv" → "Sales 2026". */
function titleOf(file: string): string {
  const words = file
    .replace(/\.[a-z]{2,6}$/i, "")
    .replaceAll(/[_-]+/g, " ")
    .trim()
  return words === "" ? file : words.slice(0, 1).toUpperCase() + words.slice(1, 120)
}
