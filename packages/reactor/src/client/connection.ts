import {
  type ClientMessage,
  type Failure,
  NexusError,
  PROTOCOL_VERSION,
  type ServerMessage,
  sentenceOf,
} from "@nexus/protocol"
import type { HandlersHere } from "../store/handlers-here.ts"
import { MirroredWorkspace } from "./mirrored-workspace.ts"
import type { Outbox } from "./outbox.ts"
import { backoffMs, type Clock, systemClock } from "./reconnect.ts"
import { openWebSocket, type Socket, type SocketFactory } from "./socket.ts"
import type { Stop, Viewer, WorkspaceMirror } from "./workspace-mirror.ts"

/** `connecting` before the first welcome; `offline` while it waits to try again. */
export type ConnectionStatus = "connecting" | "online" | "offline"

/** Where the kernel is, and who asks. */
export interface ConnectionOptions {
  /** `ws://…/panels/stream`. Never holds the token. */
  readonly url: string
  /** A fresh access token, asked before every hello. */
  readonly token: () => Promise<string>
  /** Runs handlers that are set off while it is offline. */
  readonly handlers?: HandlersHere
  /** Keeps a workspace's graph and queue where a closed page does not lose them. */
  readonly outbox?: (workspace: string) => Outbox
  /** Whose queues these are: a welcome for anybody else ends the line before anything is sent. */
  readonly user?: string
  readonly random?: () => number
  readonly clock?: Clock
  readonly openSocket?: SocketFactory
}

/** An open line; `close` ends its mirrors too. */
export interface Connection {
  readonly status: ConnectionStatus
  /** Why it is offline, when the kernel or the token said so. */
  readonly failure: Failure | undefined
  readonly viewer: Viewer | undefined
  onStatus(listener: (status: ConnectionStatus) => void): Stop
  /** The mirror of a workspace; the same one while it is open. */
  open(workspace: string): WorkspaceMirror
  /** Tries now instead of after the wait. */
  retry(): void
  close(): void
}

const PING_EVERY_MS = 20_000
const PONG_WITHIN_MS = 10_000
/** There may be a line again: the network is back, or the person is. */
const COME_BACK = ["online", "focus", "pageshow", "visibilitychange"] as const

/**
 * One line to the kernel for many workspaces, kept open: after a loss it comes back with growing, jittered waits, says
 * hello with a fresh token and lets every mirror ask for what it missed. It moves messages and holds no graph. The
 * token goes in the first message, because URLs end up in logs.
 */
export function createConnection(options: ConnectionOptions): Connection {
  return new KernelConnection(options)
}

class KernelConnection implements Connection {
  readonly #options: ConnectionOptions
  readonly #clock: Clock
  readonly #random: () => number
  readonly #mirrors = new Map<string, MirroredWorkspace>()
  readonly #listeners = new Set<(status: ConnectionStatus) => void>()
  #status: ConnectionStatus = "connecting"
  #failure: Failure | undefined
  #viewer: Viewer | undefined
  #socket: Socket | undefined
  #attempt = 0
  #closed = false
  #cancelWait: (() => void) | undefined
  #cancelPing: (() => void) | undefined

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
    this.#random = options.random ?? Math.random
    for (const sign of COME_BACK) globalThis.addEventListener?.(sign, this.#comeBack)
    void this.#connect()
  }

  get status(): ConnectionStatus {
    return this.#status
  }

  get failure(): Failure | undefined {
    return this.#failure
  }

  get viewer(): Viewer | undefined {
    return this.#viewer
  }

