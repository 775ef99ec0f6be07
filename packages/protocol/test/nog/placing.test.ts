import { describe, expect, it } from "vitest"
import { apply, Graph, type JsonObject, type Operation, placingOf, sectionsOf } from "../../src/index.ts"

const frame = { x: 0, y: 0, w: 400, h: 300 }

function graphAfter(operations: readonly Operation[]): Graph {
  const graph = new Graph()
  const properties = { title: "P", source: "", frame, state: {}, grants: [] }
  const world: Operation[] = [
    { kind: "entity_add", entity: { id: "ws", kind: "workspace", name: "", properties: {}, scope: "" } },
    { kind: "entity_add", entity: { id: "p1", kind: "panel", name: "P", properties, scope: "ws" } },
  ]
  const applied = apply(graph, [...world, ...operations])
  if (!applied.ok) throw new Error(JSON.stringify(applied.failure))
  return graph
}

function placed(set: JsonObject) {
  const panel = graphAfter([{ kind: "entity_set", id: "p1", set }]).panel("p1")
  return panel && placingOf(panel)
}

const section = (id: string, properties: JsonObject): Operation => ({
  kind: "entity_add",
  entity: { id, kind: "section", name: id, properties, scope: "ws" },
})

describe("how a panel lies on the canvas", () => {
  it("at first it lies at the bottom, free and alone", () => {
    expect(placed({})).toEqual({ z: 0, locked: false, group: undefined })
  })

  it("is what is said of it, and nonsense is as if it were not said", () => {
    expect(placed({ z: 3, locked: true, group: "g1" })).toEqual({ z: 3, locked: true, group: "g1" })
    expect(placed({ z: "3", locked: "yes", group: "" })).toEqual({ z: 0, locked: false, group: undefined })
  })

  it("one undo takes it back", () => {
    const graph = graphAfter([])
    const applied = apply(graph, [{ kind: "entity_set", id: "p1", set: { z: 3, group: "g1" } }])
    if (applied.ok) apply(graph, applied.inverse)
    expect(graph.panel("p1")?.properties).toEqual({ title: "P", source: "", frame, state: {}, grants: [] })
  })
})

describe("sections", () => {
  it("come in reading order, and one without a place is none", () => {
    const graph = graphAfter([
      section("low", { frame: { ...frame, y: 900 } }),
      section("right", { frame: { ...frame, x: 500 } }),
      section("left", { frame }),
      section("lost", { frame: { x: 0 } }),
      section("huge", { frame: { ...frame, w: 1e9 } }),
    ])
    expect(sectionsOf(graph).map(({ id }) => id)).toEqual(["left", "right", "low"])
  })
})
