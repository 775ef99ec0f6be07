import { expect, test } from "vitest"
import { powerCuts } from "./power-cuts.ts"

const SEED = Date.now() % 1_000_000

test("What was acknowledged survives a power cut that leaves only what was synced, and any part of the rest.", async () => {
  const report = await powerCuts({ rounds: 9, seed: SEED })
  expect(report, `node flows/power-cuts.ts --rounds 9 --seed ${SEED}`).toMatchObject({
    lost: 0,
    duplicated: 0,
    damaged: [],
  })
  expect(report.acknowledged).toBeGreaterThan(0)
})

test("The same cuts take acknowledged changes from a journal with synchronous=NORMAL.", async () => {
  const report = await powerCuts({ rounds: 3, seed: SEED, control: true })
  expect(report.lost, `seed ${SEED}`).toBeGreaterThan(0)
})
