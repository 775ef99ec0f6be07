import { expect, test } from "vitest"
import { personColour, seatPeople, seatsOf } from "../../src/ui/person-colour.ts"

const ids = Array.from({ length: 8 }, (_, index) => `user_${index * 7}`)

test("two who are here at once never have the same colour, until there are more people than colours", () => {
  expect(new Set(seatsOf(ids).values()).size).toBe(8)
  expect(seatsOf([...ids, "user_more"]).size).toBe(9)
})

test("the order in which people came changes nothing, so all screens agree", () => {
  expect(seatsOf(ids.toReversed())).toEqual(seatsOf(ids))
})

test("whoever is alone has the colour of their id, and so has who is not here", () => {
  const before = personColour("user_a")
  seatPeople(["user_a"])
  expect(personColour("user_a")).toBe(before)
  seatPeople([])
})
