import { isJsonObject, type Json } from "@nexus/protocol"
import { fieldOf } from "./columns.ts"
import { textOf } from "./props.ts"

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
  const names = seriesNames(rows, x, y)
  const across = rows.map((row, index) => (x === "" ? index + 1 : fieldOf(row, x)))
  const numbers = across.every((value) => typeof value === "number") ? (across as number[]) : undefined
  const times = numbers ? undefined : timesOf(across)
  return {
    labels: across.map((value, index) => dayOf(times?.[index]) ?? textOf(value)),
    positions: numbers ?? times,
    time: times !== undefined,
    series: names.map((name) => ({
      name,
      values: rows.map((row) => numberOf(isJsonObject(row as Json) ? fieldOf(row, name) : row)),
    })),
  }
}

function seriesNames(rows: readonly unknown[], x: string, y: unknown): readonly string[] {
  const given = Array.isArray(y)
    ? y.map(textOf)
    : textOf(y)
        .split(",")
        .map((name) => name.trim())
        .filter(Boolean)
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
