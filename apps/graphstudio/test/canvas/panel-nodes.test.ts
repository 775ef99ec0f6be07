import { apply } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { frameOf, toPanelNodes } from "../../src/canvas/panel-nodes.ts"
import { toPastNodes } from "../../src/canvas/past-nodes.ts"
import { graphAfter, rowOfPanels } from "../desk-world.ts"

describe("panels as nodes", () => {
  it("a node stays the same object while its frame, title and selection do", () => {
    const graph = graphAfter(rowOfPanels(3))
    const first = toPanelNodes([], [...graph.panels()], [])
    apply(graph, [{ kind: "state_set", panel: "p1", path: ["count"], value: 1 }])
    apply(graph, [{ kind: "panel_frame", panel: "p2", frame: { x: 5, y: 6, w: 300, h: 200 } }])
    const second = toPanelNodes(first, [...graph.panels()], [])
    expect(second[0]).toBe(first[0])
    expect(second[2]).toBe(first[2])
    expect(second[1] && frameOf(second[1])).toEqual({ x: 5, y: 6, w: 300, h: 200 })
  })

  it("a node in the hand stays where the hand holds it", () => {
    const graph = graphAfter(rowOfPanels(1))
    const held = toPanelNodes([], [...graph.panels()], []).map((node) => ({
      ...node,
      dragging: true,
      position: { x: 77, y: 88 },
    }))
    apply(graph, [{ kind: "panel_frame", panel: "p1", frame: { x: 5, y: 6, w: 300, h: 200 } }])
    expect(toPanelNodes(held, [...graph.panels()], [])[0]?.position).toEqual({ x: 77, y: 88 })
  })

  it("selecting one changes only its node", () => {
    const graph = graphAfter(rowOfPanels(2))
    const first = toPanelNodes([], [...graph.panels()], [])
    const second = toPanelNodes(first, [...graph.panels()], ["p2"])
    expect(second[0]).toBe(first[0])
    expect(second[1]?.selected).toBe(true)
  })
})

const Nothing = () => null

describe("the canvas of another instant", () => {
  it("what did not exist yet is a ghost where it stands now", () => {
    const then = graphAfter(rowOfPanels(1))
    const now = graphAfter(rowOfPanels(2))
    const nodes = toPastNodes({ panels: [...then.panels()], graph: then, Body: Nothing }, [...now.panels()])
    expect(nodes.map(({ id, type }) => [id, type])).toEqual([
      ["p2", "ghost"],
      ["p1", "past"],
    ])
  })
})
