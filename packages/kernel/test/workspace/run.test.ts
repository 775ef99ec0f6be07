import { createServer, type Server } from "node:http"
import {
  decodeServerMessage,
  type Json,
  type JsonObject,
  type Operation,
  type ServerMessage,
  sentenceOf,
} from "@nexus/protocol"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"
import { ADA, addPanel, COUNTER, kernelWith, panel, type World } from "../worlds.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await createSandbox({ processes: 2 })
})
afterAll(() => sandbox.close())

const click = (
  world: World,
  handler: string,
  args: JsonObject = {},
  more: { ref?: string; session?: JsonObject } = {},
) => world.workspace.trigger({ panel: "p", handler, args, trigger: "event", person: ADA, ...more })
const stateOf = (world: World, id = "p"): JsonObject | undefined => world.workspace.graph.panel(id)?.properties.state
const grant = (capability: string, granted = true): Operation => ({
  kind: "panel_grant",
  panel: "p",
  grant: capability,
  granted,
})

describe("one turn at a time per panel (its lane)", () => {
  it("makes a hundred clicks at once count a hundred", async () => {
    const world = await kernelWith({ sandbox, panels: { p: COUNTER } })
    const results = await Promise.all(Array.from({ length: 100 }, () => click(world, "add")))
    expect(results.every(({ status }) => status === "finished")).toBe(true)
    expect(stateOf(world)).toEqual({ count: 100 })
    expect(new Set(results.map(({ seq }) => seq)).size).toBe(100)
  })

  it("runs a first turn again when somebody's change got in between", async () => {
    const list = panel(
      "List",
      '<State name="items" type="list"/>',
      '<Handler name="drop">for (let i = 0; i < 300000; i++) Math.sqrt(i); $state.items.shift()</Handler>',
    )
    const world = await kernelWith({ sandbox, panels: { p: list } })
    await world.commit({ kind: "state_set", panel: "p", path: ["items"], value: ["a", "b", "c"] })
    const running = click(world, "drop")
    await world.commit({ kind: "state_set", panel: "p", path: ["items"], value: ["x", "y", "z"] })
    expect((await running).status).toBe("finished")
    expect(stateOf(world)).toEqual({ items: ["y", "z"] })
  })
})

describe("a turn is all or nothing: the effects of a failed turn are logged, never applied", () => {
  const FAILING = panel(
    "Failing",
    '<State name="count" type="number"/><State name="list" type="list"/>',
    `<Capability type="time" reason="Waits"/>
     <Handler name="throws">$state.count = 1; $state.list.push(1); $log.info("so far"); throw new Error("no")</Handler>
     <Handler name="undeclared">$state.count = 1; const name = "nowhere"; $state[name] = 2</Handler>
     <Handler name="deletes">$state.count = 1; const name = "list"; delete $state[name]</Handler>
     <Handler name="loops">$state.count = 1; for (;;) {}</Handler>
     <Handler name="later">$state.count = 1; await nexus.sleep(1); $state.count = 2; throw new Error("late")</Handler>`,
  )

  it.each([
    ["throws", "handler-failed"],
    ["undeclared", "handler-failed"],
    ["deletes", "handler-failed"],
    ["loops", "handler-timeout"],
  ])("when the handler %s, nothing of it is kept and the failure is %s", async (handler, code) => {
    const world = await kernelWith({ sandbox, panels: { p: FAILING }, limits: { cpuMs: 200 } })
    const { seq } = world.workspace
    expect(await click(world, handler)).toMatchObject({ status: "failed", failure: { code }, seq })
    expect(stateOf(world)).toEqual({ count: 0, list: [] })
    expect(world.workspace.seq).toBe(seq)
  })

  it("but what it logged before it failed is told, and how it failed, each with its place", async () => {
    const world = await kernelWith({ sandbox, panels: { p: FAILING } })
    const told: ServerMessage[] = []
    world.workspace.audience.join({
      session: "s",
      user: ADA.id,
      name: ADA.name,
      role: "viewer",
      presence: {},
      deliver: (bytes) => told.push(decodeServerMessage(bytes)),
      onRole: () => undefined,
    })
    const { run } = await click(world, "throws")
    expect(told.filter(({ kind }) => kind !== "presence")).toMatchObject([
      { kind: "log", run, message: "so far", line: 4, column: 44 },
      { kind: "log", run, level: "error", message: expect.stringContaining("at handler (throws:4:71)"), line: 4 },
    ])
    expect(stateOf(world)).toEqual({ count: 0, list: [] })
  })

  it("keeps the turns before the one that failed", async () => {
    const world = await kernelWith({ sandbox, panels: { p: FAILING } })
    await world.commit(grant("time"))
    expect(await click(world, "later")).toMatchObject({
      status: "failed",
      failure: { code: "handler-failed", message: "late" },
    })
    expect(stateOf(world)).toEqual({ count: 1, list: [] })
  })

  it("leaves other panels alone while one loops", async () => {
    const world = await kernelWith({ sandbox, panels: { p: FAILING, q: COUNTER }, limits: { cpuMs: 400 } })
    const looping = click(world, "loops")
    const other = await world.workspace.trigger({ panel: "q", handler: "add", args: {}, trigger: "event", person: ADA })
    expect(other.status).toBe("finished")
    expect((await looping).failure?.code).toBe("handler-timeout")
  })
})

