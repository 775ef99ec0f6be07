// @vitest-environment happy-dom
import type { Json, Operation } from "@nexus/protocol"
import { afterEach, describe, expect, it } from "vitest"
import { createConnection, type WorkspaceMirror } from "../../src/client/index.ts"
import {
  createLivePanel,
  createPreviewPanel,
  type LivePanel,
  type LivePanelOptions,
  type Notice,
} from "../../src/react/index.ts"
import { panelFrom, panelOf, sourceOf } from "../world/panel.ts"
import { type Screen, show } from "../world/screen.ts"
import { HandClock, panelWith, TestServer, WORKSPACE } from "../world/server.ts"

const screens: Screen[] = []
const shown = async (live: LivePanel) => {
  const screen = await show(live)
  screens.push(screen)
  return screen
}
afterEach(() => {
  for (const screen of screens.splice(0)) screen.close()
})

const GROCERIES = sourceOf({
  data: `<State name="items" type="list" default="[]"/><State name="draft" type="string" scope="session"/>
    <State name="count" type="number"/><Computed name="open" value="{$state.items.filter(i => !i.done).length}"/>`,
  logic: `<Handler name="add">$state.items.push({ id: $id(), title: $args.title, done: false })</Handler>
    <Handler name="fail">throw new Error("no")</Handler>`,
  view: `<Layout>
    <Metric id="open" label="To buy" value="{$computed.open}"/>
    <Form onSubmit="add({ title: $state.draft }); $state.draft = ''"><Input id="draft" bind="$state.draft" placeholder="Milk"/><Button label="Add"/></Form>
    <Each items="{$state.items}" as="item" key="{item.id}">
      <Input id="{'title-' + item.id}" label="Title" bind="item.title"/><Switch id="{'done-' + item.id}" label="{item.title}" bind="item.done"/>
    </Each>
    <Button id="plus" label="Plus" onClick="$state.count += 1"/><Text id="count" content="{$state.count} times"/>
    <Button id="fail" label="Fail" onClick="fail({})"/>
    <If test="{$computed.open == 0}"><Text id="all" content="All done"/><Else><Text id="left" content="{$computed.open} left"/></Else></If>
  </Layout>`,
})

const items = [
  { id: "a", title: "Milk", done: false },
  { id: "b", title: "Tea", done: true },
]

async function twoClients(options: Pick<LivePanelOptions, "nextFrame" | "onOpenSource"> = {}) {
  const source = GROCERIES
  const state: { [name: string]: Json } = { items, count: 0 }
  const server = new TestServer([panelWith(state, source)])
  server.handlers.set("add", (message): Operation[] => {
    const title = (message.args as { title: string }).title
    return [
      {
        kind: "state_splice",
        panel: "p",
        path: ["items"],
        index: 99,
        remove: [],
        insert: [{ id: title, title, done: false }],
      },
    ]
  })
  server.handlers.set("fail", () => ({ code: "handler-failed", handler: "fail", message: "no", line: 3 }))
  const clock = new HandClock()
  const open = (user: string) =>
    createConnection({ url: "ws://test", token: async () => user, clock, openSocket: server.openSocket }).open(
      WORKSPACE,
    )
  const mirrors: [WorkspaceMirror, WorkspaceMirror] = [open("ann"), open("bob")]
  await server.settle()
  const notices: Notice[] = []
  const panel = panelFrom(source)
  const lives = mirrors.map((mirror) =>
    createLivePanel({ ...options, id: "p", panel, mirror, onNotice: (notice) => notices.push(notice) }),
  ) as [LivePanel, LivePanel]
  return { server, mirrors, lives, notices, a: await shown(lives[0]), b: await shown(lives[1]) }
}

/** Counts how often React wrote into each element, by its `data-nx-id`. */
function writesBelow(screen: Screen) {
  const written: string[] = []
  const observer = new MutationObserver((records) => {
    for (const { target } of records) {
      const element = target instanceof HTMLElement ? target : target.parentElement
      written.push(element?.closest("[data-nx-id]")?.getAttribute("data-nx-id") ?? "")
    }
  })
  observer.observe(screen.element, { subtree: true, childList: true, characterData: true, attributes: true })
  return { written, stop: () => observer.disconnect() }
}

