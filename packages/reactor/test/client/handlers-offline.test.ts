import type { Json } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { createConnection } from "../../src/client/index.ts"
import { createHandlersHere } from "../../src/index.ts"
import { generator, HandClock, panelWith, TestServer, WORKSPACE } from "../world/server.ts"
import { asks, failed, finished, turnsOf } from "../world/turns.ts"

const panelOf = (data: string) => `<NexusPanel title="p">
  <Data><State name="n" type="number" default="0"/>${data}</Data>
  <Logic>
    <Handler name="add">add</Handler>
    <Handler name="fetch">fetch</Handler>
    <Handler name="fail">fail</Handler>
  </Logic>
  <View><Text content="{$state.n}"/></View>
</NexusPanel>`

async function offline(data = "") {
  const server = new TestServer([panelWith({ n: 0 }, panelOf(data))])
  const clock = new HandClock()
  const random = generator(1)
  const turns = turnsOf({
    add: ({ input }) => finished("added", { kind: "state_set", path: ["n"], value: Number(input.state.n) + 1 }),
    fetch: () => asks("http", { kind: "state_set", path: ["n"], value: 100 }),
    fail: () => failed("no milk"),
  })
  const connection = createConnection({
    url: "ws://kernel/panels/stream",
    token: async () => "ann",
    clock,
    random: () => (random(1000) + 0.5) / 1000,
    openSocket: server.openSocket.bind(server),
    handlers: createHandlersHere(turns),
  })
  const mirror = connection.open(WORKSPACE)
  await server.settle()
  const said: Json[] = []
  mirror.onView(({ argument }) => said.push(argument))
  server.breakLine("ann")
  const comeBack = async () => {
    clock.advance(1000)
    await server.settle()
  }
  const sent = () => server.received.filter(({ kind }) => kind === "handler_trigger").length
  const n = () => mirror.graph.panel("p")?.properties.state.n
  return { server, mirror, turns, said, comeBack, sent, n }
}

describe("a handler that is set off offline", () => {
  it("is done at once, once, and its writes are sent as the person's own when the line is back", async () => {
    const { server, mirror, comeBack, sent, n } = await offline()
    const [first, second] = await Promise.all([mirror.trigger("p", "add", {}), mirror.trigger("p", "add", {})])
    expect([first, second]).toMatchObject([{ status: "finished", value: "added" }, { status: "finished" }])
    expect(n()).toBe(2)
    await comeBack()
    expect(server.graph.panel("p")?.properties.state.n).toBe(2)
    expect(n()).toBe(2)
    expect(sent()).toBe(0)
  })

  it("can be undone like the person's own edits", async () => {
    const { mirror, n } = await offline()
    await mirror.trigger("p", "add", {})
    void mirror.undo()
    expect(n()).toBe(0)
  })

  it("waits for the kernel when it asks for anything, keeps nothing it did, and says so", async () => {
    const { server, mirror, turns, said, comeBack, sent, n } = await offline()
    server.handlers.set("fetch", () => [{ kind: "state_set", panel: "p", path: ["n"], value: 7 }])
    const waiting = mirror.trigger("p", "fetch", {})
    await expect.poll(() => said).toEqual(["Waits for the connection"])
    expect(n()).toBe(0)
    expect(turns.waiting.size).toBe(0)
    await comeBack()
    expect(await waiting).toMatchObject({ status: "finished" })
    expect(n()).toBe(7)
    expect(sent()).toBe(1)
  })

  it("waits for the kernel when its panel has secrets, for they are not here", async () => {
    const { mirror, said, n } = await offline('<State name="key" type="string" secret="true"/>')
    void mirror.trigger("p", "add", {})
    await expect.poll(() => said).toEqual(["Waits for the connection"])
    expect(n()).toBe(0)
  })

  it("fails at once where it fails, and is not tried again by the kernel", async () => {
    const { mirror, comeBack, sent } = await offline()
    expect(await mirror.trigger("p", "fail", {})).toMatchObject({ status: "failed", failure: { message: "no milk" } })
    await comeBack()
    expect(sent()).toBe(0)
  })

  it("is the kernel's while the line is there", async () => {
    const { server, mirror, comeBack, sent } = await offline()
    await comeBack()
    server.handlers.set("add", () => [])
    const finishing = mirror.trigger("p", "add", {})
    await server.settle()
    await finishing
    expect(sent()).toBe(1)
  })
})
