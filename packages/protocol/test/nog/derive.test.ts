import {
  apply,
  deriveOperations,
  type Entity,
  Graph,
  type Operation,
  type Panel,
  resolvePanel,
  type State,
} from "@nexus/protocol"
import { describe, expect, it } from "vitest"

const range = { line: 1, column: 1, offset: 0, length: 0 }

describe("deriving a panel", () => {
  it("says what its source declares, and the second time nothing", () => {
    const graph = world("p")
    expect(derive(graph, "p", groceries)).not.toEqual([])
    expect(deriveOperations(graph, "p", groceries)).toEqual([])
    expect(graph.entity("p.state.items")).toMatchObject({ kind: "state", scope: "p", properties: { type: "list" } })
    expect(graph.relationship("p", "contains", "p.handler.add")).toBeDefined()
    expect(graph.relationship("p.handler.add", "writes", "p.state.items")).toBeDefined()
    expect(graph.relationship("p.computed.open", "reads", "p.state.items")).toBeDefined()
    expect(graph.relationship("p.tool.add_item", "triggers", "p.handler.add")).toBeDefined()
    expect(graph.relationship("p.handler.add", "requires", "p.capability.0")).toBeDefined()
    expect(graph.relationship("p", "triggers", "p.handler.add")?.properties.on).toEqual(["onClick", "schedule"])
  })

  it("takes the title from the source", () => {
    const graph = world("p")
    derive(graph, "p", groceries)
    expect(graph.panel("p")).toMatchObject({ name: "Groceries", properties: { title: "Groceries" } })
  })

  it("gives states their initial value, keeps values that fit, resets those of another type, drops the rest", () => {
    const graph = world("p", { items: ["kept"], count: "not a number", gone: 1, draft: "session", token: "secret" })
    derive(graph, "p", {
      ...groceries,
      states: [
        state("items", "list", []),
        state("count", "number", 3),
        state("note", "string", "hello"),
        { ...state("draft", "string", ""), scope: "session" },
        { ...state("token", "string", ""), secret: true },
      ],
    })
    expect(graph.panel("p")?.properties.state).toEqual({ items: ["kept"], count: 3, note: "hello" })
  })

  it("removes what is no longer declared and leaves what people drew", () => {
    const graph = world("p")
    derive(graph, "p", groceries)
    const drawn = { from: "p.state.items", kind: "related_to" as const, to: "idea", properties: {} }
    apply(graph, [
      { kind: "entity_add", entity: { id: "idea", kind: "concept", name: "Idea", properties: {}, scope: "w" } },
      { kind: "relationship_add", relationship: drawn },
    ])
    derive(graph, "p", { ...groceries, handlers: [], tools: [], computed: [], lifecycles: [], view: [] })
    expect(graph.entity("p.handler.add")).toBeUndefined()
    expect(graph.entity("p.computed.open")).toBeUndefined()
    expect(graph.relationship("p", "triggers", "p.handler.add")).toBeUndefined()
    expect(graph.relationship("p.state.items", "related_to", "idea")).toEqual(drawn)
    expect(graph.entity("idea")).toBeDefined()
  })

  it("follows imports by id or title to another panel's state", () => {
    const graph = world("kitchen")
    addPanel(graph, "p")
    derive(graph, "kitchen", { ...groceries, title: "The kitchen" })
    const importing = { ...groceries, imports: [{ panel: "The kitchen", name: "items", as: "stock", range }] }
    derive(graph, "p", importing)
    expect(graph.relationship("p", "imports", "kitchen.state.items")?.properties.as).toEqual(["stock"])
    expect(resolvePanel(graph, "kitchen")?.id).toBe("kitchen")
    expect(resolvePanel(graph, "nowhere")).toBeUndefined()
  })

  it("is undone by the inverse, state and all", () => {
    const graph = world("p", { items: [1], gone: { deep: true } })
    const before = graph.toSnapshot()
    const applied = apply(graph, deriveOperations(graph, "p", groceries))
    expect(applied.ok && apply(graph, applied.inverse).ok).toBe(true)
    expect(graph.toSnapshot()).toEqual(before)
  })
})

function derive(graph: Graph, id: string, panel: Panel): readonly Operation[] {
  const operations = deriveOperations(graph, id, panel)
  expect(apply(graph, operations)).toMatchObject({ ok: true })
  return operations
}

function world(panel: string, state: Entity["properties"] = {}): Graph {
  const graph = new Graph()
  apply(graph, [{ kind: "entity_add", entity: { id: "w", kind: "workspace", name: "W", properties: {}, scope: "" } }])
  addPanel(graph, panel, state)
  return graph
}

function addPanel(graph: Graph, id: string, state: Entity["properties"] = {}): void {
  const frame = { x: 0, y: 0, w: 100, h: 100 }
  const properties = { source: "", title: "", frame, state, grants: [] }
  apply(graph, [{ kind: "entity_add", entity: { id, kind: "panel", name: "", properties, scope: "w" } }])
}

function state(name: string, type: State["type"], initial: State["initial"]): State {
  return { name, type, initial, description: "", scope: "document", secret: false, range }
}

const items = { root: "$state", name: "items", write: false } as const
const groceries: Panel = {
  title: "Groceries",
  version: "1.0.0",
  description: "",
  states: [state("items", "list", [])],
  computed: [{ name: "open", value: { text: "{$state.items.length}", references: [items], range }, range }],
  imports: [],
  capabilities: [{ type: "http", scope: "https://prices.example.org/*", reason: "Prices", range }],
  handlers: [
    {
      name: "add",
      source: "await nexus.http.fetch('x')",
      line: 3,
      references: [items, { ...items, write: true }],
      range,
    },
  ],
  tools: [{ name: "add_item", handler: "add", description: "", args: [], range }],
  lifecycles: [{ on: "schedule", run: "add", everyMs: 60_000, range }],
  view: [
    {
      id: "0",
      element: "Button",
      attributes: { onClick: { text: "add({ title: $state.items[0] })", references: [items], range } },
      children: [],
      content: "",
      range,
    },
  ],
}