describe("PanelView over a mirror", () => {
  it("shows a click at once here and after the kernel's word there", async () => {
    const { server, a, b } = await twoClients()
    await a.click("[data-nx-id=plus] button")
    expect(a.find("[data-nx-id=count]").textContent).toBe("1 times")
    expect(b.find("[data-nx-id=count]").textContent).toBe("0 times")
    await b.rest(() => server.settle())
    expect(b.find("[data-nx-id=count]").textContent).toBe("1 times")
  })

  it("submits a form to its handler with session state, and clears the draft of this viewer alone", async () => {
    const { server, a, b } = await twoClients()
    await a.type("[data-nx-id=draft] input", "Eggs")
    await b.type("[data-nx-id=draft] input", "mine")
    await a.click("form button")
    await a.rest(() => server.settle())
    expect(a.find<HTMLInputElement>("[data-nx-id=draft] input").value).toBe("")
    expect(b.find<HTMLInputElement>("[data-nx-id=draft] input").value).toBe("mine")
    expect(b.find("[data-nx-id=title-Eggs] input")).toBeDefined()
    const trigger = server.received.find(({ kind }) => kind === "handler_trigger")
    expect(trigger).toMatchObject({
      handler: "add",
      args: { title: "Eggs" },
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
    })
  })

  it("writes a row's input through the item's key, also when the row moved meanwhile", async () => {
    const { server, a, b } = await twoClients()
    server.commit(
      [
        {
          kind: "state_splice",
          panel: "p",
          path: ["items"],
          index: 0,
          remove: [],
          insert: [{ id: "z", title: "New", done: false }],
        },
      ],
      "x",
      "cy",
    )
    await a.click("[data-nx-id=done-a] input")
    await b.rest(() => server.settle())
    expect(server.received.filter(({ kind }) => kind === "operations_submit")).toMatchObject([
      { operations: [{ kind: "state_set", path: ["items", { key: "a" }, "done"], value: true }] },
    ])
    expect(b.find<HTMLInputElement>("[data-nx-id=done-a] input").checked).toBe(true)
    expect(b.find("[data-nx-id=left]").textContent).toBe("1 left")
  })

  it("coalesces keystrokes of one frame into one operation, and takes them back as one step", async () => {
    const frames: (() => void)[] = []
    const { server, mirrors, a } = await twoClients({
      nextFrame: (run) => {
        frames.push(run)
        return () => frames.splice(frames.indexOf(run), 1)
      },
    })
    const submitted = () => server.received.filter(({ kind }) => kind === "operations_submit").length
    for (const text of ["Mil", "Mi", "M"]) await a.type("[data-nx-id=title-a] input", text)
    expect(a.find<HTMLInputElement>("[data-nx-id=title-a] input").value).toBe("M")
    await a.rest(() => {
      for (const frame of frames.splice(0)) frame()
    })
    await a.rest(() => server.settle())
    expect(submitted()).toBe(1)
    await a.type("[data-nx-id=title-a] input", "Mo")
    await a.rest(() => {
      for (const frame of frames.splice(0)) frame()
    })
    await a.rest(() => server.settle())
    expect(submitted()).toBe(2)
    expect(server.graph.panel("p")?.properties.state.items).toMatchObject([{ title: "Mo" }, {}])
    expect(mirrors[0].canUndo).toBe(true)
    await a.rest(async () => {
      const undone = mirrors[0].undo()
      await server.settle()
      expect(await undone).toBe(true)
    })
    expect(a.find<HTMLInputElement>("[data-nx-id=title-a] input").value).toBe("Milk")
    expect(mirrors[0].canUndo).toBe(false)
    expect(mirrors[0].canRedo).toBe(true)
  })

  it("repaints only the components that read what changed", async () => {
    const { server, b } = await twoClients()
    const { written, stop } = writesBelow(b)
    await b.rest(async () => {
      server.commit(
        [{ kind: "state_set", panel: "p", path: ["items", { key: "b" }, "title"], value: "Green tea" }],
        "x",
        "ann",
      )
      await server.settle()
    })
    stop()
    expect(new Set(written)).toEqual(new Set(["title-b", "done-b"]))
  })

  it("marks a value that somebody else changed with their name, and never one's own", async () => {
    const { server, a, b } = await twoClients()
    await a.click("[data-nx-id=plus] button")
    await b.rest(() => server.settle())
    expect(b.find("[data-nx-id=count]").getAttribute("data-changed-by")).toBe("ANN")
    expect(a.element.querySelectorAll("[data-changed-by]")).toHaveLength(0)
    expect(b.element.querySelectorAll("[data-changed-by]")).toHaveLength(1)
    await b.rest(() => new Promise((resolve) => setTimeout(resolve, 1050)))
    expect(b.element.querySelectorAll("[data-changed-by]")).toHaveLength(0)
    expect(b.find("[data-nx-id=count]").getAttribute("title")).toMatch(/^ANN · .+ · \d/)
    await b.click("[data-nx-id=plus] button")
    expect(b.find("[data-nx-id=count]").getAttribute("title")).toBeNull()
  })

  it("marks nobody at a value that a schedule changed", async () => {
    const { server, b } = await twoClients()
    await b.rest(async () => {
      server.commit([{ kind: "state_set", panel: "p", path: ["count"], value: 7 }], "run", undefined, "tick")
      await server.settle()
    })
    expect(b.find("[data-nx-id=count]").textContent).toContain("7")
    expect(b.element.querySelectorAll("[data-changed-by]")).toHaveLength(0)
  })

  it("says on the button that its handler runs, takes no second press, and tells a failure inline and as a notice", async () => {
    const { server, a, notices } = await twoClients()
    await a.click("[data-nx-id=fail] button")
    await a.click("[data-nx-id=fail] button")
    expect(a.find("[data-nx-id=fail] button").getAttribute("aria-busy")).toBe("true")
    await a.rest(() => server.settle())
    expect(server.received.filter(({ kind }) => kind === "handler_trigger")).toHaveLength(1)
    expect(a.find("[data-nx-id=fail] button").getAttribute("aria-busy")).toBeNull()
    expect(a.find("[data-nx-id=fail] [role=alert]").textContent).toBe('Handler "fail" failed at line 3: no')
    expect(notices).toMatchObject([{ kind: "failure", panel: "p", failure: { code: "handler-failed" } }])
  })

  it("leads from a failure to the line it happened on, where somebody can open it", async () => {
    const opened: unknown[] = []
    const { server, a } = await twoClients({ onOpenSource: (...place) => opened.push(place) })
    await a.click("[data-nx-id=fail] button")
    await a.rest(() => server.settle())
    expect(a.find("[data-nx-id=fail] [role=alert] button").textContent).toBe("Open line 3")
    await a.click("[data-nx-id=fail] [role=alert] button")
    expect(opened).toEqual([[3, undefined]])
  })

  it("takes an assignment back when the kernel refuses it", async () => {
    const { server, a, notices } = await twoClients()
    server.graph.dropEntity("p")
    await a.click("[data-nx-id=plus] button")
    expect(a.find("[data-nx-id=count]").textContent).toBe("1 times")
    await a.rest(() => server.settle())
    expect(a.find("[data-nx-id=count]").textContent).toBe("0 times")
    expect(notices).toMatchObject([{ kind: "failure", failure: { code: "not-found" } }])
  })
})

