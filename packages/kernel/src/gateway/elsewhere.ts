import {
  type ClientMessage,
  decodeServerMessage,
  encodeMessage,
  PROTOCOL_VERSION,
  type ServerMessage,
} from "@nexus/protocol"
import { WebSocket } from "ws"
import { PASSED_ON } from "./owner.ts"
import type { Session } from "./session.ts"
import { STREAM_PATH } from "./stream-path.ts"

/**
 * The workspaces of one client's line that another kernel has. Its messages about them go on over a line of their own
 * to the owner, signed in with the client's own token, and what the owner says comes back the same way; presence is the
 * one thing that is translated, since the client has another session's name there.
 *
 * When that line breaks, or the owner does not answer it for a moment, the client's line is closed as well. A client
 * comes back by itself with a fresh token, asks for what it missed and asks again what nobody answered; so there is one
 * way to recover, the way that losing the kernel itself takes. Holding the line and mending it behind the client's back
 * was refused: it would be a second one.
 */
export class Elsewhere {
  token = ""
  readonly #session: Session
  readonly #letGo: () => void
  /** Owner → the line to it. */
  readonly #lines = new Map<string, OwnerLine>()
  /** Workspace → the line to its owner. */
  readonly #places = new Map<string, OwnerLine>()

  constructor(session: Session, letGo: () => void) {
    this.#session = session
    this.#letGo = letGo
  }

  /** Sends on what is about a workspace known to be elsewhere. False: it is to be answered here. */
  takes(message: ClientMessage): boolean {
    const line = "workspace" in message ? this.#places.get(message.workspace) : undefined
    line?.send(message)
    return line !== undefined
  }

  /** From now on this message's workspace is `owner`'s to answer for. */
  pass(message: ClientMessage, owner: string): void {
    if (!("workspace" in message)) return
    const line = this.#lines.get(owner) ?? this.#open(owner)
    this.#places.set(message.workspace, line)
    line.send(message)
  }

  close(): void {
    for (const line of this.#lines.values()) line.close()
  }

  #open(owner: string): OwnerLine {
    const tell = (message: ServerMessage, remote: string) => this.#session.send(this.#translated(message, remote))
    const line = new OwnerLine(owner, this.token, tell, this.#letGo)
    this.#lines.set(owner, line)
    return line
  }

  #translated(message: ServerMessage, remote: string): ServerMessage {
    if (message.kind !== "presence") return message
    const peers = message.peers.map((peer) => (peer.session === remote ? { ...peer, session: this.#session.id } : peer))
    return { ...message, peers }
  }
}

const LOOK_MS = 500

/** A client's line to the owner of some of its workspaces. `onLost` is called once, unless it was closed from here. */
class OwnerLine {
  readonly #socket: WebSocket
  #waiting: ClientMessage[] | undefined = []
  #remote = ""
  #alive = true
  #closed = false

  constructor(
    owner: string,
    token: string,
    tell: (message: ServerMessage, remote: string) => void,
    onLost: () => void,
  ) {
    const url = new URL(STREAM_PATH, owner)
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:"
    const headers = { [PASSED_ON]: "1" }
    const socket = new WebSocket(url, { headers, handshakeTimeout: LOOK_MS * 2, perMessageDeflate: false })
    this.#socket = socket
    // An owner that is frozen keeps its sockets open; only what it does not answer gives it away.
    const look = setInterval(() => {
      if (!this.#alive) socket.terminate()
      this.#alive = false
      if (socket.readyState === WebSocket.OPEN) socket.ping()
    }, LOOK_MS)
    socket.on("pong", () => {
      this.#alive = true
    })
    socket.on("open", () => {
      this.#alive = true
      socket.send(encodeMessage({ kind: "hello", token, protocol: PROTOCOL_VERSION }))
    })
    socket.on("message", (bytes: Buffer) => {
      this.#alive = true
      const message = decodeServerMessage(bytes)
      if (message.kind === "welcome") this.#welcome(message.session)
      // It has just lost the workspace too, or does not take the token any more: the client begins anew.
      else if (message.kind === "failed" && BEGIN_ANEW.has(message.failure.code)) socket.close()
      else tell(message, this.#remote)
    })
    socket.on("error", () => socket.terminate())
    socket.on("close", () => {
      clearInterval(look)
      if (!this.#closed) onLost()
    })
  }

  send(message: ClientMessage): void {
    if (this.#waiting) this.#waiting.push(message)
    else this.#socket.send(encodeMessage(message))
  }

  close(): void {
    this.#closed = true
    this.#socket.terminate()
  }

  #welcome(session: string): void {
    const waiting = this.#waiting ?? []
    this.#remote = session
    this.#waiting = undefined
    for (const message of waiting) this.send(message)
  }
}

const BEGIN_ANEW: ReadonlySet<string> = new Set(["lease-lost", "unauthenticated"])
