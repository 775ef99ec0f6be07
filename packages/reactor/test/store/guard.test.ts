import { apply, Graph, type ItemMatch, type Json, type Operation } from "@nexus/protocol"
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

  it("that takes something away, or moves it, carries what is seen of it", () => {
    const graph = graphWith({ n: 1, items: [{ id: "a", done: true }] })
    const frame = { x: 5, y: 5, w: 5, h: 5 }
    const [before, state] = [graph.panel("p")?.properties.frame, graph.panel("p")?.properties.state]
    const take = (remove: ItemMatch[], insert: Json[] = []): Operation => {
      return { kind: "state_splice", panel: "p", path: ["items"], index: 0, remove, insert }
    }
    const ways: [Operation, Operation][] = [
      [
        { kind: "state_unset", panel: "p", path: ["n"] },
        { kind: "state_unset", panel: "p", path: ["n"], expect: 1 },
      ],
      [take([{ key: "a" }]), take([{ key: "a", expect: { id: "a", done: true } }])],
      [
        { kind: "panel_frame", panel: "p", frame },
        { kind: "panel_frame", panel: "p", frame, ...(before ? { expect: before } : {}) },
      ],
      [
        { kind: "entity_remove", id: "p" },
        { kind: "entity_remove", id: "p", expect: { source: "source", title: "p", ...(state ? { state } : {}) } },
      ],
    ]
    for (const [given, wanted] of ways) {
      expect(guardOperations([given], graph)).toEqual([wanted])
      const elsewhere = graph.fork()
      expect(apply(elsewhere, [wanted])).toMatchObject({ ok: true })
    }
    const changed = graph.fork()
    apply(changed, [set("n", 2), take([{ key: "a" }], [{ id: "a", done: false }])])
    apply(changed, [{ kind: "panel_frame", panel: "p", frame: { x: 1, y: 1, w: 1, h: 1 } }])
    for (const [given, wanted] of ways) {
      expect(apply(changed.fork(), [wanted])).toMatchObject({ ok: false, failure: { code: "operation-conflict" } })
      expect(onTop([wanted], changed)).toEqual([given])
    }
  })

  it("that takes away what is gone already is as it was wished", () => {
    const unset: Operation = { kind: "state_unset", panel: "p", path: ["gone"], expect: 1 }
    expect(apply(graphWith({ n: 1 }), [unset])).toMatchObject({ ok: true, inverse: [] })
    expect(onTop([unset], graphWith({ n: 1 }))).toEqual([])
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
