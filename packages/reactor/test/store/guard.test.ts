import { apply, Graph, type Json, type Operation } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { guardOperations, joinOperations, onTop } from "../../src/store/guard.ts"
import { panelWith } from "../world/server.ts"

const set = (name: string, value: Json, expected?: Json): Operation => ({
  kind: "state_set",
  panel: "p",
  path: [name],
  value,
  ...(expected === undefined ? {} : { expect: expected }),
})

function graphWith(state: Parameters<typeof panelWith>[0]): Graph {
  const graph = new Graph()
  apply(graph, [panelWith(state, "source")])
  return graph
}

describe("a write without a line", () => {
  it("carries what it believes to be there, each after those before it, and changes nothing by being asked", () => {
    const graph = graphWith({ n: 1 })
    expect(guardOperations([set("n", 2), set("n", 3), set("new", 4)], graph)).toEqual([
      set("n", 2, 1),
      set("n", 3, 2),
      set("new", 4),
    ])
    expect(graph.panel("p")?.properties.state).toEqual({ n: 1 })
  })

  it("of a source or of properties carries those", () => {
    const source: Operation = { kind: "panel_source", panel: "p", source: "mine", title: "p" }
    expect(guardOperations([source], graphWith({}))).toEqual([{ ...source, expect: "source" }])
    const graph = new Graph()
    apply(graph, [
      { kind: "entity_add", entity: { id: "c", kind: "concept", name: "C", scope: "", properties: { a: 1, b: 2 } } },
    ])
    const change: Operation = { kind: "entity_set", id: "c", set: { a: 5, d: 6 }, unset: ["b"] }
    expect(guardOperations([change], graph)).toEqual([{ ...change, expect: { a: 1, b: 2 } }])
  })

  it("keeps what it expected itself", () => {
    expect(guardOperations([set("n", 2, 9)], graphWith({ n: 1 }))).toEqual([set("n", 2, 9)])
  })
})

it("writes to one place in a row are the last of them, expecting what the first expected", () => {
  expect(joinOperations([set("n", 2, 1)], [set("n", 3, 2), set("m", 1)])).toEqual([set("n", 3, 1), set("m", 1)])
})

describe("what is put on top", () => {
  it("overwrites what is there, and leaves out what is done already", () => {
    const graph = graphWith({ n: 7, items: [{ id: "a" }] })
    const take = (id: string): Operation => ({
      kind: "state_splice",
      panel: "p",
      path: ["items"],
      index: 0,
      remove: [{ key: id }],
      insert: [],
    })
    expect(onTop([set("n", 2, 1), take("gone"), take("a"), { kind: "entity_remove", id: "q" }], graph)).toEqual([
      set("n", 2),
      take("a"),
    ])
  })

  it("says why where the place is gone", () => {
    expect(onTop([{ ...set("n", 2), panel: "q" } as Operation], graphWith({ n: 1 }))).toMatchObject({
      code: "not-found",
    })
  })
})
