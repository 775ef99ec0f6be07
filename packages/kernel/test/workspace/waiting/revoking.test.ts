import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import type { Json } from "@nexus/protocol"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest"
import type { Journal } from "../../../src/storage/journal.ts"
import { createMemoryJournal } from "../../../src/storage/memory-journal.ts"
import type { TriggerResult } from "../../../src/workspace/workspace.ts"
import { ADA, kernelWith, panel, type World } from "../../worlds.ts"

const PATIENT = { timeout: 15_000 }

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await createSandbox({ processes: 1 })
})
afterAll(() => sandbox.close())

const CAPABILITIES = ["time", "ask", "events:*", "kv:notes", "http:*"] as const
const DECLARATIONS = `
  <Capability type="time" reason="Waits"/><Capability type="ask" reason="Asks"/>
  <Capability type="events" scope="*" reason="Hears"/><Capability type="kv" scope="notes" reason="Notes"/>
  <Capability type="http" scope="*" reason="Fetches"/>`

/** A panel whose handler catches what happens to its call and says it. */
const waiting = (call: string, declarations = DECLARATIONS) =>
  panel(
    "Waiting",
    '<State name="log" type="list"/>',
    `${declarations}
    <Handler name="wait">
      $state.log.push("before")
      try { await ${call}; return "went on" } catch (error) { return error.code + ": " + error.message }
    </Handler>
    <Handler name="careless">await ${call}</Handler>`,
  )

async function kernelOn(given: { source?: string; journal?: Journal; ownOrigin?: string; afterMs?: number }) {
  const { source, afterMs = 30, ...more } = given
  const key = new Uint8Array(32).fill(3)
  const world = await kernelWith({
    ...more,
    sandbox,
    waiting: { key, afterMs },
    ...(source ? { panels: { p: source } } : {}),
  })
  if (source) {
    const grants = CAPABILITIES.map((grant) => ({ kind: "panel_grant", panel: "p", grant, granted: true }) as const)
    await world.commit(...grants)
  }
  return world
}

const run = (world: World, handler = "wait"): Promise<TriggerResult> =>
  world.workspace.trigger({ panel: "p", handler, args: null, trigger: "event", person: ADA, ref: "ref_1" })
const revoke = (world: World, grant: string) => world.commit({ kind: "panel_grant", panel: "p", grant, granted: false })
const kept = (world: World) => world.workspace.waiting.list()
const denied = (capability: string): Json => expect.stringMatching(`^capability-denied: .*${capability}`)
const untilKept = (world: World) => expect.poll(() => kept(world), PATIENT).toHaveLength(1)

