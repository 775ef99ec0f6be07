import { type Json, type JsonObject, type Operation, sentenceOf } from "@nexus/protocol"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { ADA, addPanel, kernelWith, panel, type World } from "../worlds.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await createSandbox({ processes: 1 })
})
afterAll(() => sandbox.close())

const CANARY = "canary-51c2"
const KITCHEN = panel(
  "Kitchen",
  `<State name="stock" type="list" default="[]"/><State name="key" type="string" secret="true"/>
   <State name="draft" type="string" scope="session"/>
   <Computed name="size" value="{$state.stock.length}"/><Computed name="leak" value="{'' + $state.key}"/>`,
  `<Capability type="kv" scope="kitchen" reason="Counts"/>
   <Handler name="put">$state.stock.push($args.title + " x" + $args.count); return $state.stock.length</Handler>
   <Handler name="keep">$state.key = $args.key</Handler>
   <Handler name="fails">throw new Error("burnt")</Handler>
   <Handler name="denied">await nexus.kv.set("kitchen", "a", 1)</Handler>
   <Tool name="add" handler="put" description="Puts one thing in">
     <Arg name="title" type="string" required="true" description="What"/>
     <Arg name="count" type="number" default="1" description="How many"/>
   </Tool>
   <Tool name="fails" handler="fails" description="Fails"/>
   <Tool name="denied" handler="denied" description="Is denied"/>`,
  '<Text content="{$computed.size}{$computed.leak}{$state.draft}"/>',
)
const COOK = panel(
  "Cook",
  '<State name="log" type="list"/>',
  `<Capability type="panels:read" scope="Kitchen" reason="Looks"/><Capability type="panels:call" scope="Kitchen" reason="Adds"/>
   <Capability type="time" reason="Waits"/>
   <Handler name="raw">return await __nexus_call($args.capability, $args.method, $args.args)</Handler>
   <Handler name="add">
     $state.log.push("asks")
     const size = await nexus.panels.call("Kitchen", "add", { title: "Salt" })
     return [size, await nexus.panels.read("Kitchen", "size"), await nexus.panels.read("Kitchen", "stock")]
   </Handler>
   <Handler name="slow">
     await nexus.panels.call("Kitchen", "add", { title: "a" })
     await nexus.sleep(150)
     await nexus.panels.call("Kitchen", "add", { title: "b" })
   </Handler>`,
)

const grant = (id: string, capability: string, granted = true): Operation => ({
  kind: "panel_grant",
  panel: id,
  grant: capability,
  granted,
})
const run = (world: World, id: string, handler: string, args: JsonObject = {}) =>
  world.workspace.trigger({ panel: id, handler, args, trigger: "event", person: ADA })
async function call(world: World, capability: string, method: string, ...args: Json[]): Promise<unknown> {
  const { failure, value } = await run(world, "cook", "raw", { capability, method, args })
  return failure ? sentenceOf(failure) : value
}
const stockOf = (world: World) => world.workspace.graph.panel("kitchen")?.properties.state.stock
const open = async () => {
  const world = await kernelWith({ sandbox, panels: { kitchen: KITCHEN, cook: COOK } })
  await world.commit(grant("cook", "panels:read:Kitchen"), grant("cook", "panels:call:Kitchen"), grant("cook", "time"))
  return world
}

describe("another panel", () => {
  it("is read, and its tools are called, as runs of its own that name the run that asked", async () => {
    const world = await open()
    const { run: id, value } = await run(world, "cook", "add")
    expect(value).toEqual([1, 1, ["Salt x1"]])
    const { cause } = world.changes.at(-1) ?? {}
    expect(cause).toMatchObject({
      actor: { kind: "handler", id: "kitchen.put" },
      run: { panel: "kitchen", handler: "put", trigger: "tool", person: ADA, caller: id },
      parent: world.changes.find((change) => change.cause.run?.id === id)?.seq,
    })
    const triggered = world.events.filter(({ type }) => type === "handler_triggered")
    expect(triggered.map(({ panel, handler }) => `${panel}.${handler}`)).toEqual(["cook.add", "kitchen.put"])
  })

  it("tells its tools", async () => {
    const world = await open()
    expect(await call(world, "panels:read", "tools", "Kitchen")).toMatchObject([
      {
        name: "add",
        description: "Puts one thing in",
        args: [
          { name: "title", type: "string", required: true, description: "What" },
          { name: "count", type: "number", required: false, description: "How many", default: 1 },
        ],
      },
      { name: "fails" },
      { name: "denied" },
    ])
  })

  it("goes by its id as well, in calls and in grants", async () => {
    const world = await open()
    expect(await call(world, "panels:read", "read", "kitchen", "size")).toBe(0)
    await world.commit(grant("cook", "panels:read:Kitchen", false))
    expect(await call(world, "panels:read", "read", "kitchen", "size")).toContain("Grant panels:read:Kitchen")
    await world.commit(grant("cook", "panels:read:kitchen"))
    expect(await call(world, "panels:read", "read", "Kitchen", "size")).toBe(0)
  })

  it("never gives its secrets or what is each viewer's own", async () => {
    const world = await open()
    await run(world, "kitchen", "keep", { key: CANARY })
    for (const name of ["key", "draft", "__proto__", "constructor", "nothing"])
      expect(await call(world, "panels:read", "read", "Kitchen", name)).toMatch(/exports no .*it exports .*stock/)
    expect(JSON.stringify(await call(world, "panels:read", "read", "Kitchen", "leak"))).not.toContain(CANARY)
  })

  it.each([
    [[], "takes its arguments as an object"],
    [{}, "args.title"],
    [{ title: 7 }, "takes a string"],
    [{ title: "a", count: "many" }, "takes a number"],
    [{ title: "a", colour: "red" }, "args.colour"],
  ])("takes no arguments such as %j for a tool", async (args, said) => {
    const world = await open()
    expect(await call(world, "panels:call", "call", "Kitchen", "add", args)).toContain(said)
    expect(stockOf(world)).toEqual([])
  })

  it("that fails or is denied something fails the call, and says where", async () => {
    const world = await open()
    expect(await call(world, "panels:call", "call", "Kitchen", "fails")).toContain("burnt")
    expect(await call(world, "panels:call", "call", "Kitchen", "denied")).toContain('in "Kitchen": kv:kitchen')
    expect(await call(world, "panels:call", "call", "Kitchen", "put")).toContain("it has add, fails, denied")
  })
})

