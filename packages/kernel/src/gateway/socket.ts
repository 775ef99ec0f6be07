import type { EventEmitter } from "node:events"
import type { IncomingMessage, Server } from "node:http"
import type { Duplex } from "node:stream"
import { type ClientMessage, decodeClientMessage, type Failure, MAX_FRAME_BYTES, NexusError } from "@nexus/protocol"
import { type RawData, type WebSocket, WebSocketServer } from "ws"
import type { Accounts } from "../accounts/accounts.ts"
import type { MessageContext } from "../messages/context.ts"
import { dispatch, failureOf, refusalOf } from "../workspace/dispatch.ts"
import { endWith } from "./broken-requests.ts"
import { Elsewhere } from "./elsewhere.ts"
import {
  classOf,
  createMessageLimits,
  type MessageClass,
  type MessageLimits,
  type MessageMetrics,
} from "./message-limits.ts"
import { PASSED_ON } from "./owner.ts"
import { Session } from "./session.ts"
import { STREAM_PATH } from "./stream-path.ts"

/**
 * `/panels/stream`: bytes in, messages to `dispatch`, bytes out. Here a client is let in (Origin, a hello within five
 * seconds), held to its limits (frame size, rate) and let go; nothing is decided here about what it asks.
 */
export interface SocketOptions extends MessageContext {
  readonly accounts: MessageContext["accounts"] & Pick<Accounts, "endedAmong">
  /** May a page of this origin connect? Asked only when the client says one: programs do not. */
  readonly allowsOrigin: (origin: string) => boolean
  /** Of all classes together, by person. */
  readonly messagesPerSecond: number
  readonly maxSockets: number
}

export interface SocketGateway {
  readonly sessions: number
  messages(): MessageMetrics
  /** Says goodbye to every client; new ones are refused. */
  close(): Promise<void>
}

const NO_HELLO: Failure = { code: "unauthenticated", detail: "The first message is hello." }
const ENDED: Failure = { code: "unauthenticated", detail: "This sign-in has ended." }
const HELLO_WITHIN_MS = 5000
const HEARTBEAT_MS = 30_000
/** Frames over the protocol's limit are read up to here to be refused by name; above, the socket just ends (1009). */
const READ_AT_MOST_BYTES = MAX_FRAME_BYTES * 8
/** While more than this waits its turn, nothing is read from the client: its own machine holds what it sends. */
const WAIT_AT_MOST_BYTES = MAX_FRAME_BYTES * 4

export function createSocketGateway(server: Server, options: SocketOptions): SocketGateway {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: READ_AT_MOST_BYTES, perMessageDeflate: false })
  const limits = createMessageLimits(options.messagesPerSecond)
  const attended = new Map<WebSocket, Session>()
  const letGoOf = (isOver: (id: string) => boolean): void => {
    for (const [socket, session] of attended) {
      if (session.standsOn !== undefined && isOver(session.standsOn)) letGo(socket, session, ENDED, 1008)
    }
  }
  const stopHearing = options.accounts.onEnded(({ ids }) => letGoOf((id) => ids.includes(id)))
  /** What ended by its time, or by the word of another kernel, is found here. */
  const lookForEnded = async (): Promise<void> => {
    const ids = new Set([...attended.values()].flatMap(({ standsOn }) => standsOn ?? []))
    if (ids.size === 0) return
    const ended = await options.accounts.endedAmong([...ids])
    letGoOf((id) => ended.has(id))
  }
  const alive = new WeakSet<WebSocket>()
  /** Everybody may read a page that shows us; those who work here keep at least half of the sockets. */
  const lookIn: SocketOptions["accounts"]["lookIn"] = (code) => {
    const looking = [...attended.values()].filter(({ identity }) => identity?.embed).length
    if (looking < options.maxSockets / 2) return options.accounts.lookIn(code)
    const detail = "as many pages show it as it takes; it tries again in a moment"
    throw new NexusError({ code: "unavailable", what: "The kernel", detail })
  }
  const context = { ...options, accounts: { ...options.accounts, lookIn } }

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const pathname = URL.parse(request.url ?? "/", "http://kernel")?.pathname
    const { origin } = request.headers
    if (pathname !== STREAM_PATH) {
      return endWith(stream, 404, { code: "not-found", what: "socket", id: (pathname ?? "").slice(0, 100) })
    }
    if (origin !== undefined && !options.allowsOrigin(origin)) {
      return endWith(stream, 403, { code: "forbidden", detail: "The socket is not open to pages of this origin." })
    }
    if (sockets.clients.size >= options.maxSockets) {
      const detail = "it has as many sockets as it takes; try again in a moment"
      return endWith(stream, 503, { code: "unavailable", what: "The kernel", detail })
    }
    sockets.handleUpgrade(request, stream, head, onConnection)
  }
  const onConnection = (socket: WebSocket, { headers }: IncomingMessage): void => {
    alive.add(socket)
    socket.on("pong", () => alive.add(socket))
    attended.set(socket, attend(socket, limits, context, headers[PASSED_ON] === undefined))
    socket.once("close", () => attended.delete(socket))
  }
  sockets.on("wsClientError", (_error, stream) =>
    endWith(stream, 400, { code: "invalid-input", detail: "This is no handshake of a WebSocket." }),
  )
  server.on("upgrade", onUpgrade)

  const heartbeat = setInterval(() => {
    lookForEnded().catch((error: unknown) => options.log("sign-ins were not looked at", { error: String(error) }))
    for (const socket of sockets.clients) {
      if (!alive.delete(socket)) socket.terminate()
      else socket.ping()
    }
  }, HEARTBEAT_MS)

  return {
    get sessions() {
      return sockets.clients.size
    },
    messages: limits.metrics,
    close: async () => {
      clearInterval(heartbeat)
      stopHearing()
      server.off("upgrade", onUpgrade)
      for (const socket of sockets.clients) socket.close(1001, "the kernel is stopping")
      const gone = [...sockets.clients].map((socket) => new Promise((resolve) => socket.once("close", resolve)))
      await Promise.race([Promise.all(gone), new Promise((resolve) => setTimeout(resolve, 200))])
      for (const socket of sockets.clients) socket.terminate()
    },
  }
}