describe("a living panel", () => {
  const live = async (rooms: { data?: string; logic?: string; view: string }, others: Operation[] = []) => {
    const source = sourceOf(rooms)
    const server = new TestServer([panelWith({}, source), ...others])
    const mirror = createConnection({
      url: "ws://t",
      token: async () => "ann",
      clock: new HandClock(),
      openSocket: server.openSocket,
    }).open(WORKSPACE)
    await server.settle()
    return { server, mirror, live: createLivePanel({ id: "p", panel: panelFrom(source), mirror }) }
  }
  const triggered = (server: TestServer) =>
    server.received.flatMap((message) =>
      message.kind === "handler_trigger" ? [[message.handler, message.trigger]] : [],
    )

  it("runs what stands on mount when it is first shown and on unmount when it is closed, once each", async () => {
    const world = await live({
      logic: `<Handler name="came">1</Handler><Handler name="left">1</Handler>
        <Lifecycle on="mount" run="came"/><Lifecycle on="unmount" run="left"/>`,
      view: '<Text content="x"/>',
    })
    await shown(world.live)
    await shown(world.live)
    await world.server.settle()
    expect(triggered(world.server)).toEqual([["came", "mount"]])
    world.live.close()
    await world.server.settle()
    expect(triggered(world.server)).toEqual([
      ["came", "mount"],
      ["left", "unmount"],
    ])
  })

  it("focuses the input that a handler names, and hands a toast on", async () => {
    const world = await live({ view: '<Input id="who" label="Who" value=""/>' })
    const notices: Notice[] = []
    world.live.onNotice((notice) => notices.push(notice))
    const screen = await shown(world.live)
    const command = { kind: "view_command" as const, workspace: WORKSPACE, panel: "p" }
    world.server.lines[0]?.toClient.push({ ...command, command: "focus", argument: "who" })
    world.server.lines[0]?.toClient.push({ ...command, command: "toast", argument: "Saved" })
    await screen.rest(() => world.server.settle())
    expect(document.activeElement).toBe(screen.find("input"))
    expect(notices).toEqual([{ kind: "toast", panel: "p", message: "Saved", tone: undefined }])
  })

  it("takes what a handler wrote to session state, for this viewer", async () => {
    const world = await live({
      data: '<State name="step" type="number" scope="session"/>',
      logic: '<Handler name="next">$state.step += 1</Handler>',
      view: '<Text content="step {$state.step}"/><Button label="Next" onClick="next({})"/>',
    })
    const screen = await shown(world.live)
    await screen.click("button")
    const [line] = world.server.lines
    while (line && world.server.step(line, "toServer"));
    const finished = line?.toClient.at(-1)
    if (finished?.kind !== "handler_finished") throw new Error("the run is over")
    line?.toClient.splice(-1, 1, { ...finished, session: { step: 1 } })
    await screen.rest(() => world.server.settle())
    expect(screen.find("p").textContent).toBe("step 1")
    expect(world.mirror.graph.panel("p")?.properties.state).toEqual({})
  })

  it("shows panels that import each other in a circle as an error, not as a hang", async () => {
    const other = `<NexusPanel title="o"><Data><Import panel="p" name="a" as="a"/><Computed name="b" value="{$imports.a}"/></Data><View><Text content="x"/></View></NexusPanel>`
    const world = await live(
      {
        data: '<Import panel="o" name="b" as="b"/><Computed name="a" value="{$imports.b}"/>',
        view: '<Text content="{$computed.a}"/>',
      },
      [panelWith({}, other, "o")],
    )
    expect((await shown(world.live)).find("[role=note]").textContent).toContain("depends on itself")
  })

  it("shows what its handlers log", async () => {
    const world = await live({ view: '<Log label="Log"/>' })
    const screen = await shown(world.live)
    const line = { kind: "log" as const, workspace: WORKSPACE, panel: "p", run: "r", handler: "h", at: 0 }
    world.server.lines[0]?.toClient.push({ ...line, level: "warn", message: "careful" })
    world.server.lines[0]?.toClient.push({ ...line, panel: "q", level: "warn", message: "elsewhere" })
    await screen.rest(() => world.server.settle())
    expect(screen.find("[role=log]").textContent).toBe("00:00:00warncareful")
  })
})

