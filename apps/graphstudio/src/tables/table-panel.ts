import type { Json, JsonObject } from "@nexus/protocol"
import { formatPanel } from "@nexus/reactor"
import { say } from "../words/say.ts"
import { type ColumnType, cellValue } from "./column-type.ts"
import { MOST_ROW_TEXT, MOST_ROWS, type TableData } from "./table-data.ts"

export interface TableColumn {
  /** Its place in the file's lines. */
  readonly index: number
  readonly name: string
  readonly type: ColumnType
}

export const CHART_KINDS = ["bar", "line", "area", "pie", "scatter"] as const
export type ChartKind = (typeof CHART_KINDS)[number]

export const CHART_WAYS = ["rows", "sum", "average", "count"] as const

export interface ChartChoice {
  readonly kind: ChartKind
  /** Names of columns: along the bottom, and what is measured. */
  readonly x: string
  readonly y: readonly string[]
  /** The rows as they are, or those with the same `x` brought together. */
  readonly how: (typeof CHART_WAYS)[number]
}

export interface TablePanelChoice {
  readonly title: string
  readonly file: string
  readonly columns: readonly TableColumn[]
  readonly table: boolean
  readonly chart: ChartChoice | undefined
}

const WAYS = { sum: say("sum"), average: say("average"), count: say("count") } as const

/**
 * The panel of a table: a short source that a person can read, and the rows as the state that it starts with. Rows inside
 * of the source were refused: a thousand lines of JSON in an attribute are a source that nobody reads, and a correction
 * of the source would have to carry them.
 */
export function toTablePanel({ title, file, columns, table, chart }: TablePanelChoice): string {
  const names = columns.map(({ name }) => word(name)).join(", ")
  const facts = columns.map(({ name, type }) => `${name} (${type === "yesno" ? "yes or no" : type})`).join(", ")
  const data = [`<State name="rows" type="list" description="${escaped(`Each: ${facts}`)}"/>`]
  const view: string[] = []
  if (chart) {
    const { kind, x, y, how } = chart
    if (how !== "rows") data.push(computedOf(chart))
    const drawn = { values: y.join(", "), group: x }
    const label =
      how === "rows"
        ? say("{values} by {group}", drawn)
        : say("{how} of {values} by {group}", { how: WAYS[how], ...drawn })
    const list = how === "rows" ? "$state.rows" : "$computed.drawn"
    const measured = escaped(`{[${y.map(word).join(", ")}]}`)
    view.push(
      `<Chart label="${attribute(label)}" type="${kind}" data="{${list}}" x="${attribute(x)}" y="${measured}" height="240"/>`,
    )
  }
  if (table) {
    const shown = escaped(`{[${names}]}`)
    view.push(`<Table label="${attribute(title)}" rows="{$state.rows}" columns="${shown}" filter="true" height="420"/>`)
  }
  return formatPanel(
    `<NexusPanel title="${escaped(title)}" version="1.0.0" description="${escaped(`The rows of ${file}`)}"><Data>${data.join("")}</Data><View><Layout strategy="stack">${view.join("")}</Layout></View></NexusPanel>`,
  )
}

/** The rows as values of their columns' types, as many as fit into one change. */
export function toRows(data: TableData, columns: readonly TableColumn[], most = MOST_ROWS): readonly JsonObject[] {
  const rows: JsonObject[] = []
  let size = 0
  for (const cells of data.rows.slice(0, most)) {
    const row: { [name: string]: Json } = {}
    for (const { index, name, type } of columns) row[name] = cellValue(cells[index] ?? "", type)
    size += JSON.stringify(row).length
    if (size > MOST_ROW_TEXT) break
    rows.push(row)
  }
  return rows
}

/** Do rows share what stands along the bottom, so that a chart has to bring them together? */
export function repeats(data: TableData, { index }: TableColumn): boolean {
  const seen = new Set<string>()
  return data.rows.some((cells) => {
    const cell = cells[index] ?? ""
    if (seen.has(cell)) return true
    seen.add(cell)
    return false
  })
}

/** The list that a chart draws, where it is not the rows themselves. */
function computedOf({ how, x, y }: ChartChoice): string {
  const figures = y.map((name) => {
    const sum = `sum(group.items, ${word(name)})`
    return `${word(name)}: ${how === "average" ? `${sum} / group.items.length` : how === "count" ? "group.items.length" : sum}`
  })
  const value = `{groupBy($state.rows, ${word(x)}).map(group => ({ ${word(x)}: group.key, ${figures.join(", ")} }))}`
  return `<Computed name="drawn" value="${escaped(value)}"/>`
}

/** Text as an expression says it. */
function word(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`
}

/** Text of an attribute that may hold expressions: one with a brace is said by an expression. */
function attribute(text: string): string {
  return escaped(/[{}]/.test(text) ? `{${word(text)}}` : text)
}

function escaped(text: string): string {
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")
  return safe.replaceAll(/\s+/g, " ")
}
