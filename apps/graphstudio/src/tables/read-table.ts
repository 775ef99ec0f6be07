import { type CsvOptions, type CsvTable, readCsv } from "./read-csv.ts"
import { NoTable, readJson } from "./read-json.ts"
import { MOST_FILE_BYTES, type TableData } from "./table-data.ts"

export type ReadTable = ({ readonly kind: "csv" } & CsvTable) | ({ readonly kind: "json" } & TableData)

/** Over the size that is opened; JSON can only be read whole, so it may have less. */
export class TooLarge extends Error {
  readonly mostMb: number

  constructor(mostBytes: number) {
    super(`a file over ${mostBytes} bytes`)
    this.mostMb = Math.round(mostBytes / 1024 / 1024)
  }
}

const MOST_JSON_BYTES = 8 * 1024 * 1024

/** Reads a file as what it looks like: JSON where it begins as such or is called so, else lines with separators. */
export async function readTable(file: File, options: CsvOptions = {}): Promise<ReadTable> {
  if (file.size > MOST_FILE_BYTES) throw new TooLarge(MOST_FILE_BYTES)
  const start = (await file.slice(0, 64).text()).trimStart()
  const lines = /\.(?:jsonl|ndjson)$/i.test(file.name)
  if (!lines && !/\.json$/i.test(file.name) && !/^[[{]\s*["[{\]}]/.test(start)) {
    const table = await readCsv(file, options)
    if (table.rows.length === 0) throw new NoTable()
    return { kind: "csv", ...table }
  }
  if (file.size > MOST_JSON_BYTES) throw new TooLarge(MOST_JSON_BYTES)
  const text = await file.text()
  options.onProgress?.(1)
  return { kind: "json", ...readJson(lines ? `[${text.trim().split(/\r?\n/).filter(Boolean).join(",\n")}]` : text) }
}
