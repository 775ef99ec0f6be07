import { expect, test } from "vitest"
import { matching, mentionAt, mentionsIn, piecesOf } from "../../src/comments/mentions.ts"

const ADA = { id: "u1", name: "Ada" }
const LOVELACE = { id: "u2", name: "Ada Lovelace" }
const GRACE = { id: "u3", name: "Grace Hopper" }
const PEOPLE = [ADA, LOVELACE, GRACE]

test("what stands after an @ at the caret is the beginning of a name", () => {
  expect(mentionAt("Ask @gr", 7)).toEqual({ query: "gr", start: 4 })
  expect(mentionAt("Ask @Ada Lo", 11)).toEqual({ query: "Ada Lo", start: 4 })
  expect(mentionAt("@", 1)).toEqual({ query: "", start: 0 })
  expect(mentionAt("mail a@b.org", 12)).toBeUndefined()
  expect(mentionAt("Ask @gr and go on", 17)).toBeUndefined()
})

test("people are found by the beginning of any of their names", () => {
  expect(matching(PEOPLE, "hop")).toEqual([GRACE])
  expect(matching(PEOPLE, "ada")).toEqual([ADA, LOVELACE])
})

test("the longest name is called, and each person once", () => {
  expect(mentionsIn("@Ada Lovelace and @Ada Lovelace", PEOPLE)).toEqual([LOVELACE])
  expect(mentionsIn("@Adam, a@Grace Hopper", [ADA])).toEqual([])
  expect(mentionsIn("(@Ada), @Grace Hopper!", PEOPLE)).toEqual([ADA, GRACE])
})

test("the pieces of a text are the text", () => {
  const text = "@Ada: ask @Grace Hopper@ or @nobody"
  expect(
    piecesOf(text, PEOPLE)
      .map((piece) => piece.text)
      .join(""),
  ).toBe(text)
})
