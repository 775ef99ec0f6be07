import { expect, it } from "vitest"
import { fuzz } from "../../fuzz/mirror.ts"

it("mirrors of two clients equal the kernel's graph after any interleaving of edits, losses, repeats, refusals and minutes offline", async () => {
  const failed: string[] = []
  for (let seed = 1; seed <= 80; seed += 1) {
    try {
      await fuzz.round(seed)
    } catch (error) {
      failed.push(`npm run fuzz -- mirror --seed ${seed} --rounds 1: ${error}`)
    }
  }
  expect(failed).toEqual([])
})
