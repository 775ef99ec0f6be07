import { expect, test } from "vitest"
import { lockPanels } from "../../../src/canvas/arrange/placing-acts.ts"
import { cutOf, thingsIn } from "../../../src/canvas/clipboard/things.ts"
import { newSection } from "../../../src/canvas/sections/section-acts.ts"
import { graphAfter, rowOfPanels } from "../../desk-world.ts"

const section = newSection("First two", "ws", { x: 0, y: 0, w: 760, h: 240 })
const graph = graphAfter([...rowOfPanels(3), ...section.operations, ...lockPanels(["p2"], true)])

test("a cut of a section takes what lies in it, and what is locked stays", () => {
  expect(cutOf(graph, [section.id, "p3"]).toSorted()).toEqual([section.id, "p1", "p3"].toSorted())
  expect(cutOf(graph, ["p2"])).toEqual([])
})

test("what is put on the clipboard by a cut is what goes, not more", () => {
  const things = thingsIn(graph, cutOf(graph, [section.id]), { values: true, only: true })
  expect(things.panels.map(({ title }) => title)).toEqual(["Panel 1"])
  expect(things.sections.length).toBe(1)
})
