// @vitest-environment happy-dom
import { Graph, type Operation, type PackageDeclaration, packageComponents } from "@nexus/protocol"
import { afterEach, describe, expect, it } from "vitest"
import { createConnection } from "../../src/client/index.ts"
import { parsePanel } from "../../src/index.ts"
import { createLivePanel, createPreviewPanel } from "../../src/react/index.ts"
import { sourceOf } from "../world/panel.ts"
import { type Screen, show } from "../world/screen.ts"
import { HandClock, panelWith, TestServer, WORKSPACE } from "../world/server.ts"

const screens: Screen[] = []
afterEach(() => {
  for (const screen of screens.splice(0)) screen.close()
})

function component(declaration: Partial<PackageDeclaration> & { readonly name: string }, view: string): Operation {
  const whole = {
    doc: "A component.",
    props: {},
    events: {},
    children: "none" as const,
    width: { min: 80, ideal: 160, max: 320 },
    example: `<${declaration.name}/>`,
    ...declaration,
  }
  const source = `<NexusPanel title="${declaration.name}"><View>${view}</View></NexusPanel>`
  const { name } = declaration
  const entity = {
    id: `pkg.${name}`,
    kind: "component" as const,
    name,
    scope: "pkg",
    properties: { declaration: whole, source },
  }
  return { kind: "entity_add", entity }
}

const PACKAGE: Operation = {
  kind: "entity_add",
  entity: { id: "pkg", kind: "package", name: "pkg", scope: "", properties: {} },
}

const prop = (type: "string" | "number" | "list" | "any" | "boolean", initial?: string | number) => ({
  type,
  doc: "A prop.",
  ...(initial === undefined ? {} : { initial }),
})

const STEPPER = component(
  {
    name: "Stepper",
    props: { value: prop("number", 0), by: prop("number", 1), label: prop("string", "Steps") },
    events: { onChange: "It changed.", onFull: "It is full." },
    bind: "number",
  },
  `<Text id="{label}-now" content="{label}: {value} by {by}"/>
   <Button id="{label}-up" label="Up" onClick="value = value + by; onFull({ at: value })"/>
   <Number id="{label}-in" label="{label}" bind="value"/>`,
)
const CARD = component(
  { name: "Card", props: { title: prop("string") }, children: "components" },
  '<Container title="{title}"><Slot><Text content="empty"/></Slot></Container>',
)

/** A panel with these components in its workspace, kept here alone. */
async function preview(
  components: readonly Operation[],
  rooms: { data?: string; logic?: string; view: string },
  state = {},
) {
  const within = new Graph()
  for (const operation of components) if (operation.kind === "entity_add") within.putEntity(operation.entity)
  const { panel, diagnostics } = parsePanel(sourceOf(rooms), { components: packageComponents(within).declarations })
  if (!panel) throw new Error(JSON.stringify(diagnostics))
  const live = createPreviewPanel(panel, state, { within })
  const screen = await show(live)
  screens.push(screen)
  return { live, screen, diagnostics }
}

