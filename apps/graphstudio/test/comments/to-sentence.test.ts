import { expect, test } from "vitest"
import { toSentence } from "../../src/comments/to-sentence.ts"

test("what is said after a comment is the next sentence, however the comment ends", () => {
  expect(toSentence("Do we need more?")).toBe("Do we need more?")
  expect(toSentence("He said “enough.”")).toBe("He said “enough.”")
  expect(toSentence("Yes, bread ")).toBe("Yes, bread.")
})
