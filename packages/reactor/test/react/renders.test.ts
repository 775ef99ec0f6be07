// @vitest-environment happy-dom
import type { Json, Operation } from "@nexus/protocol"
import { afterEach, describe, expect, it } from "vitest"
import { clientsOf } from "../world/clients.ts"
import { type CountingScreen, showCounting } from "../world/counting.ts"
import { panelWith } from "../world/server.ts"

const shown: CountingScreen[] = []
afterEach(() => {
  for (const { screen } of shown.splice(0)) screen.close()
})

const set = (path: Extract<Operation, { kind: "state_set" }>["path"], value: Json, panel = "p"): Operation => ({
  kind: "state_set",
  panel,
  path,
  value,
})

/** A panel on a counting screen; `change` is somebody else's, through the kernel and the real client. */
async function counted(given: Parameters<typeof clientsOf>[0]) {
  const { server, clients } = await clientsOf(given)
  const [client] = clients
  if (!client) throw new Error("there is a client")
  const counting = await showCounting(client.live)
  shown.push(counting)
  counting.renders()
  const { screen, renders } = counting
  const change = (...operations: Operation[]) =>
    screen.rest(async () => {
      const change = server.commit(operations, `s${server.seq}`, "bob")
      if ("code" in change) throw new Error(JSON.stringify(change))
      await server.settle()
    })
  return { ...client, server, screen, renders, change }
}

describe("a change renders the components that read it and no other:", () => {
  it("a value that ticks repaints its component alone", async () => {
    const quiet = Array.from({ length: 49 }, (_, at) => `<Text id="q${at}" content="{$state.names[${at}]}"/>`)
    const { change, renders, screen } = await counted({
      data: '<State name="names" type="list"/><State name="tick" type="number"/>',
      view: `<Container>${quiet.join("")}<Metric id="ticking" label="Ticks" value="{$state.tick}"/></Container>`,
      state: { names: quiet.map((_, at) => `name ${at}`), tick: 0 },
    })
    const ticking = screen.find("[data-nx-id=ticking]")
    const touched: Node[] = []
    const observer = new MutationObserver((changes) => touched.push(...changes.map(({ target }) => target)))
    observer.observe(screen.element, { subtree: true, childList: true, attributes: true, characterData: true })
    for (let tick = 1; tick <= 20; tick += 1) await change(set(["tick"], tick))
    for (const { target } of observer.takeRecords()) touched.push(target)
    observer.disconnect()
    expect(ticking.textContent).toContain("20")
    expect(renders()).toEqual({ ticking: 20 })
    expect(touched.length).toBeGreaterThanOrEqual(20)
    expect(touched.filter((node) => !ticking.contains(node))).toEqual([])
  })

  it("a deep place in one row of a thousand", async () => {
    const rows = Array.from({ length: 1000 }, (_, id) => ({ id, cell: { n: 0, unit: "kg" } }))
    const { change, renders, screen } = await counted({
      data: '<State name="rows" type="list"/>',
      view: `<Each items="{$state.rows}" as="row" key="{row.id}"><Text id="{'n' + row.id}" content="{row.cell.n}"/></Each>
        <Text id="size" content="{$state.rows.length}"/>`,
      state: { rows },
    })
    await change(set(["rows", { key: 500 }, "cell", "n"], 7))
    expect(screen.find("[data-nx-id=n500]").textContent).toBe("7")
    expect(renders()).toEqual({ n500: 1 })
    await change({ kind: "state_splice", panel: "p", path: ["rows"], index: 0, remove: [{ key: 3 }], insert: [] })
    expect(renders()).toEqual({ size: 1 })
  })

  it("a place in a tree of settings, beside four hundred others", async () => {
    const settings: { [name: string]: Json } = {}
    for (let at = 0; at < 400; at += 1) settings[`k${at}`] = { colour: "red" }
    const texts = Object.keys(settings).map(
      (name) => `<Text id="${name}" content="{$state.settings.${name}.colour}!"/>`,
    )
    const { change, renders, screen } = await counted({
      data: '<State name="settings" type="object"/>',
      view: `${texts.join("")}<Text id="all" content="{Object.keys($state.settings).length}"/>`,
      state: { settings },
    })
    await change(set(["settings", "k5", "colour"], "blue"), set(["settings", "k6", "size"], 3))
    expect(screen.find("[data-nx-id=k5]").textContent).toBe("blue!")
    expect(renders()).toEqual({ k5: 1 })
    await change(set(["settings", "k7"], { colour: "red" }))
    expect(renders()).toEqual({})
    await change(set(["settings"], { k1: { colour: "green" } }))
    const { k1, k2, all } = renders()
    expect([k1, k2, all]).toEqual([1, undefined, 1])
    expect(screen.element.querySelectorAll("[role=note]")).toHaveLength(399)
  })

  it("a viewer's own session state", async () => {
    const { live, screen, renders } = await counted({
      data: '<State name="a" type="string" scope="session"/><State name="b" type="string" scope="session"/>',
      view: '<Input id="in" label="A" bind="$state.a"/><Text id="a" content="{$state.a}"/><Text id="b" content="{$state.b}"/>',
    })
    await screen.rest(() => live.write("$state.a", live.root, "typed", "g"))
    expect(screen.find("[data-nx-id=a]").textContent).toBe("typed")
    expect(renders()).toEqual({ in: 1, a: 1 })
  })

  it("a value imported from a panel that imports it itself", async () => {
    const source = (title: string, data: string) =>
      `<NexusPanel title="${title}"><Data>${data}</Data><View><Text content="x"/></View></NexusPanel>`
    const { change, renders, screen } = await counted({
      data: '<Import panel="shop" name="twice" as="t"/><Import panel="store" name="name" as="n"/>',
      view: '<Text id="t" content="{$imports.t}"/><Text id="n" content="{$imports.n}"/>',
      others: [
        panelWith(
          {},
          source(
            "shop",
            '<Import panel="store" name="stock" as="s"/><Computed name="twice" value="{$imports.s.apples * 2}"/>',
          ),
          "shop",
        ),
        panelWith(
          { stock: { apples: 2, pears: 1 }, name: "North" },
          source("store", '<State name="stock" type="object"/><State name="name" type="string"/>'),
          "store",
        ),
      ],
    })
    expect(screen.text()).toBe("4North")
    await change(set(["stock", "apples"], 3, "store"))
    expect(renders()).toEqual({ t: 1 })
    await change(set(["stock", "pears"], 9, "store"))
    expect(renders()).toEqual({})
    await change(set(["name"], "South", "store"))
    expect(renders()).toEqual({ n: 1 })
    expect(screen.text()).toBe("6South")
  })

  it("nobody, when a computed value comes out equal", async () => {
    const { change, renders, live } = await counted({
      data: `<State name="items" type="list"/><Computed name="open" value="{$state.items.filter(i => !i.done).map(i => i.title)}"/>`,
      view: '<Text id="open" content="{$computed.open.length}"/><Table id="table" label="Open" rows="{$computed.open.map(t => ({ t }))}"/>',
      state: { items: [{ id: 1, title: "a", done: false, note: "" }] },
    })
    const runs = () => live.costs()[0]?.runs
    expect(runs()).toBe(1)
    await change(set(["items", { key: 1 }, "note"], "changed"))
    expect(runs()).toBe(2)
    expect(renders()).toEqual({})
  })

  it("the one beside what a rejected change took back", async () => {
    const { server, live, screen, renders } = await counted({
      data: '<State name="a" type="number"/><State name="b" type="number"/>',
      view: '<Text id="a" content="{$state.a}"/><Text id="b" content="{$state.b}"/>',
      state: { a: 0, b: 0 },
    })
    server.refuses = () => ({ code: "operation-conflict", operation: "state_set", target: "a", detail: "no" })
    await screen.rest(() => void live.write("$state.a", live.root, 5, "g"))
    expect(renders()).toEqual({ a: 1 })
    await screen.rest(() => server.settle())
    expect(renders()).toEqual({ a: 1 })
    expect(screen.text()).toBe("00")
  })
})

