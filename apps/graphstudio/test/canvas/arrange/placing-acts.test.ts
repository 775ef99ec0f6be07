import { apply, type Operation, placingOf } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { movedWith } from "../../../src/canvas/arrange/carried.ts"
import {
  chosenWithGroups,
  groupPanels,
  lockPanels,
  stackOf,
  type Turn,
  turnPanels,
  ungroupPanels,
} from "../../../src/canvas/arrange/placing-acts.ts"
import { newSection } from "../../../src/canvas/sections/section-acts.ts"
import { graphAfter, panelOf, rowOfPanels } from "../../desk-world.ts"

function stackAfter(chosen: readonly string[], ...turns: Turn[]): string {
  const graph = graphAfter(rowOfPanels(4))
  for (const turn of turns) expect(apply(graph, turnPanels(graph, chosen, turn)).ok).toBe(true)
  return stackOf(graph)
    .map(({ id }) => id)
    .join(" ")
}

describe("what lies above what", () => {
  it("to the front and to the back, in their own order", () => {
    expect(stackAfter(["p1", "p2"], "front")).toBe("p3 p4 p1 p2")
    expect(stackAfter(["p4", "p3"], "back")).toBe("p3 p4 p1 p2")
  })

  it("forward and backward pass one that is not chosen", () => {
    expect(stackAfter(["p1", "p2"], "forward")).toBe("p3 p1 p2 p4")
    expect(stackAfter(["p3"], "backward")).toBe("p1 p3 p2 p4")
    expect(stackAfter(["p2"], "forward", "backward")).toBe("p1 p2 p3 p4")
  })

  it("who lies there already writes nothing, once all are told apart", () => {
    const graph = graphAfter(rowOfPanels(3))
    expect(apply(graph, turnPanels(graph, ["p3"], "front")).ok).toBe(true)
    expect([...graph.panels()].map((panel) => placingOf(panel).z)).toEqual([0, 1, 2])
    expect(turnPanels(graph, ["p3"], "front")).toEqual([])
    expect(turnPanels(graph, ["p1"], "backward")).toEqual([])
  })
})

describe("groups", () => {
  const world = (...more: Operation[]) => graphAfter([...rowOfPanels(4), ...groupPanels(["p1", "p2"], "g"), ...more])

  it("one of a group chooses all of it, and letting one go lets all go", () => {
    const panels = [...world().panels()]
    expect(chosenWithGroups(panels, [], ["p1"])).toEqual(["p1", "p2"])
    expect(chosenWithGroups(panels, ["p1", "p2", "p3"], ["p2", "p3"])).toEqual(["p3"])
    expect(chosenWithGroups(panels, ["p1", "p2"], ["p4"])).toEqual(["p4"])
  })

  it("a panel joins one group and leaves it without a trace", () => {
    const graph = world(...groupPanels(["p2", "p3"], "h"))
    expect([...graph.panels()].map((panel) => placingOf(panel).group)).toEqual(["g", "h", "h", undefined])
    apply(graph, ungroupPanels([...graph.panels()]))
    expect(Object.hasOwn(panelOf(graph, "p1").properties, "group")).toBe(false)
  })
})

describe("what moves together", () => {
  it("a section takes what lies in it, and that takes its group; what is locked stays", () => {
    const { operations, id } = newSection("Left", "ws", { x: 0, y: 0, w: 760, h: 240 })
    const graph = graphAfter([...rowOfPanels(5), ...operations, ...groupPanels(["p2", "p4"], "g")])
    expect(movedWith(graph, [id]).sort()).toEqual(["p1", "p2", "p4", id].sort())
    apply(graph, lockPanels(["p1"], true))
    expect(movedWith(graph, [id]).sort()).toEqual(["p2", "p4", id].sort())
    expect(movedWith(graph, ["p3"])).toEqual(["p3"])
  })
})
