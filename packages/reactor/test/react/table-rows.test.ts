import type { Json } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { columnsOf, columnWidths } from "../../src/react/table/columns.ts"
import { filterRows, nextSort, parseSort, sortRows, tableRows } from "../../src/react/table/rows.ts"
import { generator } from "../world/server.ts"

const SEEDS = Array.from({ length: 200 }, (_, index) => index + 1)

/** Rows with many equal values, empty ones, and values of every kind. */
function rowsFrom(seed: number): Json[] {
  const random = generator(seed)
  const values: Json[] = [null, "", "b", "B", "a10", "a9", 0, 7, 7.5, -3, true, false, [1], { x: 1 }]
  return Array.from({ length: random(60) }, (_, id) => ({ id, value: values[random(values.length)] ?? null }))
}

describe("rows of a table", () => {
  it("sorting keeps every row, keeps equal rows in order both ways, and puts what is empty last", () => {
    for (const seed of SEEDS) {
      const rows = tableRows(rowsFrom(seed))
      for (const descending of [false, true]) {
        const sorted = sortRows(rows, { key: "value", descending })
        expect(new Set(sorted), `seed ${seed}`).toEqual(new Set(rows))
        const entries = sorted.map(({ row }) => row as { readonly id: number; readonly value: Json })
        const firstEmpty = entries.findIndex(({ value }) => value === null || value === "")
        if (firstEmpty >= 0)
          expect(
            entries.slice(firstEmpty).every(({ value }) => value === null || value === ""),
            `seed ${seed}`,
          ).toBe(true)
        for (const [index, entry] of entries.entries()) {
          const next = entries[index + 1]
          if (next && JSON.stringify(next.value) === JSON.stringify(entry.value))
            expect(next.id, `seed ${seed}`).toBeGreaterThan(entry.id)
        }
      }
    }
  })

  it("falling is rising turned round, for values that differ", () => {
    for (const seed of SEEDS) {
      const random = generator(seed)
      const rows = tableRows(
        [...new Set(Array.from({ length: 40 }, () => random(1000) - 500))].map((value) => ({ value })),
      )
      const values = (descending: boolean) => sortRows(rows, { key: "value", descending }).map(({ row }) => row)
      expect(values(true), `seed ${seed}`).toEqual(values(false).toReversed())
    }
  })

  it("numbers inside text count as numbers, case and accents do not", () => {
    const rows = tableRows(["n10", "N9", "é", "f", "e"].map((value) => ({ value })))
    expect(
      sortRows(rows, { key: "value", descending: false }).map(({ row }) => (row as { value: string }).value),
    ).toEqual(["é", "e", "f", "N9", "n10"])
  })

  it("a filter keeps the order, and every word it drops makes it keep more", () => {
    const columns = columnsOf("value", [])
    for (const seed of SEEDS) {
      const rows = tableRows(rowsFrom(seed))
      const both = filterRows(rows, columns, "a 1")
      const one = filterRows(rows, columns, "a")
      expect(
        one.filter((row) => both.includes(row)),
        `seed ${seed}`,
      ).toEqual(both)
      expect(filterRows(rows, columns, "  ")).toBe(rows)
    }
  })

  it("every row has a key of its own, also where two items have the same id", () => {
    const keys = tableRows([{ id: 1 }, { id: "1" }, { id: 1 }, {}, "text", null]).map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it("a press on a heading goes round: rising, falling, unsorted", () => {
    const rising = nextSort(undefined, "a")
    const falling = nextSort(rising, "a")
    expect([rising, falling, nextSort(falling, "a")]).toEqual([
      { key: "a", descending: false },
      { key: "a", descending: true },
      undefined,
    ])
    expect(nextSort(falling, "b")).toEqual({ key: "b", descending: false })
  })

  it("reads `cost`, `-cost`, `cost desc` and nothing", () => {
    expect(["cost", "-cost", "cost desc", "cost ASC", " ", "-"].map(parseSort)).toEqual([
      { key: "cost", descending: false },
      { key: "cost", descending: true },
      { key: "cost", descending: true },
      { key: "cost", descending: false },
      undefined,
      undefined,
    ])
  })

  it("columns are as wide as what the rows show needs, within bounds, and as written where they say", () => {
    const rows = [{ a: "x", b: "y".repeat(500), c: 1 }]
    const columns = columnsOf([{ key: "a" }, "b", { key: "c", width: 77 }], rows)
    const [a = 0, b = 0, c = 0] = columnWidths(columns, rows)
    expect(a).toBeLessThan(80)
    expect(b).toBe(324)
    expect(c).toBe(77)
  })
})
