import { expect, test } from "vitest"
import { toEntries } from "../../src/history/entries.ts"
import type { Moment } from "../../src/timeline/moments.ts"

const ADA = { kind: "person", id: "ada", name: "Ada" } as const
const BEN = { kind: "person", id: "ben", name: "Ben" } as const
const CLOCK = { kind: "schedule", id: "p.tick", name: "tick" } as const

const MOMENTS: readonly Moment[] = [
  { seq: 1, at: 1000, summary: "moved Notes", actor: ADA, ref: "a" },
  { seq: 2, at: 2000, summary: "ticked", actor: CLOCK, ref: "run" },
  { seq: 3, at: 3000, summary: "moved Notes", actor: BEN, ref: "b" },
  { seq: 4, at: 4000, summary: "moved Notes", actor: BEN, ref: "c" },
  { seq: 5, at: 200_000, summary: "moved Notes", actor: BEN, ref: "d" },
  { seq: 6, at: 201_000, summary: "renamed", actor: ADA, ref: "e" },
]

test("the newest is first, the same by the same hand in a row is one line, and clocks did nothing", () => {
  const lines = toEntries(MOMENTS, "everything", "ada", []).map(({ last, count }) => [last.seq, count])
  expect(lines).toEqual([
    [6, 1],
    [5, 1],
    [4, 2],
    [1, 1],
  ])
})

test("one's own steps say how many of them lead to before each", () => {
  const undo = [{ refs: ["a"] }, { refs: ["x", "e"] }]
  const lines = toEntries(MOMENTS, "mine", "ada", undo).map(({ last, back }) => [last.seq, back])
  expect(lines).toEqual([
    [6, 1],
    [1, 2],
  ])
})

test("what cannot be taken back any more says nothing of it", () => {
  expect(toEntries(MOMENTS, "mine", "ada", []).map(({ back }) => back)).toEqual([undefined, undefined])
})
