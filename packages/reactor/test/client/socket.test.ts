import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { decodeClientMessage, encodeMessage, type ServerMessage } from "@nexus/protocol"
import { afterEach, describe, expect, it } from "vitest"
import { type WebSocket, WebSocketServer } from "ws"
import { createConnection } from "../../src/client/index.ts"
import { panelWith } from "../world/server.ts"

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A real WebSocket server that answers hello and subscribe. */
async function listen(onSubscribe: (socket: WebSocket) => void): Promise<string> {
  const http = createServer()
  const sockets = new WebSocketServer({ server: http })
  sockets.on("connection", (socket) => {
    const send = (message: ServerMessage) => socket.send(encodeMessage(message))
    socket.on("message", (data: Buffer) => {
      const message = decodeClientMessage(data)
      if (message.kind === "hello")
        send({ kind: "welcome", session: "s", user: message.token, name: "Ann", protocol: 1 })
      if (message.kind === "subscribe") onSubscribe(socket)
    })
  })
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve))
  closers.push(() => {
    for (const socket of sockets.clients) socket.terminate()
    return new Promise((resolve) => http.close(resolve))
  })
  return `ws://127.0.0.1:${(http.address() as AddressInfo).port}`
}

describe("a connection over a real WebSocket", () => {
  it("mirrors a workspace from MessagePack frames", async () => {
    const add = panelWith({ n: 1 })
    const entities = add.kind === "entity_add" ? [add.entity] : []
    const snapshot = { workspace: "w", seq: 4, entities, relationships: [] }
    const url = await listen((socket) =>
      socket.send(encodeMessage({ kind: "snapshot", workspace: "w", role: "owner", snapshot })),
    )
    const connection = createConnection({ url, token: async () => "ann" })
    closers.push(() => connection.close())
    const mirror = connection.open("w")
    await mirror.ready
    expect(mirror.seq).toBe(4)
    expect(mirror.role).toBe("owner")
    expect(mirror.graph.panel("p")?.properties.state).toEqual({ n: 1 })
  })

  it("lets go of a line that sends what is no message", async () => {
    const url = await listen((socket) => socket.send("hello"))
    const connection = createConnection({ url, token: async () => "ann" })
    closers.push(() => connection.close())
    connection.open("w")
    const offline = Promise.withResolvers<void>()
    connection.onStatus((status) => status === "offline" && offline.resolve())
    await offline.promise
    expect(connection.failure).toMatchObject({ code: "unavailable", detail: "the kernel sent a text frame" })
  })
})