describe("a run", () => {
  it("is recorded from the click to its end, and its changes say who clicked", async () => {
    const world = await kernelWith({ sandbox, panels: { p: COUNTER } })
    const { run } = await click(world, "add")
    expect(world.events.map(({ type }) => type)).toEqual([
      "handler_triggered",
      "execution_started",
      "execution_completed",
    ])
    expect(world.events.every((event) => event.run === run && event.person === "ada" && event.panel === "p")).toBe(true)
    expect(world.changes.at(-1)?.cause).toMatchObject({
      actor: { kind: "handler", id: "p.add", name: "add" },
      run: { id: run, panel: "p", handler: "add", turn: 0, trigger: "event", person: ADA },
    })
  })

  it("asked for twice under one ref is one run, even over a restart", async () => {
    const journal = createMemoryJournal()
    const world = await kernelWith({ sandbox, panels: { p: COUNTER }, journal })
    const [first, second] = await Promise.all([
      click(world, "add", {}, { ref: "r" }),
      click(world, "add", {}, { ref: "r" }),
    ])
    expect(second).toBe(first)
    await world.close()
    const again = await kernelWith({ sandbox, journal })
    expect(await click(again, "add", {}, { ref: "r" })).toMatchObject({ run: first.run, seq: first.seq })
    expect(stateOf(again)).toEqual({ count: 1 })
  })

  it("sees computed values, imports and its own session state", async () => {
    const kitchen = panel(
      "Kitchen",
      '<State name="stock" type="list" default="[1,2]"/><Computed name="size" value="{$state.stock.length}"/>',
      "",
      '<Text content="{$computed.size}"/>',
    )
    const reader = panel(
      "Reader",
      `<State name="mine" type="string" scope="session"/><Import panel="Kitchen" name="size" as="size"/>
       <Computed name="double" value="{$imports.size * 2}"/>`,
      '<Handler name="look">$state.mine = $state.mine + "!"; return [$imports.size, $computed.double]</Handler>',
      '<Text content="{$computed.double}"/><Input bind="$state.mine" label="Mine"/>',
    )
    const world = await kernelWith({ sandbox, panels: { k: kitchen, p: reader } })
    const result = await click(world, "look", {}, { session: { mine: "hm", other: "ignored" } })
    expect(result).toMatchObject({ value: [2, 4], session: { mine: "hm!" } })
    expect(stateOf(world)).toEqual({})
  })

  it("that waits leaves the lane free, and goes on with the world of that moment", async () => {
    const waiting = panel(
      "Waiting",
      '<State name="log" type="list"/>',
      `<Capability type="time" reason="Waits"/>
       <Handler name="slow">$state.log.push("before"); await nexus.sleep(80); $state.log.push("after " + $state.log.length)</Handler>
       <Handler name="quick">$state.log.push("quick")</Handler>`,
    )
    const world = await kernelWith({ sandbox, panels: { p: waiting } })
    await world.commit(grant("time"))
    const slow = click(world, "slow")
    await expect.poll(() => stateOf(world)?.log).toEqual(["before"])
    expect((await click(world, "quick")).status).toBe("finished")
    expect((await slow).status).toBe("finished")
    expect(stateOf(world)?.log).toEqual(["before", "quick", "after 2"])
    expect(
      world.changes.filter(({ cause }) => cause.run?.handler === "slow").map(({ cause }) => cause.run?.turn),
    ).toEqual([0, 1])
  })

  it("whose panel is removed while it waits ends with not-found", async () => {
    const waiting = panel(
      "Waiting",
      '<State name="n" type="number"/>',
      '<Capability type="time" reason="Waits"/><Handler name="slow">await nexus.sleep(60); $state.n = 1</Handler>',
    )
    const world = await kernelWith({ sandbox, panels: { p: waiting } })
    await world.commit(grant("time"))
    const slow = click(world, "slow")
    await expect.poll(() => world.events.some(({ type }) => type === "execution_completed")).toBe(true)
    await world.commit({ kind: "entity_remove", id: "p" })
    expect(await slow).toMatchObject({ status: "failed", failure: { code: "not-found" } })
  })
})

