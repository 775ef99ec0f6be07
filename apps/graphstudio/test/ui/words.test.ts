import { describe, expect, it } from "vitest"
import { sheetSize } from "../../src/editor/sheet-size.ts"
import { costInWords } from "../../src/inspector/cost-in-words.ts"
import { valueInWords } from "../../src/inspector/value-in-words.ts"
import { ago } from "../../src/ui/ago.ts"
import { personColour } from "../../src/ui/person-colour.ts"

describe("small words", () => {
  it("time that passed is told in its largest whole unit", () => {
    expect(ago(1000, 3000)).toBe("just now")
    expect(ago(0, 60_000)).toBe("1 minute ago")
    expect(ago(0, 3 * 3_600_000)).toBe("3 hours ago")
    expect(ago(0, 86_400_000)).toBe("yesterday")
  })

  it("a value is said as a person would: lists by size, objects by fields, long ones cut", () => {
    expect(valueInWords([1, 2])).toBe("2 items")
    expect(valueInWords({ id: "x", title: "Tea", done: false })).toBe("title: Tea, done: false")
    expect(valueInWords({})).toBe("{}")
    expect(valueInWords("x".repeat(99), 10)).toBe('"xxxxxxxx…')
    expect(valueInWords(undefined)).toBe("nothing")
  })

  it("a person keeps one of eight colours", () => {
    expect(personColour("u1")).toBe(personColour("u1"))
    expect(personColour("anybody")).toMatch(/^var\(--nx-chart-[1-8]\)$/)
  })

  it("a new sheet is as high as its content, within reason", () => {
    expect(sheetSize(null)).toEqual({ w: 360, h: 160 })
    expect(sheetSize({ scrollHeight: 213 })).toEqual({ w: 360, h: 280 })
    expect(sheetSize({ scrollHeight: 5000 })).toEqual({ w: 360, h: 640 })
  })
})

it("a cost is said in as few figures as tell one from another", () => {
  expect([0.004, 0.26, 9.96, 48.4].map(costInWords)).toEqual(["under 0.1 ms", "0.3 ms", "10.0 ms", "48 ms"])
})