/** A client's line as `attend` needs it: `ws` gives one over the network, a test over whatever it makes up. */
export interface FrameSocket extends EventEmitter {
  readonly bufferedAmount: number
  readonly isPaused: boolean
  send(bytes: Uint8Array): void
  close(code: number, reason: string): void
  pause(): void
  resume(): void
}

/** Looks after one socket from its first frame to its last. */
export function attend(socket: FrameSocket, limits: MessageLimits, options: MessageContext, passesOn = true): Session {
  const session = new Session({
    get bufferedAmount() {
      return socket.bufferedAmount
    },
    send: (bytes) => socket.send(bytes),
    close: (code, reason) => socket.close(code, reason),
  })
  const elsewhere = new Elsewhere(session, () => socket.close(1012, "the workspace is moving"))
  const context = passesOn
    ? { ...options, passOn: (message: ClientMessage, owner: string) => elsewhere.pass(message, owner) }
    : options
  const fail = (failure: Failure): void => session.send({ kind: "failed", failure })
  /** Who waits for an answer gets one. Of a flood that nobody waits for the first is answered: else there were two. */
  const flooding = new Set<MessageClass>()
  const refuseRate = (message: ClientMessage, retryAfterMs: number): void => {
    if (!("ref" in message) && flooding.has(classOf(message.kind))) return
    flooding.add(classOf(message.kind))
    session.send(refusalOf(message, { code: "rate-limited", retryAfterMs }))
  }
  const tooLate = setTimeout(() => {
    letGo(socket, session, { code: "unauthenticated", detail: "No hello came within 5 s." }, 1008)
  }, HELLO_WITHIN_MS)
  /** Saying who one is and following a workspace take a moment; what was sent behind them waits its turn. */
  let gate: Promise<void> = Promise.resolve()
  let waitingBytes = 0

  const onFrame = async (data: RawData, isBinary: boolean): Promise<void> => {
    const message = readFrame(data, isBinary)
    const { user, embed } = session.identity ?? {}
    // Everybody who reads a page that shows us came by the same link: each is counted alone.
    const retryAfterMs = limits.take(message.kind, embed || !user ? session.id : user.id)
    if (retryAfterMs > 0) return refuseRate(message, retryAfterMs)
    flooding.delete(classOf(message.kind))
    if (message.kind === "hello") {
      elsewhere.token = message.token
      const refusal = await dispatch(context, session, message)
      if (refusal) letGo(socket, session, refusal, refusal.code === "version-mismatch" ? 1002 : 1008)
      else clearTimeout(tooLate)
      return
    }
    if (!session.identity) return letGo(socket, session, NO_HELLO, 1008)
    if (elsewhere.takes(message)) return
    const answered = dispatch(context, session, message)
    if (message.kind === "subscribe" || message.kind === "document_open") await answered
  }

  socket.on("message", (data, isBinary) => {
    const bytes = Array.isArray(data) ? data.reduce((sum, part) => sum + part.length, 0) : data.byteLength
    waitingBytes += bytes
    if (waitingBytes > WAIT_AT_MOST_BYTES) socket.pause()
    gate = gate
      .then(() => onFrame(data, isBinary))
      .catch((error: unknown) => {
        const failure = failureOf(error, options.log)
        if (failure.code === "too-large") letGo(socket, session, failure, 1009)
        else fail(failure)
      })
      .then(() => {
        waitingBytes -= bytes
        if (socket.isPaused && waitingBytes <= WAIT_AT_MOST_BYTES) socket.resume()
      })
  })
  socket.on("error", (error) => options.log("a socket failed", { error: String(error) }))
  socket.on("close", () => {
    clearTimeout(tooLate)
    elsewhere.close()
    session.close()
  })
  return session
}

function letGo(socket: FrameSocket, session: Session, failure: Failure, code: number): void {
  session.send({ kind: "failed", failure })
  socket.close(code, failure.code)
}

function readFrame(data: RawData, isBinary: boolean) {
  if (!isBinary) throw new NexusError({ code: "invalid-input", detail: "frames are binary MessagePack, not text" })
  const bytes = Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? new Uint8Array(data) : data
  return decodeClientMessage(bytes)
}
