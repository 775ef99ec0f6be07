import type { Json } from "@nexus/protocol"

export const COLUMN_TYPES = ["text", "number", "date", "yesno"] as const
export type ColumnType = (typeof COLUMN_TYPES)[number]

const LOOKED_AT = 500
/** The share of cells that may be of another type: a total, a dash, a line of words. */
const FEW = 0.05
const YES = new Set(["yes", "true", "ja", "wahr", "y", "x", "✓"])
const NO = new Set(["no", "false", "nein", "falsch", "n"])

/** What a column holds, judged by its first cells: a type that all but a few of them have, the narrowest first. */
export function guessType(cells: Iterable<string>): ColumnType {
  const seen: string[] = []
  for (const cell of cells) {
    if (cell.trim() !== "") seen.push(cell.trim())
    if (seen.length === LOOKED_AT) break
  }
  if (seen.length === 0) return "text"
  const most = (read: (cell: string) => unknown) =>
    seen.filter((cell) => read(cell) === undefined).length <= seen.length * FEW
  if (most(yesNoOf)) return "yesno"
  if (most(numberOf)) return "number"
  return most(dateOf) ? "date" : "text"
}

/** A cell as a value of its column's type; what does not fit is nothing, and counted by `misfits`. */
export function cellValue(cell: string, type: ColumnType): Json {
  const text = cell.trim()
  if (text === "") return type === "text" ? "" : null
  switch (type) {
    case "number":
      return numberOf(text) ?? null
    case "date":
      return dateOf(text) ?? null
    case "yesno":
      return yesNoOf(text) ?? null
    case "text":
      return text
  }
}

/** The rows, counted from 0, whose cell is not of the type. */
export function misfits(cells: readonly string[], type: ColumnType): number[] {
  if (type === "text") return []
  return cells.flatMap((cell, index) => (cell.trim() !== "" && cellValue(cell, type) === null ? [index] : []))
}

/** `1,234.5`, `1.234,5`, `12,5`, `-3`, `€ 4.20`, `15%`. A zero in front means a code, not a number. */
export function numberOf(text: string): number | undefined {
  const bare = text.replaceAll(/^[€$£]\s?|\s?[€%]$/g, "").replaceAll(/[\s\u00a0']/g, "")
  if (!/^[-+]?\d[\d.,]*$/.test(bare) || /^[-+]?0\d/.test(bare)) return undefined
  const plain = plainNumber(bare)
  const value = plain === undefined ? Number.NaN : Number(plain)
  return Number.isFinite(value) ? value : undefined
}

/** The last of two signs is the decimal point; one alone is that unless it parts thousands beyond doubt. */
function plainNumber(bare: string): string | undefined {
  if (/^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare)) return bare.replaceAll(",", "")
  if (/^[-+]?\d{1,3}(\.\d{3})+(,\d+)$|^[-+]?\d{1,3}(\.\d{3}){2,}$/.test(bare)) {
    return bare.replaceAll(".", "").replace(",", ".")
  }
  return /^[-+]?\d+([.,]\d+)?$/.test(bare) ? bare.replace(",", ".") : undefined
}

/** `2026-03-09`, `2026-03-09T08:00:00Z`, `9.3.2026`, `3/9/2026`, as ISO text that sorts. */
export function dateOf(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text)
  if (iso) {
    const [, year, month, day, time, zone = ""] = iso
    const date = isoDay(year, month, day)
    return date && (time === undefined ? date : `${date}T${time}${zone}`)
  }
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text)
  if (german) return isoDay(german[3], german[2], german[1])
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text)
  if (!american) return undefined
  // 25/12/2026 can only be the day first.
  return isoDay(american[3], american[1], american[2]) ?? isoDay(american[3], american[2], american[1])
}

function isoDay(year = "", month = "", day = ""): string | undefined {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : undefined
}

function yesNoOf(text: string): boolean | undefined {
  const word = text.toLowerCase()
  if (YES.has(word)) return true
  return NO.has(word) ? false : undefined
}
