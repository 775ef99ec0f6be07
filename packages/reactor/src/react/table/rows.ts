import { type Json, keyOf } from "@nexus/protocol"
import { type Column, cellText, fieldOf } from "./columns.ts"

/** A row with the identity it keeps while the table is sorted and filtered. */
export interface TableRow {
  readonly row: unknown
  readonly key: string
}

export interface Sort {
  readonly key: string
  readonly descending: boolean
}

/** Rows with their keys: the item's own, else its place in the list. */
export function tableRows(rows: readonly unknown[]): readonly TableRow[] {
  const seen = new Set<string>()
  return rows.map((row, index) => {
    const own = keyOf(row as Json)
    const key = own === undefined || seen.has(`${typeof own}:${own}`) ? `#${index}` : `${typeof own}:${own}`
    seen.add(key)
    return { row, key }
  })
}

/** `cost` and `cost asc` rise, `-cost` and `cost desc` fall; nothing where there is no name. */
export function parseSort(text: string): Sort | undefined {
  const match = /^(-?)(.*?)(?:\s+(asc|desc))?$/i.exec(text.trim())
  const key = match?.[2] ?? ""
  if (key === "") return undefined
  return { key, descending: match?.[1] === "-" || match?.[3]?.toLowerCase() === "desc" }
}

/** What a press on a column's heading sorts by next: rising, falling, as the list stands. */
export function nextSort(sort: Sort | undefined, key: string): Sort | undefined {
  if (sort?.key !== key) return { key, descending: false }
  return sort.descending ? undefined : { key, descending: true }
}

/** Stable: rows that are equal stay in their order, also when it falls. What is empty stands last either way. */
export function sortRows(rows: readonly TableRow[], sort: Sort | undefined): readonly TableRow[] {
  if (sort === undefined) return rows
  const direction = sort.descending ? -1 : 1
  const keyed = rows.map((entry) => ({ entry, value: fieldOf(entry.row, sort.key) }))
  keyed.sort((a, b) => {
    const empty = Number(isEmpty(a.value)) - Number(isEmpty(b.value))
    return empty !== 0 || isEmpty(a.value) ? empty : direction * compare(a.value, b.value)
  })
  return keyed.map(({ entry }) => entry)
}

/** The rows in whose cells every word of `query` stands, in any case. */
export function filterRows(rows: readonly TableRow[], columns: readonly Column[], query: string): readonly TableRow[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return rows
  return rows.filter(({ row }) => {
    const text = columns
      .map((column) => cellText(fieldOf(row, column.key), column))
      .join("\n")
      .toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

// One collator for server and browser: numbers inside text count as numbers, case and accents do not.
const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" })

const RANKS: readonly string[] = ["boolean", "number", "string"]

/** A total order: yes or no, then numbers, then text, then everything else by how it reads. */
function compare(a: unknown, b: unknown): number {
  const rank = rankOf(a) - rankOf(b)
  if (rank !== 0) return rank
  if (typeof a === "string") return collator.compare(a, b as string)
  if (typeof a === "number" || typeof a === "boolean") return Number(a) - Number(b)
  return collator.compare(JSON.stringify(a), JSON.stringify(b))
}

function rankOf(value: unknown): number {
  const rank = RANKS.indexOf(typeof value)
  return rank < 0 ? RANKS.length : rank
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === "" || Number.isNaN(value)
}
