import { expect, it } from "vitest"
import { fuzz } from "../fuzz/network.ts"

it("two and ten clients agree with the journal after a network that drops, delays, repeats and reorders, and nothing acknowledged is lost or done twice", {
  timeout: 240_000,
}, async () => {
  const failed: string[] = []
  for (let seed = 1; seed <= 100; seed += 1) {
    try {
      await fuzz.round(seed)
    } catch (error) {
      failed.push(`npm run fuzz -- network --seed ${seed} --rounds 1: ${error}`)
    }
  }
  expect(failed).toEqual([])
})
