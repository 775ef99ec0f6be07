import { test } from "vitest"
import { fuzz } from "../../fuzz/language.ts"

const ROUNDS = 80

test("whatever the text, every answer lies inside of it", async () => {
  for (let seed = 1; seed <= ROUNDS; seed++) {
    try {
      await fuzz.round(seed)
    } catch (cause) {
      throw new Error(`seed ${seed}`, { cause })
    }
  }
})