describe("a component of a package", () => {
  it("is checked like any other: its attributes, their types, and bind", async () => {
    const view = '<Stepper lable="x" by="two"/>'
    const { diagnostics } = await preview([STEPPER], { view })
    expect(diagnostics.map(({ code }) => code)).toEqual(["unknown-attribute", "bad-attribute-type"])
  })

  it("sees its props, of their types, and what they start with", async () => {
    const { screen } = await preview([STEPPER], { view: '<Stepper by="5"/>' })
    expect(screen.find("[data-nx-id=Steps-now]").textContent).toBe("Steps: 0 by 5")
    await screen.click("[data-nx-id=Steps-up] button")
    expect(screen.find("[data-nx-id=Steps-now]").textContent).toBe("Steps: 5 by 5")
  })

  it("writes its value to where it is bound, by a button of its own and by an input of its own", async () => {
    const rooms = {
      data: '<State name="n" type="number" default="2"/><State name="seen" type="number"/>',
      view: '<Stepper bind="$state.n" onChange="$state.seen = $event"/>',
    }
    const { live, screen } = await preview([STEPPER], rooms)
    await screen.click("[data-nx-id=Steps-up] button")
    expect(live.state).toEqual({ n: 3, seen: 3 })
    await screen.type("[data-nx-id=Steps-in] input", "8")
    expect(live.state).toEqual({ n: 8, seen: 8 })
    await screen.rest(() => live.write("$state.n", live.root, 20, "g"))
    expect(screen.find("[data-nx-id=Steps-now]").textContent).toBe("Steps: 20 by 1")
  })

  it("writes to the item of a loop around it", async () => {
    const rooms = {
      data: '<State name="rows" type="list"/>',
      view: '<Each items="{$state.rows}" as="row" key="{row.id}"><Stepper label="{row.id}" bind="row.n"/></Each>',
    }
    const state = {
      rows: [
        { id: "a", n: 1 },
        { id: "b", n: 5 },
      ],
    }
    const { live, screen } = await preview([STEPPER], rooms, state)
    await screen.click("[data-nx-id=b-up] button")
    expect(live.state.rows).toEqual([
      { id: "a", n: 1 },
      { id: "b", n: 6 },
    ])
  })

  it("fires its events outside, with what it gives them", async () => {
    const rooms = {
      data: '<State name="at" type="number"/><State name="n" type="number" default="4"/>',
      view: '<Stepper bind="$state.n" onFull="$state.at = $event.at"/>',
    }
    const { live, screen } = await preview([STEPPER], rooms)
    await screen.click("[data-nx-id=Steps-up] button")
    expect(live.state).toEqual({ n: 5, at: 5 })
  })

  it("shows its children at its Slot, with the panel's own names", async () => {
    const rooms = {
      data: '<State name="n" type="number" default="2"/>',
      view: '<Card title="A"><Text id="in" content="n is {$state.n}"/><Button id="b" label="b" onClick="$state.n = 9"/></Card><Card title="B"/>',
    }
    const { screen } = await preview([CARD], rooms)
    await screen.click("[data-nx-id=b] button")
    expect(screen.find("[data-nx-id=in]").textContent).toBe("n is 9")
    expect([...screen.element.querySelectorAll("section")].map((card) => card.textContent)).toEqual([
      "An is 9b",
      "Bempty",
    ])
  })

  it("uses other components of packages, which write through it", async () => {
    const twice = component(
      { name: "Twice", props: { value: prop("number", 0) }, events: {}, bind: "number" },
      '<Card title="Twice"><Stepper label="one" bind="value"/><Stepper label="two" bind="value"/></Card>',
    )
    const rooms = { data: '<State name="n" type="number" default="1"/>', view: '<Twice bind="$state.n"/>' }
    const { live, screen } = await preview([STEPPER, CARD, twice], rooms)
    await screen.click("[data-nx-id=one-up] button")
    await screen.click("[data-nx-id=two-up] button")
    expect(live.state.n).toBe(3)
    expect(screen.find("[data-nx-id=one-now]").textContent).toBe("one: 3 by 1")
  })

  it("lets a loop inside it write to the items of its value", async () => {
    const ticks = component(
      { name: "Ticks", props: { value: prop("list") }, bind: "list" },
      '<Each items="{value}" as="it" key="{it.id}"><Checkbox label="{it.id}" bind="it.done"/></Each>',
    )
    const rooms = { data: '<State name="rows" type="list"/>', view: '<Ticks bind="$state.rows"/>' }
    const { live, screen } = await preview([ticks], rooms, { rows: [{ id: "a", done: false }] })
    await screen.click("input")
    expect(live.state.rows).toEqual([{ id: "a", done: true }])
  })

  it("keeps an error of its inside at that place", async () => {
    const broken = component(
      { name: "Broken", props: { data: prop("any") } },
      '<Text content="{data.a.b}"/><Text id="well" content="fine"/>',
    )
    const { screen } = await preview([broken], { view: '<Broken/><Text id="beside" content="fine too"/>' })
    expect(screen.element.querySelectorAll(".nx-error")).toHaveLength(1)
    expect(screen.find("[data-nx-id=well]").textContent).toBe("fine")
    expect(screen.find("[data-nx-id=beside]").textContent).toBe("fine too")
  })

  it("that stands in itself is cut, whatever the graph holds", async () => {
    const one = component({ name: "One" }, '<Text id="one" content="one"/><Two/>')
    const two = component({ name: "Two" }, "<One/>")
    const { screen } = await preview([one, two], { view: "<One/>" })
    expect(screen.find(".nx-error").textContent).toContain("stands inside itself: One → Two → One")
    expect(screen.find("[data-nx-id=one]").textContent).toBe("one")
  })

  it("reaches neither the panel's state nor its handlers, even where nobody checked its source", async () => {
    const hostile = component(
      { name: "Hostile", props: { value: prop("number", 0), other: prop("number", 1) }, bind: "number" },
      `<Button id="write" label="w" onClick="$state.secret = 1"/><Button id="call" label="c" onClick="drop()"/>
       <Button id="prop" label="p" onClick="other = 5"/><Text id="read" content="{$state.secret}"/>`,
    )
    const rooms = {
      data: '<State name="secret" type="number" default="7"/>',
      logic: '<Handler name="drop">$state.secret = 0</Handler>',
      view: '<Text content="{$state.secret}"/><Hostile/>',
    }
    const { live, screen } = await preview([hostile], rooms)
    const said = async (id: string) => {
      await screen.click(`[data-nx-id=${id}] button`)
      return screen.find(`[data-nx-id=${id}] [role=alert]`).textContent
    }
    expect(await said("write")).toContain('cannot write "$state"')
    expect(await said("call")).toContain('declares no event "drop"')
    expect(await said("prop")).toContain('cannot write "other"')
    expect(screen.element.querySelector("[data-nx-id=read]")).toBeNull()
    expect(live.state.secret).toBe(7)
  })

  it("comes to life when its package is installed, and says so when that is gone", async () => {
    const source = sourceOf({ view: '<Stepper label="S"/><Text id="well" content="fine"/>' })
    const server = new TestServer([panelWith({}, source)])
    const mirror = createConnection({
      url: "ws://t",
      token: async () => "ann",
      clock: new HandClock(),
      openSocket: server.openSocket,
    }).open(WORKSPACE)
    await server.settle()
    const { panel } = parsePanel(source)
    if (!panel) throw new Error("no panel")
    const screen = await show(createLivePanel({ id: "p", panel, mirror }))
    screens.push(screen)
    const commit = (...operations: Operation[]) =>
      screen.rest(async () => {
        server.commit(operations, `t${server.seq}`, "bob")
        await server.settle()
      })
    expect(screen.find(".nx-error").textContent).toContain("<Stepper> is not installed here")
    await commit(PACKAGE, STEPPER)
    expect(screen.find("[data-nx-id=S-now]").textContent).toBe("S: 0 by 1")
    await commit({ kind: "entity_remove", id: "pkg" })
    expect(screen.find(".nx-error").textContent).toContain("<Stepper> is not installed here")
    expect(screen.find("[data-nx-id=well]").textContent).toBe("fine")
  })
})
