import { once } from "node:events"
import { connect } from "node:net"
import { createId, encodeMessage, MAX_FRAME_BYTES, type Operation, PROTOCOL_VERSION } from "@nexus/protocol"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { WebSocket } from "ws"
import { type RunningKernel, runningKernel } from "../running-kernel.ts"
import { WireClient } from "../wire-client.ts"
import { COUNTER, panel, temporaryDirectory } from "../worlds.ts"

const HOME = "home"
let nexus: RunningKernel
beforeAll(async () => {
  nexus = await runningKernel()
})
afterAll(() => nexus.close())

const frame = { x: 0, y: 0, w: 300, h: 200 }
const newPanel = (id: string, source: string): Operation => ({
  kind: "entity_add",
  entity: { id, kind: "panel", name: "", scope: HOME, properties: { source, frame, title: "", state: {}, grants: [] } },
})

/** A client of this person, subscribed and up to date. */
async function follower(token: string): Promise<WireClient> {
  const client = await nexus.client(token)
  client.send({ kind: "subscribe", workspace: HOME })
  await client.next("snapshot")
  return client
}

describe("a socket", () => {
  it("is closed with unauthenticated for a wrong token", async () => {
    const client = await WireClient.connect(nexus.kernel.url)
    client.send({ kind: "hello", token: "not a token", protocol: PROTOCOL_VERSION })
    expect((await client.next("failed")).failure.code).toBe("unauthenticated")
    expect(await client.closed).toBe(1008)
  })

  it("is closed with version-mismatch for another protocol", async () => {
    const client = await WireClient.connect(nexus.kernel.url)
    client.send({ kind: "hello", token: nexus.owner.token, protocol: 99 })
    expect((await client.next("failed")).failure).toMatchObject({ code: "version-mismatch", actual: "protocol 99" })
    expect(await client.closed).toBe(1002)
  })

  it("is closed when something comes before hello", async () => {
    const client = await WireClient.connect(nexus.kernel.url)
    client.send({ kind: "subscribe", workspace: HOME })
    expect((await client.next("failed")).failure.code).toBe("unauthenticated")
    expect(await client.closed).toBe(1008)
  })

  it("is refused to pages of another origin and open to our own", async () => {
    const { port } = new URL(nexus.kernel.url)
    await expect(WireClient.connect(nexus.kernel.url, "https://evil.example")).rejects.toThrow("403")
    await expect(WireClient.connect(nexus.kernel.url, "null")).rejects.toThrow("403")
    await (await WireClient.connect(nexus.kernel.url, nexus.kernel.url)).close()
    await (await WireClient.connect(nexus.kernel.url, `http://localhost:${port}`)).close()
  })

  it("does not exist at other paths", async () => {
    const socket = new WebSocket(`${nexus.kernel.url.replace("http", "ws")}/elsewhere`)
    await expect(new Promise((_, reject) => socket.once("error", reject))).rejects.toThrow("404")
  })

  it.each(["//", "http://[", "/%"])(
    "asked for under the address %s is refused, and the kernel goes on",
    async (address) => {
      const { port } = new URL(nexus.kernel.url)
      const line = connect(Number(port), "127.0.0.1")
      line.write(`GET ${address} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
      const [answer] = await once(line, "data")
      expect(String(answer)).toMatch(/^HTTP\/1.1 40[04] /)
      line.destroy()
      expect((await fetch(`${nexus.kernel.url}/healthz`)).status).toBe(200)
    },
  )

  it.each<[string, Uint8Array | string]>([
    ["text", "hello"],
    ["bytes that are no MessagePack", Uint8Array.of(0xc1, 0xff, 0x00)],
    ["an unknown message", Uint8Array.of(0x81, 0xa4, 0x6b, 0x69, 0x6e, 0x64, 0xa3, 0x66, 0x6c, 0x79)],
    ["an empty frame", new Uint8Array()],
  ])("answers %s with invalid-input and stays open", async (_, bytes) => {
    const client = await nexus.client(nexus.owner.token)
    client.socket.send(bytes)
    expect((await client.next("failed")).failure.code).toBe("invalid-input")
    client.send({ kind: "ping", at: 7 })
    expect((await client.next("pong")).at).toBe(7)
    await client.close()
  })

  it("refuses a frame of 10 MB with too-large, and nobody else notices", async () => {
    const other = await follower(nexus.owner.token)
    const client = await nexus.client(nexus.owner.token)
    client.socket.send(new Uint8Array(10 * 1024 * 1024))
    expect((await client.next("failed")).failure).toMatchObject({ code: "too-large", what: "frame" })
    expect(await client.closed).toBe(1009)
    other.send({ kind: "ping", at: 1 })
    await other.next("pong")
    await other.close()
  })

  it("reads on when what waits behind a subscription has had its turn: a flood loses nothing", async () => {
    const client = await nexus.client(nexus.owner.token)
    const pad = "x".repeat(MAX_FRAME_BYTES - 1000)
    client.send({ kind: "subscribe", workspace: HOME })
    for (let at = 0; at < 24; at += 1) {
      const ping = { kind: "ping", at, pad } as const
      client.socket.send(encodeMessage(ping))
    }
    for (let at = 0; at < 24; at += 1) expect((await client.next("pong")).at).toBe(at)
    await client.close()
  })

  it("takes messages sent behind hello without waiting for the answers", async () => {
    const client = await WireClient.connect(nexus.kernel.url)
    client.send({ kind: "hello", token: nexus.owner.token, protocol: PROTOCOL_VERSION })
    client.send({ kind: "subscribe", workspace: HOME })
    const answer = await client.submit(HOME, [newPanel("hasty", COUNTER)])
    expect(answer.kind).toBe("accepted")
    expect(client.heard.findIndex(({ kind }) => kind === "snapshot")).toBeLessThan(
      client.heard.findIndex(({ kind }) => kind === "change"),
    )
    await client.close()
  })
})

describe("an accepted submission", () => {
  it("is told to everybody who follows the workspace, and repeated it is the same change", async () => {
    const grace = await nexus.person("Grace", HOME, "editor")
    const [ada, other] = await Promise.all([follower(nexus.owner.token), follower(grace.token)])
    const ref = createId("ref")
    const accepted = await ada.submit(HOME, [newPanel("shared", COUNTER)], ref)
    const { change } = await other.next("change", ({ change }) => change.submission === ref)
    expect(accepted).toMatchObject({ kind: "accepted", seq: change.seq })
    expect(change.cause).toMatchObject({ actor: { kind: "person", id: nexus.owner.id }, reason: "a test" })
    expect(change.operations.length).toBeGreaterThan(1)
    ada.heard.length = 0
    expect(await ada.submit(HOME, [newPanel("shared", COUNTER)], ref)).toEqual(accepted)
    await Promise.all([ada.close(), other.close()])
  })

  it("is caught up by `since` after a reconnect", async () => {
    const first = await follower(nexus.owner.token)
    const before = await first.submit(HOME, [newPanel("caught", COUNTER)])
    const seqs: number[] = []
    for (const value of [1, 2, 3]) {
      const answer = await first.submit(HOME, [{ kind: "state_set", panel: "caught", path: ["count"], value }])
      if (answer.kind === "accepted") seqs.push(answer.seq)
    }
    const again = await nexus.client(nexus.owner.token)
    const since = before.kind === "accepted" ? before.seq : 0
    again.send({ kind: "subscribe", workspace: HOME, since })
    expect((await again.next("subscribed")).seq).toBe(seqs[2])
    expect(again.heard.flatMap((message) => (message.kind === "change" ? message.change.seq : []))).toEqual(seqs)
    again.send({ kind: "subscribe", workspace: HOME, since: 999_999 })
    expect((await again.next("snapshot")).snapshot.seq).toBe(seqs[2])
    await Promise.all([first.close(), again.close()])
  })
})

describe("what only the kernel may write", () => {
  it.each<[string, Operation, string]>([
    [
      "a derived entity",
      { kind: "entity_add", entity: { id: "fake", kind: "handler", name: "fake", properties: {}, scope: "guarded" } },
      "forbidden",
    ],
    ["a derived entity's removal", { kind: "entity_remove", id: "guarded.handler.add" }, "forbidden"],
    ["the workspace's removal", { kind: "entity_remove", id: HOME }, "forbidden"],
    ["an undeclared state", { kind: "state_set", panel: "guarded", path: ["nothing"], value: 1 }, "invalid-input"],
    [
      "a broken source",
      { kind: "panel_source", panel: "guarded", source: "<NexusPanel>", title: "x" },
      "panel-invalid",
    ],
  ])("refuses %s", async (_, operation, code) => {
    const ada = await follower(nexus.owner.token)
    await ada.submit(HOME, [newPanel("guarded", COUNTER)])
    expect(await ada.submit(HOME, [operation])).toMatchObject({ kind: "rejected", failure: { code } })
    await ada.close()
  })
})

describe("a viewer", () => {
  it("sees and cannot write", async () => {
    const [ada, viewer] = [await follower(nexus.owner.token), await nexus.person("Vera", HOME, "viewer")]
    await ada.submit(HOME, [newPanel("watched", COUNTER)])
    const watching = await follower(viewer.token)
    const write = await watching.submit(HOME, [{ kind: "state_set", panel: "watched", path: ["count"], value: 1 }])
    expect(write).toMatchObject({ kind: "rejected", failure: { code: "forbidden", role: "viewer", needed: "editor" } })
    const click = await watching.trigger(HOME, "watched", "add")
    expect(click).toMatchObject({ kind: "rejected", failure: { code: "forbidden" } })
    await ada.submit(HOME, [{ kind: "state_set", panel: "watched", path: ["count"], value: 2 }])
    await watching.next("change", ({ change }) => JSON.stringify(change.operations).includes("watched"))
    await Promise.all([ada.close(), watching.close()])
  })

  it("who is no member sees nothing", async () => {
    const mallory = await nexus.person("Mallory")
    const client = await nexus.client(mallory.token)
    client.send({ kind: "subscribe", workspace: HOME })
    expect((await client.next("failed")).failure.code).toBe("forbidden")
    await client.close()
  })
})

describe("a click", () => {
  const COUNTING = panel(
    "Counting",
    '<State name="count" type="number"/><State name="draft" type="string" scope="session"/>',
    `<Handler name="add">
       $state.count += 1
       $state.draft = "done " + $state.draft
       $log.info("counted")
       $view.toast("Counted")
       return $state.count
     </Handler>
     <Handler name="fail">$state.count = 99; $log.warn("about to fail"); throw new Error("not today")</Handler>`,
    '<Metric label="Count" value="{$state.count}"/><Input bind="$state.draft" label="Draft"/>',
  )

  it("runs the handler; everybody sees the change, the clicker alone the answer, session state and view commands", async () => {
    const linus = await nexus.person("Linus", HOME, "editor")
    const [ada, other] = await Promise.all([follower(nexus.owner.token), follower(linus.token)])
    await ada.submit(HOME, [newPanel("counting", COUNTING)])
    const ref = createId("ref")
    const finished = await ada.trigger(HOME, "counting", "add", { session: { draft: "mine" }, ref })
    expect(finished).toMatchObject({ status: "finished", value: 1, session: { draft: "done mine" } })
    const { change } = await other.next("change", ({ change }) => change.cause.actor.kind === "handler")
    expect(change.cause).toMatchObject({
      actor: { id: "counting.add", name: "add" },
      run: { panel: "counting", handler: "add", turn: 0, trigger: "event", person: { id: nexus.owner.id } },
    })
    expect(change.operations).toEqual([expect.objectContaining({ kind: "state_set", path: ["count"], value: 1 })])
    expect(await other.next("log")).toMatchObject({ message: "counted", level: "info", handler: "add" })
    expect(await ada.next("view_command")).toMatchObject({ command: "toast", panel: "counting" })
    ada.heard.length = 0
    expect(await ada.trigger(HOME, "counting", "add", { session: { draft: "mine" }, ref })).toEqual(finished)
    expect(other.heard.map(({ kind }) => kind)).not.toContain("view_command")
    expect(other.heard.map(({ kind }) => kind)).not.toContain("handler_finished")
    await Promise.all([ada.close(), other.close()])
  })

  it("carries the client's trace into its change", async () => {
    const ada = await follower(nexus.owner.token)
    await ada.submit(HOME, [newPanel("traced", COUNTER)])
    const traceId = "0af7651916cd43dd8448eb211c80319c"
    const traceparent = `00-${traceId}-b7ad6b7169203331-01`
    const click = { kind: "handler_trigger", workspace: HOME, panel: "traced", handler: "add", args: {} } as const
    ada.send({ ...click, traceparent, ref: createId("ref") })
    const { change } = await ada.next("change", ({ change }) => change.cause.run?.panel === "traced")
    expect(change.cause.traceId).toBe(traceId)
    await ada.close()
  })

  it("is told apart from a panel that was opened, which runs only what its source declares for it", async () => {
    const ada = await follower(nexus.owner.token)
    const opened = COUNTER.replace("</Logic>", '<Lifecycle on="mount" run="add"/></Logic>')
    await ada.submit(HOME, [newPanel("opened", opened)])
    const open = { kind: "handler_trigger", workspace: HOME, panel: "opened", handler: "add", args: {} } as const
    ada.send({ ...open, trigger: "mount", ref: createId("ref") })
    const { change } = await ada.next("change", ({ change }) => change.cause.run?.panel === "opened")
    expect(change.cause.run).toMatchObject({ trigger: "mount", person: { id: nexus.owner.id } })
    ada.send({ ...open, trigger: "unmount", ref: "left" })
    expect(await ada.next("rejected", ({ ref }) => ref === "left")).toMatchObject({
      failure: { code: "invalid-input" },
    })
    await ada.close()
  })

  it("whose handler fails changes nothing, and its logs are told", async () => {
    const ada = await follower(nexus.owner.token)
    await ada.submit(HOME, [newPanel("failing", COUNTING)])
    const finished = await ada.trigger(HOME, "failing", "fail")
    expect(finished).toMatchObject({ kind: "handler_finished", status: "failed" })
    expect(finished).toMatchObject({ failure: { code: "handler-failed", handler: "fail" } })
    expect((await ada.next("log")).message).toBe("about to fail")
    ada.send({ kind: "subscribe", workspace: HOME })
    const { snapshot } = await ada.next("snapshot")
    expect(snapshot.entities.find(({ id }) => id === "failing")?.properties.state).toEqual({ count: 0 })
    await ada.close()
  })

  it("on a handler that is not there names those that are", async () => {
    const ada = await follower(nexus.owner.token)
    await ada.submit(HOME, [newPanel("few", COUNTER)])
    const answer = await ada.trigger(HOME, "few", "ad")
    expect(answer).toMatchObject({ kind: "rejected", failure: { code: "handler-unknown", known: ["add"] } })
    await ada.close()
  })

  it("whose clicker goes away is finished for everybody else", async () => {
    const [ada, other] = await Promise.all([follower(nexus.owner.token), follower(nexus.owner.token)])
    await ada.submit(HOME, [newPanel("left", COUNTER)])
    ada.socket.send(
      encodeMessage({ kind: "handler_trigger", workspace: HOME, panel: "left", handler: "add", args: {}, ref: "gone" }),
    )
    setTimeout(() => ada.socket.terminate(), 5)
    const { change } = await other.next("change", ({ change }) => change.cause.run?.panel === "left")
    expect(change.operations).toHaveLength(1)
    await other.close()
  })
})

describe("presence", () => {
  it("tells who is there and what they look at, and when they are gone", async () => {
    const ken = await nexus.person("Ken", HOME, "viewer")
    const [ada, other] = await Promise.all([follower(nexus.owner.token), follower(ken.token)])
    other.send({ kind: "presence_set", workspace: HOME, presence: { cursor: { x: 4, y: 2 } } })
    const here = await ada.next("presence", ({ peers }) => peers.some(({ presence }) => "cursor" in presence))
    expect(here.peers.find(({ user }) => user === ken.id)).toMatchObject({ name: "Ken", role: "viewer" })
    await other.close()
    await ada.next("presence", ({ peers }) => !peers.some(({ user }) => user === ken.id))
    await ada.close()
  })
})

describe("a kernel that is told to stop", () => {
  it("says goodbye, and what it acknowledged is there when it starts again", async () => {
    const directory = await temporaryDirectory()
    const stopping = await runningKernel({ dataDir: directory })
    const client = await stopping.client(stopping.owner.token)
    client.send({ kind: "subscribe", workspace: HOME })
    await client.next("snapshot")
    expect((await client.submit(HOME, [newPanel("last", COUNTER)])).kind).toBe("accepted")
    const running = client.trigger(HOME, "last", "add")
    client.send({ kind: "ping", at: 1 })
    await client.next("pong")
    await stopping.close()
    expect(await running).toMatchObject({ status: "finished" })
    expect(await client.closed).toBe(1001)

    const again = await runningKernel({ dataDir: directory })
    const other = await again.client(again.owner.token)
    other.send({ kind: "subscribe", workspace: HOME })
    const { snapshot } = await other.next("snapshot")
    expect(snapshot.entities.find(({ id }) => id === "last")?.properties.state).toEqual({ count: 1 })
    await again.close()
  })
})
