import { randomBytes } from "node:crypto"
import { request } from "node:http"
import { createId, type Failure, PROTOCOL_VERSION, sentenceOf } from "@nexus/protocol"
import { afterAll, beforeAll, expect, test } from "vitest"
import { call, createPanel, FAULTY, FaultClient, HOME } from "./fault-client.ts"
import { type Nexus, startNexus } from "./nexus.ts"

let nexus: Nexus
let me: FaultClient
let panel: string
let neighbour: string
/** A socket that says nothing, from the start: its five seconds pass while the others are tested. */
let silent: FaultClient

beforeAll(async () => {
  nexus = await startNexus()
  silent = await FaultClient.connect(nexus)
  panel = await createPanel(nexus)
  neighbour = await createPanel(nexus)
  me = await FaultClient.in(nexus, HOME)
})
afterAll(() => nexus.close())

/** Nothing is stuck: the same connection goes on, and so do others. */
async function everythingWorks(): Promise<void> {
  expect(await me.trigger(HOME, neighbour, "add")).toMatchObject({ kind: "handler_finished", status: "finished" })
}

function moved(id: string, x: number) {
  return [{ kind: "panel_frame" as const, panel: id, frame: { x, y: 0, w: 300, h: 300 } }]
}

test.each([
  ["bytes that are no MessagePack", Uint8Array.of(0xc1, 0xff, 0x00), "the frame is not MessagePack"],
  ["a text frame", "hello", "frames are binary MessagePack, not text"],
  ["an empty frame", new Uint8Array(), "the frame is not MessagePack"],
])("%s: failed with invalid-input, and the connection goes on", async (_what, bytes, sentence) => {
  me.sendRaw(bytes)
  const { failure } = await me.next("failed")
  expect(failure.code).toBe("invalid-input")
  expect(sentenceOf(failure)).toBe(sentence)
  await everythingWorks()
})

test("an unknown kind of message is refused by name, and the connection goes on", async () => {
  // { "kind": "dance" } in MessagePack
  me.sendRaw(Uint8Array.from([0x81, 0xa4, ...Buffer.from("kind"), 0xa5, ...Buffer.from("dance")]))
  const { failure } = await me.next("failed")
  expect(failure).toEqual({ code: "invalid-input", detail: 'protocol 1 has no message "dance"' })
  await everythingWorks()
})

test("a frame of 10 MB is refused as too large, its socket ends, and a new one works", async () => {
  const loud = await FaultClient.in(nexus, HOME)
  loud.sendRaw(randomBytes(10 * 1024 * 1024))
  const { failure } = await loud.next("failed")
  expect(failure).toMatchObject({ code: "too-large", limit: 2 * 1024 * 1024, actual: 10 * 1024 * 1024 })
  expect(sentenceOf(failure)).toBe("The frame is 10485760 bytes; the limit of 2097152 bytes. Make it smaller.")
  expect(await loud.closed).toEqual({ code: 1009, reason: "too-large" })
  await everythingWorks()
})

test("a wrong token in hello: unauthenticated, and the socket ends", async () => {
  const stranger = await FaultClient.connect(nexus)
  stranger.send({ kind: "hello", token: `${nexus.token}x`, protocol: PROTOCOL_VERSION })
  const { failure } = await stranger.next("failed")
  expect(sentenceOf(failure)).toBe("The access token is not valid. Sign in and try again.")
  expect(await stranger.closed).toEqual({ code: 1008, reason: "unauthenticated" })
})

test("another version of the protocol is refused with both versions, and the socket ends", async () => {
  const newer = await FaultClient.connect(nexus)
  newer.send({ kind: "hello", token: nexus.token, protocol: 2 })
  const { failure } = await newer.next("failed")
  expect(failure).toEqual({ code: "version-mismatch", expected: "protocol 1", actual: "protocol 2" })
  expect(await newer.closed).toEqual({ code: 1002, reason: "version-mismatch" })
})

test("asking before hello is refused", async () => {
  const hasty = await FaultClient.connect(nexus)
  hasty.send({ kind: "subscribe", workspace: HOME })
  expect((await hasty.next("failed")).failure.code).toBe("unauthenticated")
  expect((await hasty.closed).code).toBe(1008)
})

