import { expect, test } from "vitest"
import { tryAndBack, tryEdit } from "../../../fuzz/edits.ts"

const ROUNDS = 300

function seeded<Answer>(seed: number, round: (seed: number) => Answer): Answer {
  try {
    return round(seed)
  } catch (cause) {
    throw new Error(`seed ${seed}`, { cause })
  }
}

test("an edit brings no error, stays inside the source, and its inverse gives the source back", () => {
  const done: Record<string, number> = {}
  for (let seed = 1; seed <= ROUNDS; seed++) {
    const what = seeded(seed, tryEdit)
    if (what !== undefined) done[what] = (done[what] ?? 0) + 1
  }
  for (const what of ["add", "remove", "move", "wrap", "unwrap", "set", "declare", "rename"])
    expect(done[what], what).toBeGreaterThan(5)
})

test("what was wrapped and unwrapped, set and set back, renamed and renamed back is the source again", () => {
  let rounds = 0
  for (let seed = 1; seed <= ROUNDS / 3; seed++) rounds += seeded(seed, tryAndBack)
  expect(rounds).toBeGreaterThan(ROUNDS / 2)
})
