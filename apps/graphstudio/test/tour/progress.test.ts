import { afterAll, beforeEach, describe, expect, it, vi } from "vitest"

const kept = new Map<string, string>()
vi.stubGlobal("localStorage", {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, text: string) => kept.set(key, text),
})
afterAll(() => vi.unstubAllGlobals())

/** The tour as a page finds it that was just loaded. */
async function loaded() {
  vi.resetModules()
  const { nextStep, STEPS, stepsFor, tour, useTour } = await import("../../src/tour/progress.ts")
  return { now: () => useTour.getState(), next: () => nextStep(useTour.getState(), STEPS), stepsFor, STEPS, tour }
}

beforeEach(() => kept.clear())

describe("how far one is with the tour", () => {
  it("nothing is ticked before it was asked for", async () => {
    const { now, tour } = await loaded()
    tour.tick("palette")
    expect(now()).toMatchObject({ at: "new", done: [] })
  })

  it("what has happened is ticked in whatever order, and the first that has not is next", async () => {
    const { now, next, tour } = await loaded()
    tour.start(true)
    tour.tick("undo")
    expect(next()).toBe("press")
    tour.tick("press")
    tour.skip("why")
    expect(next()).toBe("add")
    tour.tick("add")
    tour.tick("add")
    expect(next()).toBe("travel")
    expect(now().done).toEqual(["undo", "press", "add"])
  })

  it("what was skipped and is done after all counts as done", async () => {
    const { now, tour } = await loaded()
    tour.start(true)
    tour.skip("why")
    tour.tick("why")
    expect(now()).toMatchObject({ done: ["why"], skipped: [] })
  })

  it("a page that is loaded again goes on where it was", async () => {
    const before = await loaded()
    before.tour.start(true)
    before.tour.tick("press")
    const after = await loaded()
    expect(after.now()).toMatchObject({ at: "running", done: ["press"] })
    expect(after.next()).toBe("why")
  })

  it("ended, it stays away until it is asked for, and then goes on; taken to its end it begins anew", async () => {
    const before = await loaded()
    before.tour.start(true)
    before.tour.tick("press")
    before.tour.end()
    const { now, next, STEPS, tour } = await loaded()
    expect(now().at).toBe("over")
    tour.start(true)
    expect(next()).toBe("why")
    for (const step of STEPS) tour.tick(step)
    expect(next()).toBeUndefined()
    tour.end()
    tour.start(true)
    expect(next()).toBe("press")
  })

  it("who may only look is asked for nothing that changes", async () => {
    const { stepsFor, now, tour } = await loaded()
    expect(stepsFor(false)).toEqual(["why", "travel", "palette"])
    tour.start(false)
    for (const step of stepsFor(false)) tour.tick(step)
    tour.start(false)
    expect(now().done).toEqual([])
  })

  it("what is no progress in the storage counts as a first visit", async () => {
    for (const text of ["{", "7", '{"running":true,"done":["everything"],"skipped":[]}']) {
      kept.set("nexus.tour", text)
      expect((await loaded()).now().at).toBe("new")
    }
  })
})
