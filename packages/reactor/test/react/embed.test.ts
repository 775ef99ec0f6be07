// @vitest-environment happy-dom
import { Graph, type Operation } from "@nexus/protocol"
import { afterEach, describe, expect, it } from "vitest"
import { createConnection } from "../../src/client/index.ts"
import { createLivePanel } from "../../src/react/index.ts"
import { renderPanel } from "../../src/render/index.ts"
import { panelFrom } from "../world/panel.ts"
import { type Screen, show } from "../world/screen.ts"
import { HandClock, panelWith, TestServer, WORKSPACE } from "../world/server.ts"

const screens: Screen[] = []
afterEach(() => {
  for (const screen of screens.splice(0)) screen.close()
})

const COUNTER = `<NexusPanel title="Counter">
  <Data><State name="count" type="number"/><State name="step" type="number" default="1" scope="session"/></Data>
  <Logic><Handler name="jump">$state.count = 10</Handler></Logic>
  <View><Text id="count" content="count {$state.count}"/><Text id="step" content="step {$state.step}"/>
    <Button id="plus" label="Plus" onClick="$state.count += 1"/><Button id="jump" label="Jump" onClick="jump()"/>
    <Button id="wider" label="Wider" onClick="$state.step += 1"/>
    <Slot><Text id="fallback" content="nothing inside"/></Slot>
  </View>
</NexusPanel>`

const around = (view: string, data = "") =>
  `<NexusPanel title="Outer"><Data><State name="mine" type="number" default="3"/>${data}</Data><View><Text content="{$state.mine}"/>${view}</View></NexusPanel>`

/** The panel `outer`, alive over a wire, beside the panels that `others` add. */
async function world(source: string, others: readonly Operation[] = [panelWith({ count: 1 }, COUNTER, "counter")]) {
  const server = new TestServer([panelWith({ mine: 3 }, source, "outer"), ...others])
  const mirror = createConnection({
    url: "ws://t",
    token: async () => "ann",
    clock: new HandClock(),
    openSocket: server.openSocket,
  }).open(WORKSPACE)
  await server.settle()
  const live = createLivePanel({ id: "outer", panel: panelFrom(source), mirror })
  const screen = await show(live)
  screens.push(screen)
  const commit = (...operations: Operation[]) =>
    screen.rest(async () => {
      server.commit(operations, `t${server.seq}`, "bob")
      await server.settle()
    })
  return { server, mirror, live, screen, commit }
}

describe("Embed", () => {
  it("shows another panel with its own states, which its own buttons change for everybody", async () => {
    const { server, screen } = await world(around('<Embed panel="counter"/>'))
    expect(screen.find("[data-nx-id=count]").textContent).toBe("count 1")
    await screen.click("[data-nx-id=plus] button")
    await screen.rest(() => server.settle())
    expect(server.graph.panel("counter")?.properties.state.count).toBe(2)
    expect(server.graph.panel("outer")?.properties.state).toEqual({ mine: 3 })
    expect(screen.find("[data-nx-id=count]").textContent).toBe("count 2")
  })

  it("runs the other panel's handlers as that panel", async () => {
    const { server, screen } = await world(around('<Embed panel="counter"/>'))
    await screen.click("[data-nx-id=jump] button")
    await screen.rest(() => server.settle())
    expect(server.received).toContainEqual(
      expect.objectContaining({ kind: "handler_trigger", panel: "counter", handler: "jump" }),
    )
  })

  it("keeps the other panel's session state with that panel", async () => {
    const { mirror, screen } = await world(around('<Embed panel="counter"/>'))
    await screen.click("[data-nx-id=wider] button")
    expect(screen.find("[data-nx-id=step]").textContent).toBe("step 2")
    expect([mirror.session("counter").values, mirror.session("outer").values]).toEqual([{ step: 2 }, {}])
  })

  it("is found by title too, and named by it for assistive technology", async () => {
    const { screen, commit } = await world(around('<Embed panel="Counter"/>'), [])
    expect(screen.find(".nx-error").textContent).toContain('There is no panel "Counter" here')
    const added = panelWith({ count: 7 }, COUNTER, "c2")
    await commit(added, { kind: "panel_source", panel: "c2", source: COUNTER, title: "Counter" })
    expect(screen.find("[data-nx-id=count]").textContent).toBe("count 7")
    expect(screen.find(".nx-embed").getAttribute("aria-label")).toBe("Counter")
  })

  it("follows the other panel's source, and says at its own place when it is gone", async () => {
    const { screen, commit } = await world(around('<Embed panel="counter"/><Text id="well" content="fine"/>'))
    const source = COUNTER.replace("count {", "now {")
    await commit({ kind: "panel_source", panel: "counter", source, title: "counter" })
    expect(screen.find("[data-nx-id=count]").textContent).toBe("now 1")
    await commit({ kind: "entity_remove", id: "counter" })
    expect(screen.find(".nx-error").textContent).toMatch(/There is no panel "counter" here; it may have been removed/)
    expect(screen.find("[data-nx-id=well]").textContent).toBe("fine")
  })

  it("may be named by an expression", async () => {
    const second = COUNTER.replace("Counter", "Second")
    const others = [panelWith({ count: 1 }, COUNTER, "counter"), panelWith({ count: 5 }, second, "second")]
    const { screen, commit } = await world(
      around(`<Embed panel="{$state.which}"/>`, '<State name="which" type="string" default="counter"/>'),
      others,
    )
    await commit({ kind: "state_set", panel: "outer", path: ["which"], value: "second" })
    expect(screen.find("[data-nx-id=count]").textContent).toBe("count 5")
  })

  it("cuts a circle of panels with the way it goes", async () => {
    const a = around('<Embed panel="b"/>')
    const b =
      '<NexusPanel title="B"><View><Embed panel="outer"/><Text id="rest" content="rest of B"/></View></NexusPanel>'
    const { screen } = await world(a, [panelWith({}, b, "b")])
    expect(screen.find(".nx-error").textContent).toContain(
      'cannot stand inside itself: "Outer" shows "B" shows "Outer"',
    )
    expect(screen.find("[data-nx-id=rest]").textContent).toBe("rest of B")
    const self = await world(around('<Embed panel="outer"/>'), [])
    expect(self.screen.find(".nx-error").textContent).toContain('"Outer" shows "Outer"')
  })

  it("takes no writing where the viewer may only look", async () => {
    const { server, screen } = await world(around('<Embed panel="counter"/>'))
    const [line] = server.lines
    line?.toClient.push({ kind: "subscribed", workspace: WORKSPACE, role: "viewer", seq: server.seq })
    await screen.rest(() => server.settle())
    await screen.click("[data-nx-id=plus] button")
    expect(screen.find("[data-nx-id=plus] [role=alert]").textContent).toContain(
      "You can look at this workspace, not change it",
    )
    expect(server.graph.panel("counter")?.properties.state.count).toBe(1)
  })

  it("runs what stands on mount of the other panel, and on unmount when the outer one closes", async () => {
    const source = COUNTER.replace(
      "</Logic>",
      '<Lifecycle on="mount" run="jump"/><Lifecycle on="unmount" run="jump"/></Logic>',
    )
    const { server, live, screen } = await world(around('<Embed panel="counter"/>'), [
      panelWith({ count: 1 }, source, "counter"),
    ])
    await screen.rest(() => server.settle())
    live.close()
    await server.settle()
    const runs = server.received.flatMap((it) => (it.kind === "handler_trigger" ? [[it.panel, it.trigger]] : []))
    expect(runs).toEqual([
      ["counter", "mount"],
      ["counter", "unmount"],
    ])
  })
})

