import { expect, it } from "vitest"
import { fuzz } from "../../fuzz/store.ts"

it("1,000 random batches of writes come out as plain JavaScript leaves them, replay, and are undone by their inverse", async () => {
  const failed: string[] = []
  for (let seed = 1; seed <= 1000; seed += 1) {
    try {
      await fuzz.round(seed)
    } catch (error) {
      failed.push(`npm run fuzz -- store --seed ${seed} --rounds 1: ${error}`)
    }
  }
  expect(failed).toEqual([])
})