describe("a secret state", () => {
  const SECRET = panel(
    "Secret",
    '<State name="key" type="string" secret="true"/><State name="shown" type="string"/>',
    `<Handler name="keep">$state.key = $args.key; $state.shown = "kept"</Handler>
     <Handler name="measure">$state.shown = "" + $state.key.length</Handler>`,
    '<Text content="{$state.shown}"/>',
  )
  const CANARY = "canary-8f3a91"

  it("is there for the handler, and in no change, snapshot or record", async () => {
    const journal = createMemoryJournal()
    const world = await kernelWith({ sandbox, panels: { p: SECRET }, journal })
    const fields = { submission: "typed", cause: { actor: ADA, reason: "typed" } }
    const typed: Operation = { kind: "state_set", panel: "p", path: ["key"], value: CANARY }
    expect(await world.workspace.submit({ ...fields, operations: [typed] })).toBe(world.workspace.seq)
    await click(world, "measure")
    expect(stateOf(world)).toEqual({ shown: String(CANARY.length) })
    await click(world, "keep", { key: `${CANARY}+` })
    await click(world, "measure")
    expect(stateOf(world)).toEqual({ shown: String(CANARY.length + 1) })
    const everything = [
      await journal.changes("w", 0, 1000),
      world.workspace.graph.toSnapshot(),
      world.events,
      world.notes,
    ]
    expect(JSON.stringify(everything)).not.toContain(CANARY)
    await expect(world.commit(typed)).rejects.toMatchObject({ failure: { code: "invalid-input" } })
  })
})

