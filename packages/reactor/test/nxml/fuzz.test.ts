import { expect, test } from "vitest"
import { fuzz } from "../../fuzz/documents.ts"

test("3,000 mutated documents are read, printed and laid out as promised", () => {
  for (let seed = 1; seed <= 3000; seed++) expect(() => fuzz.round(seed), `seed ${seed}`).not.toThrow()
})
