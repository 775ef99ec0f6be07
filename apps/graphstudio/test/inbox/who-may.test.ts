import { expect, it } from "vitest"
import { mayAnswer, whoMay } from "../../src/inbox/who-may.ts"

it("a role may answer what asks for it or for less", () => {
  const roles = ["viewer", "editor", "owner"] as const
  const may = roles.map((role) => roles.filter((needed) => mayAnswer(role, needed)))
  expect(may).toEqual([["viewer"], ["viewer", "editor"], ["viewer", "editor", "owner"]])
  expect(mayAnswer(undefined, "viewer")).toBe(false)
})

it("who may is said to those who may not", () => {
  expect(whoMay("owner")).toBe("An owner of this workspace can answer it.")
  expect(whoMay("editor")).toBe("An editor or an owner of this workspace can answer it.")
})
