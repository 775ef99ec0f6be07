import { apply, Entity, Graph, type Json, type Operation, readPath, type StatePath } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { Chance, difference, randomOperation } from "./random-operations.ts"

const FIRST_SEED = 20_261_120
const SEQUENCES = 2500

describe("`apply` then its inverse is the identity", () => {
  it(`holds for ${SEQUENCES} random sequences, and a refused list leaves no trace`, () => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + SEQUENCES; seed += 1) {
      const chance = new Chance(seed)
      const graph = someWorld()
      const history: { before: Graph; inverse: readonly Operation[] }[] = []
      for (let round = 0; round < 6; round += 1) {
        const before = graph.fork()
        const operations = Array.from({ length: 1 + chance.below(4) }, () => randomOperation(chance, graph))
        const applied = apply(graph, operations)
        if (applied.ok) history.push({ before, inverse: applied.inverse })
        else expect(difference(graph, before), `seed ${seed}: a refused list left a trace`).toBeUndefined()
      }
      for (const { before, inverse } of history.reverse()) {
        const back = apply(graph, inverse)
        expect(back.ok, `seed ${seed}: the inverse was refused ${JSON.stringify(back)}`).toBe(true)
        expect(difference(graph, before), `seed ${seed}: the inverse went elsewhere`).toBeUndefined()
      }
    }
  })

  it("agrees with a graph that took the same operations from JSON", () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const chance = new Chance(seed)
      const [here, there] = [someWorld(), someWorld()]
      for (let round = 0; round < 20; round += 1) {
        const operations = [randomOperation(chance, here)]
        const sent: Operation[] = JSON.parse(JSON.stringify(operations))
        expect(apply(here, operations).ok, `seed ${seed}`).toBe(apply(there, sent).ok)
      }
      expect(difference(here, there), `seed ${seed}`).toBeUndefined()
    }
  })
})

describe("apply", () => {
  it("lets no state grow deeper than a value may be, however many writes it takes", () => {
    const graph = someWorld()
    const nested = (depth: number): Json => JSON.parse("[".repeat(depth) + "]".repeat(depth))
    const set = (path: StatePath, value: Json) =>
      apply(graph, [{ kind: "state_set", panel: "p1", path: [...path], value }]).ok
    expect(set(["count"], nested(256))).toBe(false)
    expect(set(["count"], nested(255))).toBe(true)
    const inner = [...Array(60).fill({ index: 0 })]
    expect(set(["count", ...inner], nested(196))).toBe(false)
    expect(set(["count", ...inner], nested(195))).toBe(true)
    const insert = (value: Json) =>
      apply(graph, [{ kind: "state_splice", panel: "p1", path: ["count"], index: 0, remove: [], insert: [value] }]).ok
    expect(insert(nested(255))).toBe(false)
    expect(insert(nested(254))).toBe(true)
    expect(set(["count"], JSON.parse('[{"__proto__":{"admin":true}}]'))).toBe(false)
    expect(set(["count", ...Array(300).fill({ index: 0 })], [[]])).toBe(false)
    expect(Entity.safeParse(graph.panel("p1")).success).toBe(true)
  })

  it("shares what it does not touch, so an old reference stays true", () => {
    const graph = someWorld()
    const before = graph.panel("p1")
    apply(graph, [{ kind: "state_set", panel: "p1", path: ["count"], value: 7 }])
    expect(before?.properties.state.count).toBe(1)
    expect(graph.panel("p1")?.properties.state.items).toBe(before?.properties.state.items)
  })

  it("finds a list item by its key wherever it has moved", () => {
    const graph = someWorld()
    apply(graph, [
      { kind: "state_splice", panel: "p1", path: ["items"], index: 0, remove: [], insert: [{ id: 9 }] },
      { kind: "state_set", panel: "p1", path: ["items", { key: 1 }, "done"], value: true },
    ])
    expect(graph.panel("p1")?.properties.state.items).toEqual([
      { id: 9 },
      { id: 1, done: true },
      { id: 2, done: false },
    ])
  })

  it.each<[string, Operation]>([
    [
      "an index whose value is another",
      { kind: "state_set", panel: "p1", path: ["items", { index: 0, expect: 5 }], value: 1 },
    ],
    ["an expected value that has changed", { kind: "state_set", panel: "p1", path: ["count"], value: 2, expect: 5 }],
    ["an item that is gone", { kind: "state_set", panel: "p1", path: ["items", { key: 77 }, "done"], value: true }],
    [
      "a removed item that is gone",
      { kind: "state_splice", panel: "p1", path: ["items"], index: 0, remove: [{ key: 77 }], insert: [] },
    ],
    ["a source somebody else saved", { kind: "panel_source", panel: "p1", source: "b", title: "B", expect: "other" }],
    ["an entity that exists", { kind: "entity_add", entity: concept("c1") }],
    ["__proto__", { kind: "state_set", panel: "p1", path: ["__proto__", "x"], value: 1 }],
  ])("refuses %s with operation-conflict", (_, operation) => {
    const graph = someWorld()
    expect(apply(graph, [operation])).toMatchObject({ ok: false, failure: { code: "operation-conflict" } })
    expect(difference(graph, someWorld())).toBeUndefined()
  })

  it("never pollutes a prototype", () => {
    const graph = someWorld()
    apply(graph, [{ kind: "entity_set", id: "c1", set: JSON.parse('{"__proto__":{"polluted":1}}') }])
    apply(graph, [{ kind: "state_set", panel: "p1", path: ["deep", "constructor"], value: { prototype: 1 } }])
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
    expect(readPath(graph.panel("p1")?.properties.state ?? {}, ["deep", "toString"])).toBeUndefined()
  })

  it("removes what lives in an entity, and the inverse brings all of it back", () => {
    const graph = someWorld()
    const whole = graph.fork()
    const removed = apply(graph, [{ kind: "entity_remove", id: "w" }])
    expect(graph.size).toBe(0)
    expect(removed.ok && apply(graph, removed.inverse).ok).toBe(true)
    expect(difference(graph, whole)).toBeUndefined()
  })

  it("takes everything back when the last operation is refused", () => {
    const graph = someWorld()
    const result = apply(graph, [
      { kind: "state_set", panel: "p1", path: ["count"], value: 99 },
      { kind: "entity_remove", id: "p2" },
      { kind: "entity_remove", id: "nowhere" },
    ])
    expect(result).toMatchObject({ ok: false, failure: { code: "not-found", id: "nowhere" } })
    expect(difference(graph, someWorld())).toBeUndefined()
  })
})

function concept(id: string): Entity {
  return { id, kind: "concept", name: id, properties: {}, scope: "w" }
}

function panel(id: string): Entity {
  const items: Json = [
    { id: 1, done: false },
    { id: 2, done: false },
  ]
  const state = { items, count: 1, deep: { list: [{ id: 1 }, 2, 3] } }
  const frame = { x: 0, y: 0, w: 100, h: 100 }
  return { id, kind: "panel", name: id, properties: { source: "a", title: id, frame, state, grants: [] }, scope: "w" }
}

function someWorld(): Graph {
  const workspace: Entity = { id: "w", kind: "workspace", name: "W", properties: {}, scope: "" }
  return Graph.fromSnapshot({
    entities: [workspace, panel("p1"), panel("p2"), concept("c1"), concept("c2")],
    relationships: [{ from: "c1", kind: "related_to", to: "p1", properties: {} }],
  })
}
