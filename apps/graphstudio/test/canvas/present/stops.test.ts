import { describe, expect, it } from "vitest"
import { panelsInOrder, stopsOf } from "../../../src/canvas/present/stops.ts"
import { newSection } from "../../../src/canvas/sections/section-acts.ts"
import { newPanel } from "../../../src/workspace/panel-acts.ts"
import { graphAfter } from "../../desk-world.ts"

const panel = (id: string, x: number, y: number) => newPanel(id, "ws", "<NexusPanel/>", id, { x, y, w: 300, h: 200 })

describe("the order of a presentation", () => {
  it("rows from the top, each from left to right, as one reads", () => {
    const graph = graphAfter([panel("last", 0, 600), panel("second", 400, -30), panel("first", 0, 20)])
    expect(panelsInOrder(graph).map(({ name }) => name)).toEqual(["first", "second", "last"])
    expect(stopsOf(graph)).toEqual(panelsInOrder(graph))
  })

  it("sections are the stops where there are any", () => {
    const { operations } = newSection("Opening", "ws", { x: 0, y: 0, w: 500, h: 300 })
    expect(stopsOf(graphAfter([panel("a", 0, 0), ...operations])).map(({ name }) => name)).toEqual(["Opening"])
  })
})
