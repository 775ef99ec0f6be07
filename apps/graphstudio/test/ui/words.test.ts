import { describe, expect, it } from "vitest"
import { sheetSize } from "../../src/editor/sheet-size.ts"
import { shortValue } from "../../src/inspector/short-value.ts"
import { ago } from "../../src/ui/ago.ts"
import { personColour } from "../../src/ui/person-colour.ts"

describe("small words", () => {
  it("time that passed is told in its largest whole unit", () => {
    expect(ago(1000, 3000)).toBe("just now")
    expect(ago(0, 60_000)).toBe("1 minute ago")
    expect(ago(0, 3 * 3_600_000)).toBe("3 hours ago")
    expect(ago(0, 86_400_000)).toBe("yesterday")
  })

  it("a long value is cut, a missing one is named", () => {
    expect(shortValue({ a: 1 })).toBe('{"a":1}')
    expect(shortValue("x".repeat(99), 10)).toBe('"xxxxxxxx…')
    expect(shortValue(undefined)).toBe("nothing")
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