describe("Slot", () => {
  it("shows its own children where nothing was given", async () => {
    const { screen } = await world(around('<Embed panel="counter"/>'))
    expect(screen.find("[data-nx-id=fallback]").textContent).toBe("nothing inside")
  })

  it("shows what stands inside Embed, which keeps the names and the state of where it was written", async () => {
    const inside =
      '<Text id="given" content="mine {$state.mine}"/><Button id="more" label="More" onClick="$state.mine += 1"/>'
    const { server, screen } = await world(around(`<Embed panel="counter">${inside}</Embed>`))
    expect(screen.element.querySelector("[data-nx-id=fallback]")).toBeNull()
    await screen.click("[data-nx-id=more] button")
    await screen.rest(() => server.settle())
    expect(screen.find("[data-nx-id=given]").textContent).toBe("mine 4")
    expect(server.graph.panel("outer")?.properties.state.mine).toBe(4)
    expect(server.graph.panel("counter")?.properties.state).toEqual({ count: 1 })
  })

  it("takes If and Each, so that a layout sees all its boxes", async () => {
    const grid = '<NexusPanel title="G"><View><Layout strategy="grid"><Slot/></Layout></View></NexusPanel>'
    const inside = `<Each items="{[1, 2, 3]}" as="n" key="{n}"><Badge content="{n}"/></Each><If test="{$state.mine > 2}"><Badge content="more"/></If>`
    const { screen } = await world(around(`<Embed panel="g">${inside}</Embed>`), [panelWith({}, grid, "g")])
    expect([...screen.element.querySelectorAll(".nx-cell")].map((cell) => cell.textContent)).toEqual([
      "1",
      "2",
      "3",
      "more",
    ])
  })
})

describe("on a server", () => {
  const graphWith = (...operations: Operation[]) => {
    const graph = new Graph()
    for (const operation of operations) if (operation.kind === "entity_add") graph.putEntity(operation.entity)
    return graph
  }

  it("an embedded panel is painted with its state, and its Slot with what was given", () => {
    const within = graphWith(panelWith({ count: 4 }, COUNTER, "counter"))
    const source = around('<Embed panel="counter"><Text content="given {$state.mine}"/></Embed>')
    const html = renderPanel(panelFrom(source), {}, { id: "outer", within })
    expect(html).toContain("count 4")
    expect(html).toContain("given 3")
  })

  it("a circle is cut, and a panel that is not there is said", () => {
    const source = around('<Embed panel="outer"/><Embed panel="nobody"/>')
    const within = graphWith(panelWith({}, source, "outer"))
    const html = renderPanel(panelFrom(source), {}, { id: "outer", within })
    expect(html).toContain("cannot stand inside itself")
    expect(html).toContain("There is no panel &quot;nobody&quot; here")
  })
})
