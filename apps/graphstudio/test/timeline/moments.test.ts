import { describe, expect, it } from "vitest"
import { momentAt, step, toMoments } from "../../src/timeline/moments.ts"

const entries = [
  { at: 300, type: "state_changed", summary: "changed items", seq: 3 },
  { at: 300, type: "change_committed", summary: "added milk", seq: 3 },
  { at: 100, type: "change_committed", summary: "started", seq: 1 },
  { at: 250, type: "handler_triggered", summary: "handler triggered: add" },
  { at: 200, type: "change_committed", summary: "added bread", seq: 2 },
]
const moments = toMoments(entries)

describe("moments of a workspace", () => {
  it("are its changes, each once and told by its commit, oldest first", () => {
    expect(moments.map(({ seq, summary }) => [seq, summary])).toEqual([
      [1, "started"],
      [2, "added bread"],
      [3, "added milk"],
    ])
  })

  it("an instant shows the last change at or before it", () => {
    expect([99, 100, 250, 999].map((at) => momentAt(moments, at)?.seq)).toEqual([undefined, 1, 2, 3])
  })

  it("stepping goes change by change and past the last one back to now", () => {
    expect(step(moments, undefined, -1)?.seq).toBe(2)
    expect(step(moments, 250, -1)?.seq).toBe(1)
    expect(step(moments, 250, 1)?.seq).toBe(3)
    expect(step(moments, 300, 1)).toBeUndefined()
    expect(step(moments, undefined, 1)).toBeUndefined()
  })

  it("stepping passes over a clock's ticks, unless there is nothing else", () => {
    const actor = { kind: "schedule" as const, id: "p.tick", name: "tick" }
    const tick = (seq: number) => ({ seq, at: seq * 100, summary: "tick", actor })
    const mixed = [...moments, tick(4), tick(5)]
    expect(step(mixed, undefined, -1)?.seq).toBe(3)
    expect(step(mixed, 450, -1)?.seq).toBe(3)
    expect(step(mixed, 300, 1)).toBeUndefined()
    expect(step([tick(1), tick(2)], undefined, -1)?.seq).toBe(1)
  })
})