test("a page of a foreign origin gets no socket", async () => {
  const status = await new Promise((resolve, reject) => {
    const headers = {
      connection: "Upgrade",
      upgrade: "websocket",
      origin: "https://evil.example",
      "sec-websocket-version": "13",
      "sec-websocket-key": randomBytes(16).toString("base64"),
    }
    request(`${nexus.url}/panels/stream`, { headers })
      .on("response", ({ statusCode }) => resolve(statusCode))
      .on("upgrade", (_response, socket) => resolve(socket.destroy() && "let in"))
      .on("error", reject)
      .end()
  })
  expect(status).toBe(403)
})

test("a viewer sees everything and writes nothing, over the socket and over HTTP", async () => {
  const person = { email: "vera@example.org", name: "Vera", password: "a long enough one" }
  const vera = String((await call(nexus, "POST", "/auth/register", person, "")).body.accessToken)
  const share = await call(nexus, "POST", `/workspaces/${HOME}/shares`, { role: "viewer" })
  expect((await call(nexus, "POST", `/shares/${share.body.code}/join`, {}, vera)).status).toBe(200)
  const viewer = await FaultClient.in(nexus, HOME, vera)
  const before = await viewer.snapshot(HOME)

  const ref = createId("ref")
  const write = { kind: "operations_submit" as const, workspace: HOME, base: 0, reason: "moves a panel", ref }
  const forbidden = { code: "forbidden", role: "viewer", needed: "editor" }
  expect(await viewer.ask({ ...write, operations: moved(panel, 5) })).toMatchObject({ ref, failure: forbidden })
  expect(await viewer.trigger(HOME, panel, "add")).toMatchObject({ kind: "rejected", failure: forbidden })
  const path = `/panels/${panel}?workspace=${HOME}`
  for (const refused of [
    await call(nexus, "PUT", path, { source: FAULTY }, vera),
    await call(nexus, "DELETE", path, undefined, vera),
    await call(nexus, "POST", "/panels", { workspace: HOME, source: FAULTY }, vera),
    await call(nexus, "POST", "/workspace/commit", { workspace: HOME }, vera),
  ]) {
    expect(refused).toMatchObject({ status: 403, body: { code: "forbidden", role: "viewer" } })
    expect(refused.body.detail).toMatch(/You are viewer here; ask an owner for the role editor\.$/)
  }
  expect(await viewer.snapshot(HOME)).toEqual(before)
  viewer.close()
})

test("a panel with errors is refused with its first error's line, by socket and by HTTP", async () => {
  const source = FAULTY.replace("<Metric", "<Metrik")
  const line = FAULTY.split("\n").findIndex((text) => text.includes("<Metric")) + 1
  const saved = await call(nexus, "PUT", `/panels/${panel}?workspace=${HOME}`, { source })
  expect(saved).toMatchObject({ status: 422, body: { code: "panel-invalid", line } })
  const ref = createId("ref")
  const operations = [{ kind: "panel_source" as const, panel, source, title: "Faulty" }]
  const answer = await me.ask({ kind: "operations_submit", workspace: HOME, base: 0, reason: "saves", operations, ref })
  const { failure } = answer as { failure: Failure }
  expect(failure).toMatchObject({ code: "panel-invalid", line })
  expect(sentenceOf(failure)).toMatch(/^The panel has \d+ errors?; first: .*Metrik.* at line 14/)
  await everythingWorks()
})

test("a repeated ref is answered as the first was, and done once", async () => {
  const before = (await me.snapshot(HOME)).seq
  const ref = createId("ref")
  const [first, again] = [await me.trigger(HOME, panel, "add", ref), await me.trigger(HOME, panel, "add", ref)]
  expect(again).toEqual(first)
  expect(await me.stateOf(HOME, panel)).toEqual({ count: 1 })

  const submit = { kind: "operations_submit" as const, workspace: HOME, base: 0, reason: "moves", ref: createId("ref") }
  const accepted = await me.ask({ ...submit, operations: moved(panel, 7) })
  const other = await FaultClient.in(nexus, HOME)
  expect(await other.ask({ ...submit, operations: moved(panel, 7) })).toEqual(accepted)
  expect((await me.snapshot(HOME)).seq).toBe(before + 2)
  other.close()
})

test("a socket that says no hello within 5 s is told so and ends", async () => {
  const { failure } = await silent.next("failed")
  expect(sentenceOf(failure)).toBe("No hello came within 5 s. Sign in and try again.")
  expect(await silent.closed).toEqual({ code: 1008, reason: "unauthenticated" })
  await everythingWorks()
})
