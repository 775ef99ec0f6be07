import { parser } from "@lezer/json"
import { uniqueNames } from "./read-csv.ts"
import { MOST_COLUMNS, MOST_ROWS, type TableData } from "./table-data.ts"

/** JSON that holds no table, said in a code: the words are the dialog's. `line` is where it stops being JSON. */
export class NoTable extends Error {
  readonly line: number | undefined

  constructor(line?: number) {
    super(line === undefined ? "no list of rows" : `not JSON at line ${line}`)
    this.line = line
  }
}

/** Reads a list of objects, of lists, or of values; or an object that holds one such list. */
export function readJson(text: string): TableData {
  const list = listIn(parse(text))
  if (!list || list.length === 0) throw new NoTable()
  const kept = list.slice(0, MOST_ROWS)
  const keys = new Set<string>()
  for (const entry of kept) for (const key of keysOf(entry)) keys.add(key)
  const columns = [...keys].slice(0, MOST_COLUMNS)
  const rows = kept.map((entry) => columns.map((key) => cellOf(entry, key)))
  return { names: uniqueNames(columns.map(nameOf)), rows, total: list.length, problems: [] }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new NoTable(lineOf(text))
  }
}

/** The line of the first mistake: the platform's own words do not always tell it. */
function lineOf(text: string): number {
  let at = text.length
  parser.parse(text).iterate({
    enter: ({ type, from }) => {
      if (type.isError) at = Math.min(at, from)
    },
  })
  return text.slice(0, at).split("\n").length
}

function listIn(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value
  if (value === null || typeof value !== "object") return undefined
  return Object.values(value).find((inner) => Array.isArray(inner) && inner.length > 0)
}

/** A plain value is a row of one cell; a list's cells go by their place. */
const ALONE = "\u0000"

function keysOf(entry: unknown): string[] {
  return entry !== null && typeof entry === "object" ? Object.keys(entry) : [ALONE]
}

function nameOf(key: string): string {
  if (key === ALONE) return "value"
  return /^\d+$/.test(key) ? "" : key
}

function cellOf(entry: unknown, key: string): string {
  const value =
    key === ALONE
      ? entry
      : entry !== null && typeof entry === "object"
        ? Object.getOwnPropertyDescriptor(entry, key)?.value
        : undefined
  if (value === undefined || value === null) return ""
  return typeof value === "object" ? JSON.stringify(value) : String(value)
}
