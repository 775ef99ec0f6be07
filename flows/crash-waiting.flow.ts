import { expect, it } from "vitest"
import { crashWaiting, MOMENTS } from "./crash-waiting.ts"

/** `node flows/crash-waiting.ts` does the same for as many rounds as one likes. */
const ROUNDS = 1
const SEED = 4

it.each(MOMENTS)("runs end once though the kernel is killed while they %s", { timeout: 900_000 }, async (moment) => {
  const report = await crashWaiting({ moment, rounds: ROUNDS, seed: SEED })
  expect(report, `seed ${SEED}`).toMatchObject({ rounds: ROUNDS, unfinished: 0, twice: 0 })
  expect(report.acknowledged + report.repeated).toBe(ROUNDS * 24)
})
