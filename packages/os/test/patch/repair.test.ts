import type { Failure } from "@nexus/protocol"
import { expect, test } from "vitest"
import { askForRepair, isRepairable, problemsOf } from "../../src/patch/repair.ts"
import { groceries, panelWith, worldWith } from "../worlds.ts"

const world = worldWith([panelWith("p", groceries)])

test("a refused panel goes back to the model with its first error and line", () => {
  const failure: Failure = {
    code: "panel-invalid",
    panel: "p",
    errors: 2,
    first: "<Buton> is unknown",
    line: 4,
    column: 3,
  }
  expect(isRepairable(failure)).toBe(true)
  expect(problemsOf(failure, world, world)).toEqual([
    "The panel has 2 errors; first: <Buton> is unknown at line 4, column 3.",
  ])
})

test("what only a person can mend is not sent back", () => {
  expect(isRepairable({ code: "forbidden", detail: "Viewers cannot propose." })).toBe(false)
  expect(isRepairable({ code: "unavailable", what: "The kernel", detail: "down" })).toBe(false)
})

test("after a conflict the model sees the source as it is now", () => {
  const failure: Failure = { code: "operation-conflict", operation: "panel_source", target: "p", detail: "changed" }
  const now = worldWith([panelWith("p", groceries.replace("Milk", "Bread"))])
  expect(problemsOf(failure, world, now)[1]).toContain("Bread")
})

test("every call of the refused round gets its answer", () => {
  const calls = ["a", "b"].map((id) => ({ id, name: "propose_patch", args: "{}" }))
  const messages = askForRepair("Here you go.", calls, ["It does not fit."])
  expect(messages.map(({ role }) => role)).toEqual(["assistant", "tool", "tool"])
  expect(messages[1]).toMatchObject({ call: "a", text: expect.stringContaining("It does not fit.") })
})
