import { expect, it } from "vitest"
import { crashOwner, DEATHS } from "./crash-owner.ts"

/** `node flows/crash-owner.ts` does the same for as many rounds as one likes. */
const ROUNDS = 1

it.each(DEATHS)(
  "another kernel takes over when the owner is %s: nothing is lost, doubled or out of order",
  {
    timeout: 300_000,
  },
  async (death) => {
    const report = await crashOwner({ death, rounds: ROUNDS })
    expect(report).toMatchObject({ rounds: ROUNDS, lost: 0, duplicated: 0, gaps: 0 })
    expect(report.acknowledged).toBeGreaterThan(0)
  },
)
