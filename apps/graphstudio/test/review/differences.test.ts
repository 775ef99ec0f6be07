import { Operation } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { describeOperation, outlookOf } from "../../src/review/differences.ts"
import { graphAfter, rowOfPanels } from "../desk-world.ts"

describe("what a patch would do", () => {
  it("shows the panels it touches before and after, and leaves the graph alone", () => {
    const graph = graphAfter(rowOfPanels(2))
    const before = graph.toSnapshot()
    const { pairs } = outlookOf(graph, [
      { kind: "panel_source", panel: "p1", source: "<NexusPanel title='New'/>", title: "New" },
      { kind: "entity_remove", id: "p2" },
    ])
    expect(pairs.map(({ id, before, after }) => [id, before?.name, after?.name])).toEqual([
      ["p1", "Panel 1", "New"],
      ["p2", "Panel 2", undefined],
    ])
    expect(graph.toSnapshot()).toEqual(before)
  })

  it("ticks that do not work together say why", () => {
    const graph = graphAfter(rowOfPanels(1))
    const { pairs, failure } = outlookOf(graph, [
      { kind: "entity_remove", id: "p1" },
      { kind: "state_set", panel: "p1", path: ["a"], value: 1 },
    ])
    expect(pairs).toEqual([])
    expect(failure?.code).toBe("not-found")
  })

  it("every kind of operation has words", () => {
    const graph = graphAfter(rowOfPanels(2))
    const operations: Operation[] = [
      ...rowOfPanels(1),
      { kind: "entity_set", id: "ws", name: "Other" },
      { kind: "entity_remove", id: "p1" },
      { kind: "relationship_add", relationship: { from: "p1", kind: "reads", to: "p2", properties: {} } },
      { kind: "relationship_remove", from: "p1", relationship: "reads", to: "p2" },
      { kind: "panel_source", panel: "p1", source: "", title: "" },
      { kind: "panel_frame", panel: "p1", frame: { x: 0, y: 0, w: 100, h: 100 } },
      { kind: "panel_grant", panel: "p1", grant: "time", granted: true },
      { kind: "state_set", panel: "p1", path: ["items", { key: "k" }, "done"], value: true },
      { kind: "state_unset", panel: "p1", path: ["items"] },
      { kind: "state_splice", panel: "p1", path: ["items"], index: 0, remove: [], insert: [1] },
    ]
    expect(new Set(operations.map(({ kind }) => kind)).size).toBe(Operation.options.length)
    for (const operation of operations) expect(describeOperation(operation, graph)).not.toContain("undefined")
  })
})
