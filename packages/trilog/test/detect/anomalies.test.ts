import { describe, expect, it } from "vitest"
import { alertsOf } from "../../src/detect/alerts.ts"
import { findAnomalies, type Slot } from "../../src/detect/anomalies.ts"
import type { EventRow } from "../../src/store/event-store.ts"
import { createMemoryStore } from "../../src/store/memory.ts"
import { randomFrom, START } from "../journal.ts"

const SLOT = 300_000
const DAY = 86_400_000

/** Eight days with a daily rhythm and noise. */
function usualWeek(random: () => number, noise = 0.1): Slot[] {
  return Array.from({ length: (8 * DAY) / SLOT }, (_, index) => {
    const rhythm = 50 + 30 * Math.sin((index * SLOT * 2 * Math.PI) / DAY)
    return { at: START + index * SLOT, value: rhythm * (1 + noise * (random() - 0.5)), count: 20 }
  })
}

function changed(series: readonly Slot[], from: number, slots: number, change: (slot: Slot) => Slot): Slot[] {
  return series.map((slot, index) => (index >= from && index < from + slots ? change(slot) : slot))
}

const last = (7 * DAY) / SLOT + 100

describe("anomalies", () => {
  it("are none in a usual week, whatever its noise", () => {
    for (const seed of [1, 2, 3, 4, 5])
      expect(findAnomalies(usualWeek(randomFrom(seed), 0.3)), `seed ${seed}`).toEqual([])
  })

  it("are found where a value leaves the usual for two windows", () => {
    for (const factor of [3, 0.1]) {
      const series = changed(usualWeek(randomFrom(7)), last, 3, (slot) => ({ ...slot, value: slot.value * factor }))
      const found = findAnomalies(series)
      expect(found.map(({ at }) => (at - START) / SLOT)).toEqual([last + 1, last + 2])
      expect(found.every(({ score }) => score > 0 === factor > 1)).toBe(true)
    }
  })

  it("are not made by one window, nor by a handful of runs", () => {
    const wild = (slot: Slot): Slot => ({ ...slot, value: slot.value * 20 })
    expect(findAnomalies(changed(usualWeek(randomFrom(7)), last, 1, wild))).toEqual([])
    const few = changed(usualWeek(randomFrom(7)), last, 3, (slot) => ({ ...wild(slot), count: 4 }))
    expect(findAnomalies(few)).toEqual([])
  })

  it("know that noon is not midnight", () => {
    const series = usualWeek(randomFrom(7))
    const noon = series[last - 144]?.value ?? 0
    expect(findAnomalies(changed(series, last, 3, (slot) => ({ ...slot, value: noon })))).not.toEqual([])
  })

  it("need a history", () => {
    expect(findAnomalies(usualWeek(randomFrom(7)).slice(0, 100))).toEqual([])
    expect(findAnomalies([])).toEqual([])
  })
})

describe("alerts", () => {
  it("say which handler is slow or failing, and what is usual", async () => {
    const store = createMemoryStore(1_000_000)
    const rows: EventRow[] = []
    const noon = START - (START % DAY) + DAY / 2
    for (let day = 0; day < 8; day += 1) {
      for (let slot = -3; slot <= 3; slot += 1) {
        const bad = day === 7 && slot >= 0
        for (let index = 0; index < 10; index += 1) {
          rows.push(ran("slow", noon + day * DAY + slot * SLOT + index, bad ? 500 : 20 + index, "finished"))
          rows.push(ran("sick", noon + day * DAY + slot * SLOT + index, 20 + index, bad ? "failed" : "finished"))
        }
      }
    }
    await store.write(rows, "all")
    const alerts = await alertsOf(store, "w1", noon + 7 * DAY, noon + 8 * DAY)
    expect(new Set(alerts.map(({ handler, measure }) => `${handler} ${measure}`))).toEqual(
      new Set(["slow p95Ms", "sick failureRate"]),
    )
    expect(alerts.map(({ sentence }) => sentence)).toContain(
      '"sick" fails in 100 % of its runs, more than the usual 0 %.',
    )
    expect(await alertsOf(store, "w1", noon + 6 * DAY, noon + 7 * DAY - 1)).toEqual([])
  })
})

function ran(handler: string, at: number, durationMs: number, status: string): EventRow {
  return {
    workspace: "w1",
    objectType: "Panel",
    objectId: "p1",
    at,
    seq: 0,
    type: "execution_completed",
    version: 1,
    process: "PanelExecution",
    actorKind: "",
    actorId: "",
    run: "r",
    handler,
    traceId: "",
    state: "",
    status,
    durationMs,
    payload: "{}",
  }
}
