// @vitest-environment happy-dom
import type { Failure } from "@nexus/protocol"
import { afterEach, describe, expect, it } from "vitest"
import { clientsOf } from "../world/clients.ts"
import { type Screen, show } from "../world/screen.ts"

const screens: Screen[] = []
afterEach(() => {
  for (const screen of screens.splice(0)) screen.close()
})

const conflict: Failure = {
  code: "operation-conflict",
  operation: "state_set",
  target: "title",
  detail: "it is locked",
}

async function shown(given: Parameters<typeof clientsOf>[0]) {
  const { server, clock, clients } = await clientsOf(given)
  const [client] = clients
  if (!client) throw new Error("there is a client")
  const screen = await show(client.live)
  screens.push(screen)
  const settle = () => screen.rest(() => server.settle())
  return { server, clock, screen, settle, ...client }
}

const TITLE = {
  data: '<State name="title" type="string"/>',
  view: '<Input id="title" label="Title" bind="$state.title"/><Text id="shown" content="{$state.title}"/>',
  state: { title: "Milk" },
}

describe("a change that the kernel refuses", () => {
  it("shows at once, goes back, and says at the field why and what was lost", async () => {
    const { server, screen, settle, notices } = await shown(TITLE)
    server.refuses = () => conflict
    await screen.type("[data-nx-id=title] input", "Oat milk")
    expect(screen.find("[data-nx-id=shown]").textContent).toBe("Oat milk")
    await settle()
    expect(screen.find("[data-nx-id=shown]").textContent).toBe("Milk")
    expect(screen.find<HTMLInputElement>("[data-nx-id=title] input").value).toBe("Milk")
    const told = screen.find("[data-nx-id=title] [role=alert]")
    expect(told.textContent).toMatch(/^Not saved: "Oat milk"\. .*it is locked/)
    const input = screen.find("[data-nx-id=title] input")
    expect(input.getAttribute("aria-invalid")).toBe("true")
    expect(input.getAttribute("aria-describedby")).toBe(told.id)
    expect(notices).toMatchObject([{ kind: "failure", failure: conflict, message: told.textContent }])
  })

  it("is forgotten at the field when the next one is taken", async () => {
    const { server, screen, settle } = await shown(TITLE)
    server.refuses = () => conflict
    await screen.type("[data-nx-id=title] input", "Oat milk")
    await settle()
    server.refuses = () => undefined
    await screen.type("[data-nx-id=title] input", "Soy milk")
    await settle()
    expect(screen.element.querySelector("[role=alert]")).toBeNull()
    expect(server.graph.panel("p")?.properties.state).toEqual({ title: "Soy milk" })
  })

  it("says so at a switch, a choice and a number too", async () => {
    const { server, screen, settle } = await shown({
      data: '<State name="on" type="boolean"/><State name="size" type="string"/><State name="n" type="number"/>',
      view: `<Switch id="on" label="On" bind="$state.on"/><Number id="n" label="N" bind="$state.n"/>
        <Select id="size" label="Size" bind="$state.size" options="{['S', 'M']}"/>`,
      state: { on: false, size: "S", n: 1 },
    })
    server.refuses = () => conflict
    await screen.click("[data-nx-id=on] input")
    await screen.type("[data-nx-id=n] input", "42")
    await screen.type("[data-nx-id=size] select", "1")
    await settle()
    const told = (id: string) => screen.find(`[data-nx-id=${id}] [role=alert]`).textContent
    expect([told("on"), told("n"), told("size")]).toEqual([
      expect.stringContaining("Not saved: true."),
      expect.stringContaining("Not saved: 42."),
      expect.stringContaining('Not saved: "M".'),
    ])
    expect(screen.find<HTMLInputElement>("[data-nx-id=on] input").checked).toBe(false)
    expect(screen.find<HTMLInputElement>("[data-nx-id=n] input").value).toBe("1")
  })

  it("says at a button what its assignment lost, and keeps the ones beside it", async () => {
    const { server, screen, settle } = await shown({
      data: '<State name="a" type="number"/><State name="b" type="number"/>',
      view: '<Button label="Both" onClick="$state.a = 5; $state.b = 6"/><Text id="sum" content="{$state.a + $state.b}"/>',
      state: { a: 0, b: 0 },
    })
    server.refuses = ({ operations: [first] }) =>
      first?.kind === "state_set" && first.path[0] === "a" ? conflict : undefined
    await screen.click("button")
    expect(screen.find("[data-nx-id=sum]").textContent).toBe("11")
    await settle()
    expect(screen.find("[data-nx-id=sum]").textContent).toBe("6")
    expect(screen.find("[role=alert]").textContent).toMatch(/^Not saved: 5\./)
  })

  it("tells what was typed offline into a row that somebody removed meanwhile", async () => {
    const { server, clock, screen, settle, notices } = await shown({
      data: '<State name="items" type="list"/>',
      view: '<Each items="{$state.items}" as="item" key="{item.id}"><Input id="{item.id}" label="Title" bind="item.title"/></Each>',
      state: { items: [{ id: "a", title: "Milk" }] },
    })
    server.breakLine("ann")
    await screen.type("[data-nx-id=a] input", "Oat milk, two litres")
    expect(screen.find<HTMLInputElement>("[data-nx-id=a] input").value).toBe("Oat milk, two litres")
    server.commit(
      [{ kind: "state_splice", panel: "p", path: ["items"], index: 0, remove: [{ key: "a" }], insert: [] }],
      "gone",
      "bob",
    )
    clock.advance(1000)
    await settle()
    expect(screen.element.querySelector("input")).toBeNull()
    expect(notices).toHaveLength(1)
    expect(notices[0]).toMatchObject({ kind: "failure", message: /^Not saved: "Oat milk, two litres"\./ })
  })

  it("is refused here when it is no JSON, with its place and what to do, and for session state too", async () => {
    const { screen, server, settle, live } = await shown({
      data: '<State name="list" type="list"/><State name="mine" type="object" scope="session"/><State name="n" type="number"/>',
      view: `<Button id="a" label="A" onClick="$state.list = [{ id: 1, note: $state.mine.missing }]"/>
        <Button id="b" label="B" onClick="$state.mine = { note: $state.mine.missing }"/>
        <Button id="c" label="C" onClick="$state.n = 0 / 0"/>`,
      state: { list: [], n: 1 },
    })
    for (const id of ["a", "b", "c"]) await screen.click(`[data-nx-id=${id}] button`)
    await settle()
    const told = [...screen.element.querySelectorAll("[role=alert]")].map(({ textContent }) => textContent)
    expect(told).toEqual([
      expect.stringContaining("$state.list[0].note cannot be undefined: a state holds JSON only; leave it out"),
      expect.stringContaining("$state.mine.note cannot be undefined"),
      expect.stringContaining("$state.n cannot be NaN"),
    ])
    expect(live.state).toEqual({ list: [], mine: {}, n: 1 })
    expect(server.received.some(({ kind }) => kind === "operations_submit")).toBe(false)
  })

  it("says to a mere viewer what was not kept, and sends nothing", async () => {
    const { server, screen, settle } = await shown(TITLE)
    server.lines[0]?.toClient.push({ kind: "subscribed", workspace: "w", role: "viewer", seq: 1 })
    await settle()
    await screen.type("[data-nx-id=title] input", "Oat milk")
    expect(screen.find("[role=alert]").textContent).toMatch(/^Not saved: "Oat milk"\. .*not change it/)
    expect(server.received.some(({ kind }) => kind === "operations_submit")).toBe(false)
  })
})

