import { describe, expect, it } from "vitest"
import {
  createActivity,
  noteActivity,
  noteLog,
  noteRemote,
  noteScheduledRun,
  type RemoteTouch,
  whilePending,
} from "../../src/workspace/activity.ts"

describe("what goes on at a desk", () => {
  it("a request counts as pending until it settles, well or not", async () => {
    const store = createActivity()
    const gate = Promise.withResolvers<void>()
    const well = whilePending(store, gate.promise)
    const badly = whilePending(store, Promise.reject(new Error("no")))
    expect(store.getState().pending).toBe(2)
    await expect(badly).rejects.toThrow("no")
    expect(store.getState().pending).toBe(1)
    gate.resolve()
    await well
    expect(store.getState().pending).toBe(0)
  })

  it("noting one panel leaves the others' records the same objects", () => {
    const store = createActivity()
    noteActivity(store, "a", () => ({ running: 2 }))
    const before = store.getState().panels.a
    noteActivity(store, "b", ({ running }) => ({ running: running + 1 }))
    expect(store.getState().panels.a).toBe(before)
    expect(store.getState().panels.b?.running).toBe(1)
  })

  it("a clock that ticks stays one line of the run log until something else happens", () => {
    const store = createActivity()
    for (const at of [1, 2, 3]) noteScheduledRun(store, "a", "tick", at)
    noteLog(store, "a", { at: 4, handler: "start", level: "debug", message: "finished" })
    noteScheduledRun(store, "a", "tick", 5)
    expect(store.getState().panels.a?.log).toMatchObject([
      { at: 3, handler: "tick", times: 3 },
      { at: 4, handler: "start" },
      { at: 5, handler: "tick" },
    ])
  })

  it("a refusal that the kernel logs and the run ends with is said once, as an error", () => {
    const store = createActivity()
    noteLog(store, "a", { at: 1, handler: "start", level: "warn", message: "time was refused" })
    noteLog(store, "a", { at: 2, handler: "start", level: "error", message: "time was refused" })
    expect(store.getState().panels.a?.log).toMatchObject([{ level: "error", message: "time was refused" }])
  })

  it("a run log keeps its last 200 lines", () => {
    const store = createActivity()
    for (let at = 0; at < 250; at += 1) {
      noteLog(store, "a", { at, handler: "tick", level: "info", message: String(at) })
    }
    const log = store.getState().panels.a?.log ?? []
    expect([log.length, log[0]?.message, log.at(-1)?.message]).toEqual([200, "50", "249"])
  })
})

describe("somebody else's values that tick", () => {
  const touch = (at: number, rest: Partial<RemoteTouch> = {}): RemoteTouch => ({
    by: { id: "bob", name: "Bob" },
    reason: "counts",
    at,
    seq: at,
    valuesOnly: true,
    ...rest,
  })

  it("are one touch for a minute, so that no tick repaints the panel's bar", () => {
    const store = createActivity()
    let told = 0
    store.subscribe(() => {
      told += 1
    })
    for (let at = 0; at < 60_000; at += 1000) noteRemote(store, "p", touch(at))
    expect(told).toBe(1)
    noteRemote(store, "p", touch(60_000))
    expect(told).toBe(2)
  })

  it.each([
    ["another person", { by: { id: "eve", name: "Eve" } }],
    ["another reason", { reason: "sold" }],
    ["a change of the panel itself", { valuesOnly: false }],
  ])("are told anew by %s", (_, rest) => {
    const store = createActivity()
    noteRemote(store, "p", touch(0))
    noteRemote(store, "p", touch(1, rest))
    expect(store.getState().panels.p?.remote?.seq).toBe(1)
  })
})
