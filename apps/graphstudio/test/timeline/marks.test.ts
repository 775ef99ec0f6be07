import { expect, it } from "vitest"
import { restarts, toMarks } from "../../src/timeline/marks.ts"

it("commits, patches and runs are marks, oldest first; changes are none", () => {
  const entries = [
    { at: 40, type: "execution_completed", summary: "add failed in 3.0 ms" },
    { at: 30, type: "execution_completed", summary: "add completed in 2.0 ms" },
    { at: 5, type: "change_committed", summary: "added milk", seq: 1 },
  ]
  const others = [
    { kind: "version", at: 20, summary: "Start" },
    { kind: "patch", at: 10, summary: "Sort the list" },
  ] as const
  expect(toMarks(entries, others).map(({ kind, at }) => [kind, at])).toEqual([
    ["patch", 10],
    ["version", 20],
    ["run", 30],
    ["failed", 40],
  ])
})

it("of very many runs the newest stay, and every failure", () => {
  const runs = Array.from({ length: 300 }, (_, at) => ({
    at,
    type: "execution_completed",
    summary: "tick completed in 1 ms",
  }))
  const marks = toMarks([{ at: 0, type: "execution_completed", summary: "tick failed in 1 ms" }, ...runs])
  expect(marks).toHaveLength(201)
  expect(marks[0]?.kind).toBe("failed")
  expect(marks.at(-1)?.at).toBe(299)
})

it("each start but the first is a restart, and says whether the end before it was orderly", () => {
  const starts = [{ at: 40 }, { at: 30, endedAt: 35 }, { at: 20 }, { at: 10, endedAt: 15 }]
  expect(restarts(starts)).toEqual([
    { kind: "restart", at: 40, summary: "Nexus was stopped and started again" },
    { kind: "restart", at: 30, summary: "Nexus ended without a word and was started again" },
    { kind: "restart", at: 20, summary: "Nexus was stopped and started again" },
  ])
  expect(restarts([{ at: 10 }])).toEqual([])
  expect(restarts([])).toEqual([])
})
