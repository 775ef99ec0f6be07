import { type JsonObject, type Operation, sentenceOf } from "@nexus/protocol"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { EventHub } from "../../src/capabilities/event-hub.ts"
import { ADA, kernelWith, panel, type World } from "../worlds.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await createSandbox({ processes: 1 })
})
afterAll(() => sandbox.close())

const TALKING = panel(
  "Talking",
  '<State name="log" type="list"/>',
  `<Capability type="events" scope="orders.*" reason="Orders"/>
   <Handler name="say">return await nexus.events.emit($args.name, $args.payload)</Handler>
   <Handler name="hear">return await nexus.events.next($args.name, $args.options)</Handler>
   <Handler name="follow">
     let event = await nexus.events.next("orders.*")
     for (let i = 0; i < 3; i += 1) {
       $state.log.push(event.payload)
       await nexus.events.emit("orders.seen", null)
       event = await nexus.events.next("orders.placed", { after: event.cursor })
     }
   </Handler>
   <Handler name="ping">
     let heard = await nexus.events.next("orders.ping")
     for (;;) {
       await nexus.events.emit("orders.pong", heard.payload + 1)
       heard = await nexus.events.next("orders.ping", { after: heard.cursor })
     }
   </Handler>
   <Handler name="pong">
     let heard = await nexus.events.next("orders.pong")
     for (;;) {
       await nexus.events.emit("orders.ping", heard.payload + 1)
       heard = await nexus.events.next("orders.pong", { after: heard.cursor })
     }
   </Handler>`,
)

const grant = (id: string, granted = true): Operation => ({
  kind: "panel_grant",
  panel: id,
  grant: "events:orders.*",
  granted,
})
const run = (world: World, id: string, handler: string, args: JsonObject = {}) =>
  world.workspace.trigger({ panel: id, handler, args, trigger: "event", person: ADA })
const sentence = async (running: ReturnType<typeof run>) => {
  const { failure } = await running
  return failure ? sentenceOf(failure) : "it worked"
}
const open = async () => {
  const world = await kernelWith({ sandbox, panels: { a: TALKING, b: TALKING.replace('"Talking"', '"Hearing"') } })
  await world.commit(grant("a"), grant("b"))
  return world
}
/** Resolves when that many turns are over, so that so many runs wait. */
const waiting = (world: World, turns: number) =>
  expect
    .poll(() => world.events.filter(({ type }) => type === "execution_completed").length)
    .toBeGreaterThanOrEqual(turns)

describe("events between panels", () => {
  it("are heard by the run that waits for them, with who said them", async () => {
    const world = await open()
    const hearing = run(world, "b", "hear", { name: "orders.*" })
    await waiting(world, 1)
    const { value: cursor } = await run(world, "a", "say", { name: "orders.placed", payload: { id: 7 } })
    expect((await hearing).value).toMatchObject({
      cursor,
      name: "orders.placed",
      payload: { id: 7 },
      from: { panel: "a", title: "Talking" },
      missed: false,
    })
  })

  it("that were said while a listener was busy are heard next, in order", async () => {
    const world = await open()
    const following = run(world, "b", "follow")
    await waiting(world, 1)
    for (const payload of [1, 2, 3, 4]) await run(world, "a", "say", { name: "orders.placed", payload })
    expect((await following).status).toBe("finished")
    expect(world.workspace.graph.panel("b")?.properties.state.log).toEqual([1, 2, 3])
  })

  it("that do not come in time are null", async () => {
    const world = await open()
    expect((await run(world, "b", "hear", { name: "orders.placed", options: { timeoutMs: 10 } })).value).toBeNull()
  })

  it("end with the workspace, and whoever waits with them", async () => {
    const world = await open()
    const hearing = run(world, "b", "hear", { name: "orders.*" })
    await waiting(world, 1)
    await world.close()
    expect((await hearing).status).toBe("failed")
  })
})

describe("a handler neither says nor hears what it was not granted", () => {
  it("under any name outside of its scope, or none", async () => {
    const world = await open()
    for (const name of ["chat", "orders", "*"])
      expect(await sentence(run(world, "b", "hear", { name })), name).toContain("does not declare it")
    expect(await sentence(run(world, "a", "say", { name: "chat.said" }))).toContain("does not declare it")
    for (const name of ["", "orders.*", "orders. x", "orders.\u0000", "x".repeat(129)])
      expect(await sentence(run(world, "a", "say", { name })), name).toContain("an event's name is")
  })

  it("nor hears what came after its grant was taken back while it waited", async () => {
    const world = await open()
    const hearing = run(world, "b", "hear", { name: "orders.*" })
    await waiting(world, 1)
    await world.commit(grant("b", false))
    await run(world, "a", "say", { name: "orders.placed", payload: "secret" })
    expect(await hearing).toMatchObject({ status: "failed", failure: { code: "capability-denied" } })
  })
})

describe("what is said is bounded", () => {
  it("panels that answer each other without end are cut after sixteen answers", async () => {
    const world = await open()
    const runs = [run(world, "a", "ping"), run(world, "b", "pong")]
    await waiting(world, 2)
    await run(world, "a", "say", { name: "orders.ping", payload: 1 })
    expect(await Promise.race(runs.map(sentence))).toContain("more than 16 deep")
    await world.close()
    await Promise.all(runs)
  })

  it("a payload has a limit, and so has a wait", async () => {
    const world = await open()
    const big = run(world, "a", "say", { name: "orders.placed", payload: "x".repeat(17_000) })
    expect(await sentence(big)).toContain("16384 bytes")
    const long = run(world, "b", "hear", { name: "orders.placed", options: { timeoutMs: 1e9 } })
    expect(await sentence(long)).toContain("600000 ms at most")
  })

  it("so has the speed, the number of listeners, and what is remembered; who was too late is told", async () => {
    let now = 0
    const hub = new EventHub(() => now)
    const say = () => hub.emit({ name: "n", payload: null, from: { panel: "p", title: "P" }, depth: 1 })
    const first = say()
    for (let i = 1; i < 1000; i += 1) say()
    expect(say).toThrow("try again in 10 s")
    now = 10_000
    expect(say()).toBe(first + 1000)
    const ending = new AbortController()
    const options = { timeoutMs: 60_000, signal: ending.signal }
    expect(await hub.next("n", { ...options, after: first })).toMatchObject({ cursor: first + 745, missed: true })
    expect(await hub.next("n", { ...options, after: first + 999 })).toMatchObject({
      cursor: first + 1000,
      missed: false,
    })
    const all = Array.from({ length: 500 }, () => hub.next("other", { ...options, after: undefined }))
    expect(() => hub.next("other", { ...options, after: undefined })).toThrow("limit of 500 waiting runs")
    ending.abort()
    expect((await Promise.allSettled(all)).every(({ status }) => status === "rejected")).toBe(true)
  })
})