describe("a handler reaches no other panel than those it was granted", () => {
  it("and is not told whether there is another", async () => {
    const world = await open()
    const denied = await call(world, "panels:read", "read", "Safe", "stock")
    await world.commit(addPanel("safe", KITCHEN.replace('title="Kitchen"', 'title="Safe"')))
    expect(await call(world, "panels:read", "read", "Safe", "stock")).toBe(denied)
    expect(denied).toContain("does not declare it")
    expect(await call(world, "panels:call", "call", "Safe", "add", { title: "x" })).toContain("does not declare it")
    await world.commit({ kind: "entity_remove", id: "kitchen" })
    expect(await call(world, "panels:read", "read", "Kitchen", "stock")).toContain('no panel "Kitchen"')
  })

  it("from the moment the grant is taken back, in the middle of a run", async () => {
    const world = await open()
    const slow = run(world, "cook", "slow")
    await expect.poll(() => stockOf(world)).toEqual(["a x1"])
    await world.commit(grant("cook", "panels:call:Kitchen", false))
    expect(await slow).toMatchObject({ status: "failed", failure: { code: "capability-denied" } })
    expect(stockOf(world)).toEqual(["a x1"])
  })
})

describe("panels that call each other", () => {
  const calling = (title: string, body: string) =>
    panel(
      title,
      '<State name="n" type="number"/>',
      `<Capability type="panels:call" scope="*" reason="Calls"/>
       <Handler name="go">${body}</Handler><Tool name="go" handler="go" description="Goes on"/>`,
    )

  it("in a circle are cut with the circle named, and a panel does not call itself", async () => {
    const world = await kernelWith({
      sandbox,
      panels: {
        a: calling("A", '$state.n += 1; await nexus.panels.call("B", "go")'),
        b: calling("B", '$state.n += 1; await nexus.panels.call("A", "go")'),
        c: calling("C", 'await nexus.panels.call("C", "go")'),
      },
    })
    for (const id of ["a", "b", "c"]) await world.commit(grant(id, "panels:call:*"))
    const { failure } = await run(world, "a", "go")
    expect(failure && sentenceOf(failure)).toContain("in a circle: A → B → A")
    const own = await run(world, "c", "go")
    expect(own.failure && sentenceOf(own.failure)).toContain("C → C")
  })

  it("in a long chain are cut at its end", async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `p${index}`)
    const panels = Object.fromEntries(
      ids.map((id, index) => [id, calling(id, `$state.n += 1; await nexus.panels.call("p${index + 1}", "go")`)]),
    )
    const world = await kernelWith({ sandbox, panels })
    for (const id of ids) await world.commit(grant(id, "panels:call:*"))
    const { failure } = await run(world, "p0", "go")
    expect(failure && sentenceOf(failure)).toContain("8 deep at most")
    const reached = ids.filter((id) => world.workspace.graph.panel(id)?.properties.state.n === 1)
    expect(reached).toEqual(ids.slice(0, 8))
  })

  it("in a tree that grows are cut when the first run has set off two hundred calls", async () => {
    const twenty = (next: string) =>
      `for (let i = 0; i < 20; i += 1) { $state.n += 1; await nexus.panels.call("${next}", "go") }`
    const world = await kernelWith({
      sandbox,
      panels: { a: calling("A", twenty("B")), b: calling("B", twenty("C")), c: calling("C", "$state.n += 1") },
    })
    for (const id of ["a", "b"]) await world.commit(grant(id, "panels:call:*"))
    const { failure } = await run(world, "a", "go")
    expect(failure && sentenceOf(failure)).toContain("limit of 200 calls of tools")
    expect(world.events.filter(({ type }) => type === "handler_triggered").length).toBe(201)
  })
})