describe("a stale value", () => {
  it("is marked at the component that reads it, with a button that works it out again", async () => {
    let at = 0
    let tookMs = 60
    const now = () => {
      at += tookMs
      return at
    }
    const { server, screen, settle } = await shown({
      data: '<State name="n" type="number"/><State name="m" type="number"/><Computed name="twice" value="{$state.n * 2}"/>',
      view: `<Text id="twice" content="{$computed.twice}"/><Text id="m" content="{$state.m}"/>
        <Each items="{[$computed.twice]}" as="row"><Text id="row" content="{row}"/></Each>`,
      state: { n: 0, m: 0 },
      options: { now },
    })
    const marks = () => screen.element.querySelectorAll(".nx-stale").length
    const write = (n: number) =>
      screen.rest(async () => {
        server.commit([{ kind: "state_set", panel: "p", path: ["n"], value: n }], `s${n}`, "bob")
        await server.settle()
      })
    for (const n of [1, 2]) await write(n)
    expect(screen.find("[data-nx-id=twice]").textContent).toBe("4")
    expect(marks()).toBe(0)
    await write(3)
    await settle()
    expect(screen.find("[data-nx-id=twice]").textContent).toBe("4")
    expect(marks()).toBe(2)
    const [mark] = screen.element.querySelectorAll(".nx-stale")
    expect(mark?.getAttribute("aria-label")).toBe("twice takes long to work out and may be old")
    tookMs = 1
    await screen.rest(() => mark?.querySelector("button")?.click())
    expect(screen.find("[data-nx-id=twice]").textContent).toBe("6")
    expect(screen.find("[data-nx-id=row]").textContent).toBe("6")
    expect(marks()).toBe(0)
    await write(4)
    expect(screen.find("[data-nx-id=twice]").textContent).toBe("8")
  })
})
