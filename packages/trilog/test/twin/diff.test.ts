import { apply, Graph, type Json, type Operation } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { diffGraphs } from "../../src/twin/diff.ts"
import { panelAdded } from "../journal.ts"

function graphAfter(...operations: Operation[]): Graph {
  const graph = new Graph()
  const applied = apply(graph, operations)
  if (!applied.ok) throw new Error(JSON.stringify(applied.failure))
  return graph
}

function stateDiff(before: { [name: string]: Json }, after: { [name: string]: Json }): unknown {
  return diffGraphs(graphAfter(panelAdded("p1", before, "")), graphAfter(panelAdded("p1", after, ""))).changed[0]?.state
}

describe("a diff of two moments", () => {
  it("is empty for equal graphs", () => {
    const operations = [panelAdded("p1", { n: 1 }, ""), panelAdded("p2", {}, "")]
    expect(diffGraphs(graphAfter(...operations), graphAfter(...operations.toReversed()))).toEqual({
      added: [],
      removed: [],
      changed: [],
      relationshipsAdded: [],
      relationshipsRemoved: [],
    })
  })

  it("names values by the finest path, list items by their key", () => {
    const before = {
      items: [
        { id: 1, done: false },
        { id: 2, done: false },
      ],
      n: { a: 1, b: 1 },
    }
    const after = {
      items: [
        { id: 2, done: true },
        { id: 3, done: false },
      ],
      n: { a: 1, b: 2 },
    }
    expect(stateDiff(before, after)).toEqual([
      { path: ["items", { key: 1 }], before: { id: 1, done: false } },
      { path: ["items", { key: 2 }, "done"], before: false, after: true },
      { path: ["items", { key: 3 }], after: { id: 3, done: false } },
      { path: ["n", "b"], before: 1, after: 2 },
    ])
  })

  it("shows a list whole when only its order changed, or its items have no keys", () => {
    expect(stateDiff({ l: [{ id: 1 }, { id: 2 }] }, { l: [{ id: 2 }, { id: 1 }] })).toHaveLength(1)
    expect(stateDiff({ l: [1, 2] }, { l: [1, 3] })).toEqual([{ path: ["l"], before: [1, 2], after: [1, 3] }])
  })

  it("tells properties and names apart from state, and relationships by what they say", () => {
    const panels = [panelAdded("p1", {}, ""), panelAdded("p2", {}, "")]
    const uses = (weight: number): Operation => ({
      kind: "relationship_add",
      relationship: { from: "p1", kind: "uses", to: "p2", properties: { weight } },
    })
    const save: Operation = { kind: "panel_source", panel: "p1", source: "<NexusPanel/>", title: "New" }
    const { changed, relationshipsAdded, relationshipsRemoved } = diffGraphs(
      graphAfter(...panels, uses(1)),
      graphAfter(...panels, uses(2), save),
    )
    expect(changed[0]?.properties.map(({ path }) => path)).toEqual([["source"], ["title"], ["name"]])
    expect(relationshipsAdded[0]?.properties).toEqual({ weight: 2 })
    expect(relationshipsRemoved[0]?.properties).toEqual({ weight: 1 })
  })
})
