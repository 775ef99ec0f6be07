import type { Binding, Panel, Range, Reference, ViewNode } from "@nexus/protocol"

/**
 * A Panel as rows: lists without names, each binding's text once, and all ranges in one list of numbers, line and offset
 * as the step from the range before. `JSON.parse` reads that natively and there is little of it to read.
 */
export type Row = readonly unknown[]

export const ROOTS = ["$state", "$computed", "$imports"] as const

/** The bindings' texts, each with its references, and how to find one's number. */
export interface BindingTable {
  readonly rows: (string | Row)[]
  readonly numbers: Map<string, number>
}

/** Without `ranged`, what is read back stands nowhere: painting and running ask no range. */
export function panelRows(panel: Panel, ranged: boolean): Row {
  const table: BindingTable = { rows: [], numbers: new Map() }
  const ranges: number[] = []
  let line = 0
  let offset = 0
  const put = (range: Range) => {
    if (!ranged) return
    ranges.push(range.line - line, range.column, range.offset - offset, range.length)
    line = range.line
    offset = range.offset
  }
  const binding = (given: Binding) => {
    put(given.range)
    return bindingNumber(table, given)
  }
  const node = (given: ViewNode): Row => {
    put(given.range)
    const attributes = Object.entries(given.attributes).flatMap(([name, value]) => [name, binding(value)])
    return [given.element, given.content, attributes, given.children.map(node)]
  }
  const ranging = <Item extends { readonly range: Range }>(items: readonly Item[], row: (item: Item) => Row) =>
    items.map((item) => {
      put(item.range)
      return row(item)
    })
  const logic = [
    ranging(panel.states, (it) => [it.name, it.type, it.initial, it.description, it.scope, it.secret]),
    ranging(panel.computed, (it) => [it.name, binding(it.value)]),
    ranging(panel.imports, (it) => [it.panel, it.name, it.as]),
    ranging(panel.capabilities, (it) => [it.type, it.scope, it.reason]),
    ranging(panel.handlers, (it) => [it.name, it.source, it.line, referenceRow(it.references)]),
    ranging(panel.tools, (it) => [
      it.name,
      it.handler,
      it.description,
      it.args.map(({ name, type, required, description, initial }) =>
        initial === undefined ? [name, type, required, description] : [name, type, required, description, initial],
      ),
    ]),
    ranging(panel.lifecycles, (it) => [
      it.on,
      it.run,
      it.watch ? binding(it.watch) : null,
      it.everyMs ?? null,
      it.cron ?? null,
    ]),
  ]
  const view = panel.view.map(node)
  return [panel.title, panel.version, panel.description, table.rows, ranges, ...logic, view]
}

function bindingNumber({ rows, numbers }: BindingTable, { text, references }: Binding): number {
  const row = references.length === 0 ? text : [text, ...referenceRow(references)]
  const key = JSON.stringify(row)
  const known = numbers.get(key)
  if (known !== undefined) return known
  numbers.set(key, rows.length)
  return rows.push(row) - 1
}

function referenceRow(references: readonly Reference[]): Row {
  return references.flatMap(({ root, name, write }) => [ROOTS.indexOf(root), name, write])
}
