import Papa from "papaparse"
import { say } from "../words/say.ts"
import { MOST_COLUMNS, MOST_ROWS, type TableData, type TableProblem } from "./table-data.ts"

/** Signs between cells that are guessed among; a person may choose another one of them. */
export const DELIMITERS = [",", ";", "\t", "|"] as const
const MOST_PROBLEMS = 200
/** How much is parsed before the page may do something else. */
const PIECE_CHARACTERS = 256 * 1024

export interface CsvOptions {
  /** Absent: guessed. */
  readonly delimiter?: string | undefined
  /** Are the first line's cells names? Absent: guessed. */
  readonly header?: boolean | undefined
  /** The share of the file that was read, 0 to 1. */
  readonly onProgress?: (share: number) => void
  readonly signal?: AbortSignal
}

export interface CsvTable extends TableData {
  readonly delimiter: string
  readonly header: boolean
}

/**
 * Reads a CSV file piece by piece, so that the page answers meanwhile and a large file can be given up. Papa Parse's own
 * worker was refused: it makes itself of a text, which the page's policy forbids. So was its reading of files by pieces:
 * it cuts letters of several bytes in two.
 */
export async function readCsv(file: File, options: CsvOptions = {}): Promise<CsvTable> {
  const { onProgress, signal } = options
  const lines: string[][] = []
  const at: number[] = []
  const problems: TableProblem[] = []
  let total = 0
  let line = 1
  const text = await textOf(file)
  const delimiter = options.delimiter ?? guessDelimiter(text)
  await new Promise<void>((resolve, reject) => {
    Papa.parse<string[]>(text, {
      delimiter,
      chunkSize: PIECE_CHARACTERS,
      chunk: ({ data, errors, meta }: Papa.ParseResult<string[]>, parser: Papa.Parser) => {
        const broken = new Set(errors.flatMap(({ type, row }) => (type === "Quotes" && row !== undefined ? [row] : [])))
        for (const [index, cells] of data.entries()) {
          const here = line
          line += 1 + breaksIn(cells)
          if (broken.has(index)) problems.push({ line: here, kind: "quote" })
          if (cells.every((cell) => cell.trim() === "")) continue
          total += 1
          if (lines.length <= MOST_ROWS) {
            lines.push(cells.slice(0, MOST_COLUMNS))
            at.push(here)
          }
        }
        onProgress?.(text === "" ? 1 : Math.min(1, meta.cursor / text.length))
        parser.pause()
        setTimeout(() => (signal?.aborted ? parser.abort() : parser.resume()))
      },
      complete: () => (signal?.aborted ? reject(signal.reason) : resolve()),
    })
  })
  const header = options.header ?? looksLikeNames(lines)
  const [first = []] = lines
  const names = uniqueNames(header ? first : first.map(() => ""))
  const from = header ? 1 : 0
  const rows = lines.slice(from, from + MOST_ROWS)
  for (const [index, cells] of rows.entries()) {
    const where = at[index + from]
    if (where === undefined || cells.length === names.length) continue
    problems.push({ line: where, kind: cells.length < names.length ? "few" : "many" })
  }
  problems.sort((a, b) => a.line - b.line)
  return { names, rows, total: total - from, problems: problems.slice(0, MOST_PROBLEMS), delimiter, header }
}

/** The sign that parts the first lines most evenly. */
function guessDelimiter(text: string): string {
  const start = text.slice(0, PIECE_CHARACTERS)
  const { meta } = Papa.parse(start, { preview: 20, skipEmptyLines: true, delimitersToGuess: [...DELIMITERS] })
  return meta.delimiter
}

/** UTF-8, or what spreadsheets write where it is not that. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer()
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder("windows-1252").decode(bytes)
  }
}

function breaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0)
}

/** Names are texts that are all there and all different, above lines that are not all texts, or not the same ones. */
function looksLikeNames([first, ...rest]: readonly (readonly string[])[]): boolean {
  if (!first) return false
  const names = first.map((cell) => cell.trim())
  const named = names.every((cell) => cell !== "" && !/^[-+]?[\d.,]+%?$/.test(cell) && cell.length <= 80)
  return named && new Set(names).size === names.length && rest.length > 0
}

/** Names that tell columns apart: an empty one gets its place, a second one of a kind its number. */
export function uniqueNames(given: readonly string[]): string[] {
  const names: string[] = []
  for (const [index, name] of given.entries()) {
    const wanted = name.trim().replaceAll(/\s+/g, " ").slice(0, 80) || say("Column {number}", { number: index + 1 })
    let free = wanted
    for (let count = 2; names.includes(free); count += 1) free = `${wanted} ${count}`
    names.push(free)
  }
  return names
}
