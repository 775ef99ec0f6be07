import { expect, test } from "vitest"
import { fuzz } from "../../fuzz/expressions.ts"

// `npm run fuzz -- expressions` goes on from here.
test("nothing but data comes out of 6,000 random expressions over hostile names and values", () => {
  for (let seed = 1; seed <= 6000; seed++) expect(() => fuzz.round(seed), `seed ${seed}`).not.toThrow()
})
