import { describe, expect, test } from "vitest"
import { cellValue, dateOf, guessType, misfits, numberOf } from "../../src/tables/column-type.ts"

test.each([
  ["1,234.5", 1234.5],
  ["1.234,5", 1234.5],
  ["12,5", 12.5],
  ["1,234", 1234],
  ["1.234.567", 1234567],
  ["-3", -3],
  ["€ 4.20", 4.2],
  ["15%", 15],
  ["0.25", 0.25],
])("%s is the number %d", (text, value) => expect(numberOf(text)).toBe(value))

test.each(["007", "12-3", "1,2,3", "1e999", "", "-", "v1.2"])("%j is no number", (text) =>
  expect(numberOf(text)).toBeUndefined(),
)

test.each([
  ["2026-03-09", "2026-03-09"],
  ["9.3.2026", "2026-03-09"],
  ["3/9/2026", "2026-03-09"],
  ["25/12/2026", "2026-12-25"],
  ["2026-03-09 08:30", "2026-03-09T08:30"],
])("%s is the day %s", (text, day) => expect(dateOf(text)).toBe(day))

test.each(["2026-02-30", "32.1.2026", "March"])("%s is no day", (text) => expect(dateOf(text)).toBeUndefined())

describe("a column", () => {
  test("has the narrowest type that all of its cells have; empty ones do not count", () => {
    expect(guessType(["1", "", "2,5"])).toBe("number")
    expect(guessType(["yes", "No"])).toBe("yesno")
    expect(guessType(["2026-03-09", "9.3.2026"])).toBe("date")
    expect(guessType(["1", "many"])).toBe("text")
    expect(guessType(["", " "])).toBe("text")
  })

  test("tells which cells do not fit a type that was chosen for it", () => {
    expect(misfits(["1", "", "many"], "number")).toEqual([2])
    expect(cellValue("many", "number")).toBe(null)
    expect(cellValue(" ja ", "yesno")).toBe(true)
  })
})
