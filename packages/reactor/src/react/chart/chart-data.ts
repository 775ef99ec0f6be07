import { isJsonObject, type Json } from "@nexus/protocol"
import { textOf } from "../props.ts"
import { fieldOf, namesOf } from "../table/columns.ts"

export interface Series {
  readonly name: string
  /** One value for each place on the horizontal axis; `undefined` where there is none. */
  readonly values: readonly (number | undefined)[]
}

export interface ChartData {
  /** How the places on the horizontal axis read. */
  readonly labels: readonly string[]
  /** Where they stand: numbers, times in milliseconds, or nothing for mere words. */
  readonly positions: readonly number[] | undefined
  readonly time: boolean
  readonly series: readonly Series[]
}

/** Reads a list of objects or numbers as series over one horizontal axis. */
export function chartDataOf(rows: readonly unknown[], x: string, y: unknown): ChartData {
  const across = rows.map((row, index) => (x === "" ? index + 1 : fieldOf(row, x)))
  return {
    ...placesOf(across),
    series: seriesNames(rows, x, y).map((name) => ({
      name,
      values: rows.map((row) => numberOf(isJsonObject(row as Json) ? fieldOf(row, name) : row)),
    })),
  }
}

/** Reads a list with one object for each cell: `x` and `y` name its column and row, `value` what it holds. */
export function cellDataOf(rows: readonly unknown[], x: string, y: string, value: string): ChartData {
  const across = new Map<string, unknown>()
  const down = new Map<string, Map<string, number | undefined>>()
  for (const row of rows) {
    const column = textOf(fieldOf(row, x))
    const name = textOf(fieldOf(row, y))
    if (!across.has(column)) across.set(column, fieldOf(row, x))
    const cells = down.get(name) ?? new Map<string, number | undefined>()
    down.set(name, cells.set(column, numberOf(fieldOf(row, value))))
  }
  const columns = [...across.keys()]
  return {
    ...placesOf([...across.values()]),
    series: [...down].map(([name, cells]) => ({ name, values: columns.map((column) => cells.get(column)) })),
  }
}

function placesOf(across: readonly unknown[]): Omit<ChartData, "series"> {
  const numbers = across.every((value) => typeof value === "number" && Number.isFinite(value))
    ? (across as number[])
    : undefined
  const times = numbers ? undefined : timesOf(across)
  return {
    labels: across.map((value, index) => dayOf(times?.[index]) ?? textOf(value)),
    positions: numbers ?? times,
    time: times !== undefined,
  }
}

function seriesNames(rows: readonly unknown[], x: string, y: unknown): readonly string[] {
  const given = Array.isArray(y) ? y.map(textOf) : namesOf(textOf(y))
  if (given.length > 0) return given
  const [first] = rows
  if (!isJsonObject(first as Json)) return ["value"]
  const numeric = Object.entries(first as object).filter(([name, value]) => name !== x && typeof value === "number")
  return numeric.map(([name]) => name).filter((name) => name !== "id")
}

function numberOf(value: unknown): number | undefined {
  if (value === null || value === undefined || value === "" || typeof value === "object") return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}

function timesOf(values: readonly unknown[]): readonly number[] | undefined {
  const times: number[] = []
  for (const value of values) {
    const time = typeof value === "string" && /^\d{4}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN
    if (Number.isNaN(time)) return undefined
    times.push(time)
  }
  return times.length > 0 ? times : undefined
}

function dayOf(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString().replace("T00:00:00.000Z", "").slice(0, 16)
}
