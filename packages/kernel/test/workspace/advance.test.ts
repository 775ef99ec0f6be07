import { equalJson, type Json, type Operation } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { advance } from "../../src/workspace/advance.ts"
import { Sources } from "../../src/workspace/sources.ts"
import { addPanel, COUNTER, graphAfter, panel } from "../worlds.ts"

const root: Operation = {
  kind: "entity_add",
  entity: { id: "w", kind: "workspace", name: "W", properties: {}, scope: "" },
}
const sources = new Sources()

function worldWith(panels: { [id: string]: string }) {
  const graph = graphAfter([root])
  for (const [id, source] of Object.entries(panels)) {
    const advanced = advance(graph, [addPanel(id, source)], sources)
    if (!advanced.ok) throw new Error(JSON.stringify(advanced.failure))
  }
  return graph
}

const STOCK = panel(
  "Kitchen",
  '<State name="stock" type="list"/><Computed name="size" value="{$state.stock.length}"/>',
  "",
  '<Text content="{$computed.size}"/>',
)
const importing = (title: string, from: string, name = "stock") =>
  panel(
    title,
    `<Import panel="${from}" name="${name}" as="theirs"/><Computed name="seen" value="{$imports.theirs}"/>`,
    "",
    '<Text content="{$computed.seen}"/>',
  )

describe("a source that is saved", () => {
  it("brings its derived entities, its states and its title in the same change", () => {
    const graph = worldWith({ p: COUNTER })
    expect(graph.panel("p")).toMatchObject({ name: "Counter", properties: { title: "Counter", state: { count: 0 } } })
    expect(graph.relationship("p.handler.add", "writes", "p.state.count")).toBeDefined()
  })

  it("with errors is refused whole, with their number and the first one's place", () => {
    const graph = worldWith({ p: COUNTER })
    const before = graph.toSnapshot()
    const broken = panel("Broken", '<State name="1x" type="list"/><Sate/>')
    const refused = advance(graph, [{ kind: "panel_source", panel: "p", source: broken, title: "" }], sources)
    expect(refused).toMatchObject({ ok: false, failure: { code: "panel-invalid", errors: 2, line: 2 } })
    expect(graph.toSnapshot()).toEqual(before)
  })

  it("keeps the values of states that stay and drops those that go", () => {
    const graph = worldWith({ p: COUNTER })
    advance(graph, [{ kind: "state_set", panel: "p", path: ["count"], value: 41 }], sources)
    const more = COUNTER.replace("<State", '<State name="note" type="string" default="hi"/><State')
    advance(graph, [{ kind: "panel_source", panel: "p", source: more, title: "" }], sources)
    expect(graph.panel("p")?.properties.state).toEqual({ count: 41, note: "hi" })
    advance(graph, [{ kind: "panel_source", panel: "p", source: COUNTER, title: "" }], sources)
    expect(graph.panel("p")?.properties.state).toEqual({ count: 41 })
  })

  it("is brought in line whatever derived operations came along, as an undo does", () => {
    const graph = worldWith({ p: COUNTER })
    const whole = graph.toSnapshot()
    const removal = advance(graph, [{ kind: "entity_remove", id: "p" }], sources)
    expect(removal).toMatchObject({ ok: true, operations: [{ kind: "entity_remove", id: "p" }] })
    const entities = whole.entities.filter(({ id }) => id !== "w")
    const undo: Operation[] = [
      ...entities.toSorted((a) => (a.id === "p" ? -1 : 1)).map((entity): Operation => ({ kind: "entity_add", entity })),
      { kind: "entity_add", entity: { id: "p.handler.lie", kind: "handler", name: "lie", properties: {}, scope: "p" } },
    ]
    expect(advance(graph, undo, sources)).toMatchObject({ ok: true })
    expect(graph.entity("p.handler.lie")).toBeUndefined()
    expect(graph.toSnapshot()).toEqual(whole)
  })
})

describe("imports", () => {
  it("are resolved when the other panel comes, leaves, or changes its title", () => {
    const graph = worldWith({ p: importing("Reader", "Kitchen") })
    const edge = () => graph.relationship("p", "imports", "k.state.stock")
    expect(edge()).toBeUndefined()
    advance(graph, [addPanel("k", STOCK)], sources)
    expect(edge()).toBeDefined()
    advance(
      graph,
      [{ kind: "panel_source", panel: "k", source: STOCK.replace("Kitchen", "Cellar"), title: "" }],
      sources,
    )
    expect(edge()).toBeUndefined()
    advance(graph, [{ kind: "panel_source", panel: "k", source: STOCK, title: "" }], sources)
    expect(edge()).toBeDefined()
    advance(graph, [{ kind: "entity_remove", id: "k" }], sources)
    expect(edge()).toBeUndefined()
  })

  it("that go in a circle are refused", () => {
    const graph = worldWith({ a: importing("A", "B", "seen"), b: importing("B", "C", "seen") })
    const refused = advance(graph, [addPanel("c", importing("C", "A", "seen"))], sources)
    expect(refused).toMatchObject({ ok: false, failure: { code: "panel-invalid", panel: "C" } })
    expect(JSON.stringify(refused)).toContain("C → A → B → C")
    expect(graph.panel("c")).toBeUndefined()
  })
})

describe("state", () => {
  it("that a panel does not declare as shared is refused", () => {
    const graph = worldWith({
      p: panel(
        "P",
        '<State name="mine" type="string" scope="session"/><State name="key" type="string" secret="true"/>',
      ),
    })
    for (const name of ["mine", "key", "other"]) {
      const refused = advance(graph, [{ kind: "state_set", panel: "p", path: [name], value: "x" }], sources)
      expect(refused, name).toMatchObject({ ok: false, failure: { code: "invalid-input" } })
    }
    expect(equalJson(graph.panel("p")?.properties.state as Json, {})).toBe(true)
  })

  it("that is deleted comes back with its initial value", () => {
    const graph = worldWith({ p: COUNTER })
    advance(graph, [{ kind: "state_set", panel: "p", path: ["count"], value: 5 }], sources)
    advance(graph, [{ kind: "state_unset", panel: "p", path: ["count"] }], sources)
    expect(graph.panel("p")?.properties.state).toEqual({ count: 0 })
  })
})
