import { apply } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { moveFrames, newPanel, panelsInWords } from "../../src/workspace/panel-acts.ts"
import { takeBack } from "../../src/workspace/take-back.ts"
import { graphAfter, rowOfPanels } from "../desk-world.ts"

describe("acts on panels", () => {
  it("a drop makes operations only for what really moved, on whole pixels", () => {
    const panels = [...graphAfter(rowOfPanels(2)).panels()]
    const frames = new Map([
      ["p1", { x: 0.2, y: -0.3, w: 360, h: 240 }],
      ["p2", { x: 410.6, y: 12.4, w: 360, h: 240 }],
    ])
    expect(moveFrames(panels, frames)).toEqual([
      { kind: "panel_frame", panel: "p2", frame: { x: 411, y: 12, w: 360, h: 240 } },
    ])
  })

  it("panels are named in a sentence by title or by number", () => {
    const panels = [...graphAfter(rowOfPanels(2)).panels()]
    expect(panelsInWords(panels.slice(0, 1))).toBe("Panel 1")
    expect(panelsInWords(panels)).toBe("2 panels")
  })
})

describe("taking back a change that came over HTTP", () => {
  const change = (operations: Parameters<typeof takeBack>[1]["operations"]) => ({
    workspace: "ws",
    seq: 9,
    submission: "s9",
    at: 0,
    cause: { actor: { kind: "git" as const, id: "git", name: "Git" }, reason: "checkout" },
    operations,
  })

  it("the inverse brings the graph back as it was", () => {
    const graph = graphAfter(rowOfPanels(2))
    const before = graph.fork()
    const removed = change([{ kind: "entity_remove", id: "p1" }])
    apply(graph, removed.operations)
    const back = takeBack(before.fork(), removed)
    expect(back && apply(graph, back).ok).toBe(true)
    expect(graph.toSnapshot()).toEqual(before.toSnapshot())
  })

  it("what follows from a source is left to the kernel", () => {
    const graph = graphAfter(rowOfPanels(1))
    const state = { id: "p9.state.n", kind: "state" as const, name: "n", properties: {}, scope: "p9" }
    const contains = { from: "p9", kind: "contains" as const, to: "p9.state.n", properties: { derived: true } }
    const added = change([
      newPanel("p9", "ws", "<NexusPanel/>", "Copy", { x: 0, y: 0, w: 100, h: 100 }),
      { kind: "entity_add", entity: state },
      { kind: "relationship_add", relationship: contains },
    ])
    expect(takeBack(graph.fork(), added)).toEqual([{ kind: "entity_remove", id: "p9" }])
  })

  it("there is none when the world was another one", () => {
    expect(takeBack(graphAfter([]), change([{ kind: "entity_remove", id: "p1" }]))).toBeUndefined()
  })
})