/** A server that holds every answer back, and says when a request came and when its sender hung up. */
async function holding() {
  const came = Promise.withResolvers<IncomingMessage>()
  const hungUp = Promise.withResolvers<void>()
  const server = createServer((request, response) => {
    response.on("close", () => hungUp.resolve())
    came.resolve(request)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, came: came.promise, hungUp: hungUp.promise }
}

describe("a right that is taken back", () => {
  it("while a fetch is under way aborts the fetch and denies the call", async () => {
    const { origin, came, hungUp } = await holding()
    const source = waiting(`nexus.http.fetch("${origin}/examples/slow")`)
    const world = await kernelOn({ source, ownOrigin: origin, afterMs: 60_000 })
    const ended = run(world)
    await came
    await revoke(world, "http:*")
    expect(await ended).toMatchObject({ status: "finished", value: denied("http:/examples/slow") })
    await hungUp
  })

  it("while the answer to a fetch is being read does the same", async () => {
    const server = createServer((_request, response) => response.write("half of it"))
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    const { port } = server.address() as AddressInfo
    const ownOrigin = `http://127.0.0.1:${port}`
    const world = await kernelOn({ source: waiting(`nexus.http.fetch("${ownOrigin}/examples/half")`), ownOrigin })
    const ended = run(world)
    await untilKept(world)
    await revoke(world, "http:*")
    expect(await ended).toMatchObject({ value: denied("http:") })
  })

  it("while the handler sleeps ends the sleep with an error that it can catch", async () => {
    const world = await kernelOn({ source: waiting('nexus.sleep("3d")') })
    const ended = run(world)
    await untilKept(world)
    await revoke(world, "time")
    expect(await ended).toMatchObject({ status: "finished", value: denied("time") })
    expect(await kept(world)).toEqual([])
    expect(world.workspace.graph.panel("p")?.properties.state).toEqual({ log: ["before"] })
  })

  it("while it sleeps so shortly that nothing is kept does the same", async () => {
    const world = await kernelOn({ source: waiting("nexus.sleep(50000)"), afterMs: 60_000 })
    const ended = run(world)
    await expect.poll(() => world.changes.some(({ cause }) => cause.run), PATIENT).toBe(true)
    await revoke(world, "time")
    expect(await ended).toMatchObject({ value: denied("time") })
  })

  it("fails a handler that does not catch it, by the denial's own code", async () => {
    const world = await kernelOn({ source: waiting('nexus.sleep("3d")') })
    const ended = run(world, "careless")
    await untilKept(world)
    await revoke(world, "time")
    expect(await ended).toMatchObject({ status: "failed", failure: { code: "capability-denied", capability: "time" } })
    const called = world.events.flatMap((event) => (event.type === "host_called" ? [event.granted] : []))
    expect(called).toEqual([true, false])
  })

  it("while a person is asked takes the question out of the inbox", async () => {
    const world = await kernelOn({ source: waiting('nexus.ask("Ship it?")') })
    const ended = run(world)
    await expect.poll(() => world.workspace.waiting.questions(), PATIENT).toHaveLength(1)
    const [{ id } = { id: "" }] = await world.workspace.waiting.questions()
    await revoke(world, "ask")
    expect(await ended).toMatchObject({ value: denied("ask") })
    expect(await world.workspace.waiting.questions()).toEqual([])
    await expect(world.workspace.waiting.answer(id, "yes", async () => undefined)).rejects.toThrow(id)
  })

  it("ends only the calls that stand on it: the run waits for the others, and a crash brings none of them back", async () => {
    const journal = createMemoryJournal()
    const both = 'Promise.allSettled([nexus.ask("Ship it?"), nexus.sleep("3d")]).then((all) => { throw all[0].reason })'
    const world = await kernelOn({ source: waiting(both), journal })
    void run(world).catch(() => undefined)
    await expect.poll(() => world.workspace.waiting.questions(), PATIENT).toHaveLength(1)
    await revoke(world, "ask")
    await expect.poll(() => world.workspace.waiting.questions(), PATIENT).toEqual([])
    expect(await kept(world)).toMatchObject([{ waitsFor: ["time.sleep"] }])
    await world.close()
    const next = await kernelOn({ journal })
    expect(await kept(next)).toMatchObject([{ waitsFor: ["time.sleep"] }])
    const ended = run(next)
    const [{ run: id } = { run: "" }] = await kept(next)
    await next.workspace.waiting.goOn(id, "resume", "Ada")
    expect(await ended).toMatchObject({ value: denied("ask") })
  })

  it("while the handler listens for an event denies it the event", async () => {
    const world = await kernelOn({ source: waiting('nexus.events.next("orders.*")') })
    const ended = run(world)
    await untilKept(world)
    await revoke(world, "events:*")
    expect(await ended).toMatchObject({ value: denied("events:orders") })
  })

  it("between two turns is gone for the second, whose first call did nothing", async () => {
    const source = waiting('nexus.sleep(300).then(() => nexus.kv.set("notes", "n", 1))')
    const world = await kernelOn({ source, afterMs: 60_000 })
    const ended = run(world)
    await expect.poll(() => world.changes.some(({ cause }) => cause.run), PATIENT).toBe(true)
    await revoke(world, "kv:notes")
    expect(await ended).toMatchObject({ value: denied("kv:notes") })
    expect(await world.journal.values.list("w", "kv:notes", "", 10)).toEqual([])
  })

  it("after a restart ends what an earlier kernel kept", async () => {
    const journal = createMemoryJournal()
    const first = await kernelOn({ source: waiting('nexus.ask("Ship it?")'), journal })
    void run(first).catch(() => undefined)
    await expect.poll(() => first.workspace.waiting.questions(), PATIENT).toHaveLength(1)
    await first.close()
    const second = await kernelOn({ journal })
    const ended = run(second)
    expect(await second.workspace.waiting.questions()).toHaveLength(1)
    await revoke(second, "ask")
    expect(await ended).toMatchObject({ value: denied("ask") })
    expect(await second.workspace.waiting.questions()).toEqual([])
  })

  it("just before a crash is gone for the kernel that takes the run up", async () => {
    const journal = createMemoryJournal()
    const first = await kernelOn({ source: waiting('nexus.sleep("3d")'), journal })
    void run(first).catch(() => undefined)
    await untilKept(first)
    await first.close()
    const { seq } = first.workspace
    const epoch = await journal.acquire("w")
    const operations = [{ kind: "panel_grant", panel: "p", grant: "time", granted: false } as const]
    await journal.append(
      { workspace: "w", seq: seq + 1, submission: "crash", cause: { actor: ADA, reason: "a test" }, operations, at: 0 },
      epoch,
    )
    const second = await kernelOn({ journal })
    expect(await run(second)).toMatchObject({ value: denied("time") })
  })

  it("may go with the declaration as well as with the grant", async () => {
    const world = await kernelOn({ source: waiting('nexus.sleep("3d")') })
    const ended = run(world)
    await untilKept(world)
    const source = waiting('nexus.sleep("3d")', DECLARATIONS.replace('<Capability type="time" reason="Waits"/>', ""))
    await world.commit({
      kind: "panel_source",
      panel: "p",
      source: source.replaceAll("nexus.sleep", "later"),
      title: "Waiting",
    })
    expect(await ended).toMatchObject({ value: denied("time") })
  })

  it("of another panel, or another right of this one, disturbs nobody", async () => {
    const world = await kernelOn({ source: waiting('nexus.sleep("3d")') })
    void run(world).catch(() => undefined)
    await untilKept(world)
    await revoke(world, "http:*")
    await revoke(world, "ask")
    expect(await kept(world)).toMatchObject([{ waitsFor: ["time.sleep"] }])
  })

  it("with the panel itself ends what the panel waits for", async () => {
    const world = await kernelOn({ source: waiting('nexus.ask("Ship it?")') })
    const ended = run(world)
    await expect.poll(() => world.workspace.waiting.questions(), PATIENT).toHaveLength(1)
    await world.commit({ kind: "entity_remove", id: "p" })
    expect(await ended).toMatchObject({ status: "failed", failure: { code: "not-found", what: "panel" } })
    expect(await world.workspace.waiting.questions()).toEqual([])
  })
})