  onStatus(listener: (status: ConnectionStatus) => void): Stop {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  open(workspace: string): WorkspaceMirror {
    const open = this.#mirrors.get(workspace)
    if (open) return open
    const mirror = new MirroredWorkspace({
      workspace,
      send: (message) => this.#send(message),
      viewer: () => this.#viewer,
      online: () => this.#status === "online",
      away: () => this.#status === "offline",
      handlers: this.#options.handlers,
      outbox: this.#options.outbox?.(workspace),
      clock: this.#clock,
      randomBytes: (length) => Uint8Array.from({ length }, () => Math.floor(this.#random() * 256)),
      onClose: () => {
        this.#mirrors.delete(workspace)
        this.#send({ kind: "unsubscribe", workspace })
      },
    })
    this.#mirrors.set(workspace, mirror)
    if (this.#status === "online") mirror.connected()
    return mirror
  }

  retry(): void {
    // Without a planned try one is on its way.
    if (!this.#cancelWait || this.#closed) return
    this.#cancelWait()
    void this.#connect()
  }

  close(): void {
    this.#closed = true
    for (const sign of COME_BACK) globalThis.removeEventListener?.(sign, this.#comeBack)
    this.#cancelWait?.()
    for (const mirror of [...this.#mirrors.values()]) mirror.close()
    this.#lose("closed here")
    this.#listeners.clear()
  }

  readonly #comeBack = ({ type }: { readonly type: string }): void => {
    this.#attempt = 0
    // Another network took the place of the one that the line went over: it may be dead without anybody having said so.
    if (type === "online" && this.#status === "online") this.#ping()
    this.retry()
  }

  async #connect(): Promise<void> {
    this.#cancelWait = undefined
    this.#set("connecting")
    let token: string
    try {
      token = await this.#options.token()
    } catch (error) {
      this.#failure = error instanceof NexusError ? error.failure : unreachable(error)
      this.#wait()
      return
    }
    if (this.#closed) return
    const openSocket = this.#options.openSocket ?? openWebSocket
    const socket = openSocket(this.#options.url, {
      onOpen: () => socket.send({ kind: "hello", token, protocol: PROTOCOL_VERSION }),
      onMessage: (message) => this.#socket === socket && this.#receive(message),
      onClose: (reason) => this.#socket === socket && this.#lose(reason),
    })
    this.#socket = socket
  }

  #receive(message: ServerMessage): void {
    switch (message.kind) {
      case "welcome":
        this.#welcome(message)
        return
      case "pong":
        this.#pingLater()
        return
      case "failed":
        if (message.workspace === undefined) this.#refused(message.failure)
        else this.#mirrors.get(message.workspace)?.shut(message.failure)
        return
      case "change":
        this.#mirrors.get(message.change.workspace)?.receive(message)
        return
      case "accepted":
      case "rejected":
      case "handler_finished":
        for (const mirror of this.#mirrors.values()) mirror.receive(message)
        return
      default:
        this.#mirrors.get(message.workspace)?.receive(message)
    }
  }

  #welcome({ session, user, name, embed }: Viewer): void {
    if (this.#options.user !== undefined && this.#options.user !== user) {
      this.#failure = { code: "unauthenticated", detail: "Somebody else has signed in here. Reload the page." }
      this.#closed = true
      this.#lose(sentenceOf(this.#failure))
      return
    }
    this.#viewer = { session, user, name, ...(embed ? { embed } : {}) }
    this.#attempt = 0
    this.#failure = undefined
    this.#set("online")
    for (const mirror of this.#mirrors.values()) mirror.connected()
    this.#pingLater()
  }

  #refused(failure: Failure): void {
    this.#failure = failure
    for (const mirror of this.#mirrors.values()) mirror.refused(failure)
    if (failure.code === "version-mismatch") {
      this.#closed = true
      this.#lose(sentenceOf(failure))
    }
  }

  #pingLater(): void {
    this.#cancelPing?.()
    this.#cancelPing = this.#clock.after(PING_EVERY_MS, () => this.#ping())
  }

  #ping(): void {
    this.#cancelPing?.()
    this.#send({ kind: "ping", at: this.#clock.now() })
    this.#cancelPing = this.#clock.after(PONG_WITHIN_MS, () => this.#lose("the kernel does not answer"))
  }

  #send(message: ClientMessage): void {
    if (this.#status === "online") this.#socket?.send(message)
  }

  /** The line is gone: mirrors keep what they have, and the next try is planned. */
  #lose(reason: string): void {
    const socket = this.#socket
    this.#socket = undefined
    this.#cancelPing?.()
    socket?.close()
    this.#failure ??= { code: "unavailable", what: "The kernel", detail: reason }
    if (this.#closed) this.#set("offline")
    else this.#wait()
  }

  #wait(): void {
    this.#set("offline")
    for (const mirror of this.#mirrors.values()) mirror.lost()
    if (this.#closed) return
    this.#cancelWait = this.#clock.after(backoffMs(this.#attempt, this.#random), () => void this.#connect())
    this.#attempt += 1
  }

  #set(status: ConnectionStatus): void {
    if (this.#status === status) return
    this.#status = status
    for (const listener of this.#listeners) listener(status)
  }
}

function unreachable(error: unknown): Failure {
  return { code: "unavailable", what: "Sign-in", detail: error instanceof Error ? error.message : String(error) }
}