describe("PanelView alone", () => {
  it("shows an error of one binding at its component and goes on beside it", async () => {
    const panel = panelOf({
      data: '<State name="a" type="object"/><Computed name="bad" value="{$state.a.b.c}"/>',
      view: '<Text content="{$computed.bad}"/><Text id="well" content="fine"/><If test="{$computed.bad}"><Text content="x"/></If>',
    })
    const live = createPreviewPanel(panel)
    const screen = await shown(live)
    expect(screen.element.querySelectorAll("[role=note]")).toHaveLength(2)
    expect(screen.find("[data-nx-id=well]").textContent).toBe("fine")
    await screen.rest(() => live.write("$state.a", live.root, { b: { c: "mended" } }, "g"))
    expect(screen.text()).toBe("mendedfinex")
  })

  it("previews without a kernel: assignments work, handlers say that they need saving", async () => {
    const screen = await shown(createPreviewPanel(panelFrom(GROCERIES), { count: 4 }))
    await screen.click("[data-nx-id=plus] button")
    expect(screen.find("[data-nx-id=count]").textContent).toBe("5 times")
    await screen.click("[data-nx-id=fail] button")
    expect(screen.find("[data-nx-id=fail] [role=alert]").textContent).toMatch(/save the panel to run it/)
  })

  it("reads another panel's State and Computed live, named by title", async () => {
    const kitchen = `<NexusPanel title="kitchen"><Data><State name="stock" type="number"/><Computed name="twice" value="{$state.stock * 2}"/></Data><View><Text content="x"/></View></NexusPanel>`
    const shop = sourceOf({
      data: '<Import panel="kitchen" name="stock" as="s"/><Import panel="kitchen" name="twice" as="t"/>',
      view: '<Text id="sum" content="{$imports.s} and {$imports.t}"/>',
    })
    const server = new TestServer([panelWith({}, shop), panelWith({ stock: 3 }, kitchen, "kitchen")])
    const mirror = createConnection({
      url: "ws://t",
      token: async () => "ann",
      clock: new HandClock(),
      openSocket: server.openSocket,
    }).open(WORKSPACE)
    await server.settle()
    const screen = await shown(createLivePanel({ id: "p", panel: panelFrom(shop), mirror }))
    expect(screen.text()).toBe("3 and 6")
    await screen.rest(async () => {
      server.commit([{ kind: "state_set", panel: "kitchen", path: ["stock"], value: 5 }], "x", "bob")
      await server.settle()
    })
    expect(screen.text()).toBe("5 and 10")
  })

  it("binds an item of a filtered or computed list to where it stands in the state", async () => {
    const panel = panelOf({
      data: `<State name="items" type="list"/><Computed name="todo" value="{$state.items.filter(i => !i.done)}"/>`,
      view: '<Each items="{$computed.todo}" as="item"><Checkbox label="{item.id}" bind="item.done"/></Each>',
    })
    const live = createPreviewPanel(panel, { items })
    const screen = await shown(live)
    await screen.click("input[type=checkbox]")
    expect(live.state.items).toMatchObject([{ id: "a", done: true }, { id: "b" }])
    expect(screen.element.querySelectorAll("input")).toHaveLength(0)
  })

  it("keeps what is typed into a number field until it is a number", async () => {
    const live = createPreviewPanel(
      panelOf({ data: '<State name="n" type="number" default="2"/>', view: '<Number label="N" bind="$state.n"/>' }),
    )
    const screen = await shown(live)
    await screen.type("input", "")
    expect(live.state.n).toBe(2)
    await screen.type("input", "7")
    expect(live.state.n).toBe(7)
  })

  it("chooses an option that is no text, and fires onChange after the write", async () => {
    const live = createPreviewPanel(
      panelOf({
        data: '<State name="size" type="number" default="1"/><State name="seen" type="number"/>',
        view: '<Select label="Size" bind="$state.size" options="{[1, 2, 3]}" onChange="$state.seen = $event + $state.size"/>',
      }),
    )
    const screen = await shown(live)
    await screen.type("select", "2")
    expect(live.state).toEqual({ size: 3, seen: 6 })
  })
})
