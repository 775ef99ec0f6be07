import { describe, expect, it } from "vitest"
import { durationInWords, waitsInWords, whoInWords } from "../../src/runs/run-words.ts"
import { until } from "../../src/ui/until.ts"

const noon = new Date(2026, 10, 29, 12, 0, 0).getTime()
const HOUR = 3_600_000

describe("until when, in words", () => {
  it("says the time of today, the next day by its name, and a later one by its date", () => {
    expect(until(noon + 2.5 * HOUR, noon)).toBe("14:30")
    expect(until(noon + 26.5 * HOUR, noon)).toBe("14:30 tomorrow")
    expect(until(noon + 98.5 * HOUR, noon)).toBe("14:30 on Thu, Dec 3")
    expect(until(noon + 366 * 24 * HOUR, noon)).toBe("12:00 on Nov 30, 2027")
  })

  it("says seconds where a minute is not exact enough", () => {
    expect(until(noon + 30_000, noon)).toBe("12:00:30")
  })
})

describe("what a run waits for, in words", () => {
  const questions = [
    { run: "r1", question: "Ship it?" },
    { run: "r2", question: "Which one?" },
  ]

  it("a sleep says until when", () => {
    const run = { run: "r1", waitsFor: ["time.sleep"], until: noon + 2.5 * HOUR }
    expect(waitsInWords(run, questions, noon)).toEqual(["sleeps until 14:30"])
  })

  it("a question says what is asked, by this run alone", () => {
    expect(waitsInWords({ run: "r1", waitsFor: ["ask.ask"] }, questions, noon)).toEqual(["asks: Ship it?"])
    expect(waitsInWords({ run: "r3", waitsFor: ["ask.ask"] }, questions, noon)).toEqual(["asks a person"])
  })

  it("each thing that it waits for is said", () => {
    const run = { run: "r2", waitsFor: ["http.fetch", "ask.ask"] }
    expect(waitsInWords(run, questions, noon)).toEqual(["waits for http.fetch", "asks: Which one?"])
  })
})

describe("a run in words", () => {
  it("names who set it off, oneself as You, and what did where nobody did", () => {
    const person = { id: "u1", name: "Grace" }
    expect(whoInWords({ trigger: "event", person }, "u2")).toBe("Grace")
    expect(whoInWords({ trigger: "event", person }, "u1")).toBe("You")
    expect(whoInWords({ trigger: "schedule" }, "u1")).toBe("Its schedule")
  })

  it("says how long it took in the unit that fits", () => {
    expect([0.2, 340, 2400, 180_000, 5 * HOUR, 72 * HOUR].map(durationInWords)).toEqual([
      "under 1 ms",
      "340 ms",
      "2.4 s",
      "3 min",
      "5 h",
      "3 days",
    ])
  })
})