describe("panels that import each other", () => {
  const source = (title: string) =>
    `<NexusPanel title="${title}"><Data><State name="stock" type="number"/></Data><View><Text content="x"/></View></NexusPanel>`

  it("say at the component alone that a panel was renamed or removed, and come back with it", async () => {
    const { change, screen, renders } = await counted({
      data: '<Import panel="Kitchen" name="stock" as="s"/><State name="n" type="number"/>',
      view: '<Text id="s" content="{$imports.s}"/><Text id="n" content="{$state.n}"/><Text id="or" content="{$imports.s + $state.n}"/>',
      state: { n: 1 },
      others: [
        panelWith({ stock: 3 }, source("Kitchen"), "k"),
        { kind: "panel_source", panel: "k", source: source("Kitchen"), title: "Kitchen" },
      ],
    })
    expect(screen.text()).toBe("314")
    await change({ kind: "panel_source", panel: "k", source: source("Cellar"), title: "Cellar" })
    expect(screen.element.querySelectorAll("[role=note]")).toHaveLength(2)
    expect(screen.find("[data-nx-id=n]").textContent).toBe("1")
    expect(screen.element.querySelector("[role=note]")?.textContent).toContain('There is no panel "Kitchen" here')
    expect(renders().n).toBeUndefined()
    await change({ kind: "panel_source", panel: "k", source: source("Kitchen"), title: "Kitchen" })
    expect(screen.text()).toBe("314")
    await change({ kind: "entity_remove", id: "k" })
    expect(screen.element.querySelectorAll("[role=note]")).toHaveLength(2)
    expect(screen.find("[data-nx-id=n]").textContent).toBe("1")
  })

  it("in a circle of three are an error at what reads it, and the rest goes on", async () => {
    const ring = (title: string, from: string) =>
      `<NexusPanel title="${title}"><Data><Import panel="${from}" name="v" as="v"/><Computed name="v" value="{$imports.v}"/></Data><View><Text content="x"/></View></NexusPanel>`
    const { screen } = await counted({
      data: '<Import panel="b" name="v" as="v"/><State name="n" type="number"/>',
      view: '<Text id="v" content="{$imports.v}"/><Text id="n" content="{$state.n}"/>',
      state: { n: 1 },
      others: [
        panelWith({}, ring("b", "c"), "b"),
        panelWith({}, ring("c", "d"), "c"),
        panelWith({}, ring("d", "b"), "d"),
      ],
    })
    expect(screen.find("[role=note]").textContent).toContain("depends on itself")
    expect(screen.find("[data-nx-id=n]").textContent).toBe("1")
  })
})