describe("a handler can do nothing that its granted capabilities do not name", () => {
  let examples: Server
  let origin: string
  beforeAll(async () => {
    examples = createServer((request, response) => {
      if (request.url === "/examples/away") response.writeHead(302, { location: "http://127.0.0.1:1/secret" }).end()
      else if (request.url === "/examples/in") response.writeHead(302, { location: "/admin" }).end()
      else if (request.url === "/examples/big") response.end(Buffer.alloc(2_000_000))
      else response.end(JSON.stringify({ path: request.url, cookie: request.headers.cookie ?? null }))
    })
    await new Promise<void>((resolve) => examples.listen(0, "127.0.0.1", resolve))
    const address = examples.address()
    origin = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`
  })
  afterAll(() => examples.close())

  const FETCHING = panel(
    "Fetching",
    '<State name="got" type="object"/>',
    `<Capability type="http" scope="*" reason="Anything"/><Capability type="kv" scope="notes" reason="Notes"/>
     <Handler name="get">
       const reply = await nexus.http.fetch($args.url)
       $state.got = { status: reply.status, body: reply.text() }
     </Handler>
     <Handler name="store">
       await nexus.kv.set($args.store, "k", { n: 1 })
       $state.got = { value: await nexus.kv.get($args.store, "k"), keys: await nexus.kv.list($args.store) }
     </Handler>
     <Handler name="wait">const time = "time"; await __nexus_call(time, "sleep", [1])</Handler>
     <Handler name="ask">const ask = "ask"; await __nexus_call(ask, "ask", ["May I?"])</Handler>
     <Handler name="raw">return await __nexus_call($args.capability, $args.method, $args.args)</Handler>`,
  )
  const messageOf = async (world: World, handler: string, args: { [name: string]: Json }): Promise<string> => {
    const { failure } = await click(world, handler, args)
    return failure ? sentenceOf(failure) : "it worked"
  }

  it("is told what to declare, what to grant, and may once it is granted, until the grant is taken back", async () => {
    const world = await kernelWith({ sandbox, panels: { p: FETCHING }, ownOrigin: origin })
    const url = `${origin}/examples/a`
    expect(await messageOf(world, "wait", {})).toContain('Add <Capability type="time"')
    expect(await messageOf(world, "get", { url })).toContain("Grant http:*")
    await world.commit(grant("http:*"))
    expect(await click(world, "get", { url })).toMatchObject({ status: "finished" })
    expect(stateOf(world)?.got).toEqual({ status: 200, body: '{"path":"/examples/a","cookie":null}' })
    expect(await click(world, "get", { url: "/examples/b" })).toMatchObject({ status: "finished" })
    await world.commit(grant("http:*", false))
    expect(await messageOf(world, "get", { url })).toContain("Grant http:*")
    const calls = world.events.filter((event) => event.type === "host_called")
    expect(calls.map((event) => event.granted)).toEqual([false, false, true, true, false])
  })

  it("speaks of the kernel's own example data by the path that the panel declares", async () => {
    const weather = FETCHING.replace('scope="*"', 'scope="/examples/weather*"')
    const world = await kernelWith({ sandbox, panels: { p: weather }, ownOrigin: origin })
    const url = "/examples/weather?city=Oslo"
    expect(await messageOf(world, "get", { url })).toContain("nobody has granted it yet. Grant http:/examples/weather*")
    const other = await messageOf(world, "get", { url: `${origin}/examples/prices` })
    expect(other).toContain('Add <Capability type="http" scope="/examples/prices"')
    await world.commit(grant("http:/examples/weather*"))
    expect(await click(world, "get", { url })).toMatchObject({ status: "finished" })
    expect(await click(world, "get", { url: `${origin}${url}` })).toMatchObject({ status: "finished" })
  })

  it("reaches no address that is not public, however it is spelt or redirected to", async () => {
    const world = await kernelWith({ sandbox, panels: { p: FETCHING }, ownOrigin: origin })
    await world.commit(grant("http:*"))
    const { port } = new URL(origin)
    const inward = [
      `http://127.0.0.1:${port}/admin`,
      `http://localhost:${port}/examples/a`,
      `http://2130706433:${port}/x`,
      `http://0x7f.1:${port}/x`,
      `http://[::1]:${port}/x`,
      `http://[::ffff:127.0.0.1]:${port}/x`,
      `http://[::ffff:7f00:1]:${port}/x`,
      "http://169.254.169.254/latest/meta-data/",
      "http://10.0.0.1/",
      "http://192.168.1.1/",
      "http://100.64.0.1/",
      "http://0.0.0.0/",
      "http://[fe80::1]/",
      "http://[fd00::1]/",
      "http://224.0.0.1/",
      `${origin}/examples/away`,
      `${origin}/examples/in`,
      `${origin}/examples/../admin`,
    ]
    for (const url of inward) expect(await messageOf(world, "get", { url }), url).toContain("public address")
    for (const url of ["file:///etc/passwd", "ftp://example.org/", "http://user:pw@example.org/", "not a url"]) {
      expect(await messageOf(world, "get", { url }), url).toContain("not a plain http or https address")
    }
    expect(await messageOf(world, "get", { url: `${origin}/examples/big` })).toContain("limit of 1048576 bytes")
  })

  it("keeps values in stores it was granted, and sees no other", async () => {
    const world = await kernelWith({ sandbox, panels: { p: FETCHING } })
    await world.commit(grant("kv:notes"))
    expect(await click(world, "store", { store: "notes" })).toMatchObject({ status: "finished" })
    expect(stateOf(world)?.got).toEqual({ value: { n: 1 }, keys: ["k"] })
    expect(await messageOf(world, "store", { store: "other" })).toContain("does not declare it")
  })

  it("hears clearly what this kernel does not do, and cannot get around the check by a raw call", async () => {
    const world = await kernelWith({ sandbox, panels: { p: FETCHING } })
    expect(await messageOf(world, "ask", {})).toContain("does not declare it")
    expect(await messageOf(world, "raw", { capability: "kv", method: "get", args: ["notes", "k"] })).toContain(
      "Grant kv:notes",
    )
    expect(await messageOf(world, "raw", { capability: "__proto__", method: "x", args: [] })).toContain("not available")
    expect(await messageOf(world, "raw", { capability: "files:read", method: "read", args: ["etc/passwd"] })).toContain(
      "does not declare",
    )
  })

  it("is never granted anything by an AI, a handler or a package", async () => {
    const world = await kernelWith({ sandbox, panels: { p: FETCHING } })
    for (const kind of ["ai", "handler", "package"] as const) {
      const cause = { actor: { kind, id: "x", name: "X" }, reason: "more rights" }
      const commit = world.workspace.commit({ submission: `by-${kind}`, cause, operations: [grant("http:*")] })
      await expect(commit).rejects.toMatchObject({ failure: { code: "forbidden" } })
    }
  })
})

describe("a schedule", () => {
  const TICKING = panel(
    "Ticking",
    '<State name="ticks" type="number"/>',
    '<Capability type="time" reason="Ticks"/><Handler name="tick">$state.ticks += 1</Handler><Lifecycle on="schedule" every="1s" run="tick"/>',
    '<Text content="{$state.ticks}"/>',
  )

  it("runs once `time` is granted, by the schedule itself, and stops when the grant is taken back", async () => {
    const world = await kernelWith({ sandbox })
    await world.commit(addPanel("p", TICKING), grant("time"))
    await expect.poll(() => stateOf(world)?.ticks, { timeout: 10_000 }).toBe(1)
    expect(world.changes.at(-1)?.cause).toMatchObject({
      actor: { kind: "schedule", id: "p.tick" },
      run: { trigger: "schedule" },
    })
    await world.commit(grant("time", false))
    const ticks = stateOf(world)?.ticks
    await new Promise((resolve) => setTimeout(resolve, 1300))
    expect(stateOf(world)?.ticks).toBe(ticks)
  })
})
