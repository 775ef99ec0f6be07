import { EventEmitter } from "node:events"
import { decodeServerMessage, encodeMessage } from "@nexus/protocol"
import type { SocketFactory } from "@nexus/reactor/client"
import type { FrameSocket } from "../../src/gateway/socket.ts"

/**
 * Between real clients and a real kernel, a network whose every delay is decided by a seed: frames are bytes of the
 * protocol's own codec, and on a bad day they come late, twice, in another order or never, which TCP would not do to
 * them but a client that was passed over, a proxy or a bug would. Offline, a line is dead and neither side is told; each
 * has to find out. Nothing here waits: `deliver` moves what is due by the clock of the moment.
 */
export type Weather = "calm" | "bad" | "offline"

type Random = (below: number) => number

interface Frame {
  readonly at: number
  readonly order: number
  readonly line: Line
  readonly arrive: () => void
}

interface Line {
  readonly user: string
  readonly server: ServerEnd
  /** Told once. */
  onClientClose: ((reason: string) => void) | undefined
  open: boolean
  lastAt: { client: number; server: number }
}

/** A line whose other end is dead is given up by the kernel after this long. */
const HEARTBEAT_MS = 60_000
const CLOGGED_BYTES = 2 * 1024 * 1024

class ServerEnd extends EventEmitter implements FrameSocket {
  isPaused = false
  clogged = false
  readonly #send: (bytes: Uint8Array) => void
  readonly #close: (reason: string) => void

  constructor(send: (bytes: Uint8Array) => void, close: (reason: string) => void) {
    super()
    this.#send = send
    this.#close = close
  }

  get bufferedAmount(): number {
    return this.clogged ? CLOGGED_BYTES : 0
  }

  send(bytes: Uint8Array): void {
    this.#send(bytes)
  }

  close(_code: number, reason: string): void {
    this.#close(reason)
  }

  pause(): void {
    this.isPaused = true
  }

  resume(): void {
    this.isPaused = false
  }
}

export class SimulatedNetwork {
  /** Takes a new line on the kernel's side; absent while there is no kernel. */
  accept: ((socket: FrameSocket) => void) | undefined
  readonly #random: Random
  readonly #weather = new Map<string, Weather>()
  readonly #lines = new Set<Line>()
  #frames: Frame[] = []
  #order = 0

  constructor(random: Random) {
    this.#random = random
  }

  weather(user: string, weather: Weather): void {
    this.#weather.set(user, weather)
  }

  /** The kernel's buffer for this user is full, or drained. */
  clog(user: string, clogged: boolean): void {
    for (const line of this.#lines) if (line.user === user) line.server.clogged = clogged
  }

  /** Both ends are told. */
  break(user: string): void {
    for (const line of [...this.#lines]) if (line.user === user) this.#end(line, "the line broke", 0)
  }

  /** The kernel is gone, and with it all its lines. */
  breakAll(): void {
    for (const line of [...this.#lines]) this.#end(line, "the kernel is gone", 0)
  }

  socketsOf(user: string): SocketFactory {
    return (_url, events) => {
      const line = this.#lineOf(user, events.onClose)
      const accept = this.accept
      if (!accept || this.#of(user) === "offline") {
        this.#later(line, this.#of(user) === "offline" ? 5000 : 20, () => this.#tellClient(line, "nobody answers"))
      } else {
        this.#lines.add(line)
        this.#later(line, 10, () => {
          if (!line.open) return
          accept(line.server)
          events.onOpen()
        })
        line.server.on("to-client", (bytes: Uint8Array) =>
          this.#send(line, "client", () => line.onClientClose && events.onMessage(decodeServerMessage(bytes))),
        )
      }
      return {
        send: (message) => {
          const bytes = Buffer.from(encodeMessage(message))
          this.#send(line, "server", () => line.server.emit("message", bytes, true))
        },
        close: () => {
          line.onClientClose = undefined
          this.#end(line, "closed", this.#of(user) === "offline" ? HEARTBEAT_MS : 10)
        },
      }
    }
  }

  /** When the next frame arrives. */
  get nextAt(): number | undefined {
    return this.#frames.length === 0 ? undefined : Math.min(...this.#frames.map(({ at }) => at))
  }

  /** Everything that is due at `now`, in the order of its arrival; what it sets off may be due at once as well. */
  deliver(now: number): boolean {
    const due = this.#frames.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at || a.order - b.order)
    if (due.length === 0) return false
    this.#frames = this.#frames.filter(({ at }) => at > now)
    for (const { arrive } of due) arrive()
    return true
  }

  #of(user: string): Weather {
    return this.#weather.get(user) ?? "calm"
  }

  #lineOf(user: string, onClose: (reason: string) => void): Line {
    const line: Line = {
      user,
      open: true,
      onClientClose: onClose,
      lastAt: { client: 0, server: 0 },
      server: new ServerEnd(
        (bytes) => line.open && line.server.emit("to-client", Uint8Array.from(bytes)),
        (reason) => this.#end(line, reason, 10),
      ),
    }
    return line
  }

  #send(line: Line, to: "client" | "server", arrive: () => void): void {
    const weather = this.#of(line.user)
    if (!line.open || weather === "offline") return
    if (weather === "calm") {
      const at = Math.max(line.lastAt[to], Date.now() + 1 + this.#random(15))
      line.lastAt[to] = at
      this.#at(line, at, () => line.open && arrive())
      return
    }
    const fate = this.#random(14)
    if (fate === 0) return
    for (let copy = fate === 1 ? 2 : 1; copy > 0; copy -= 1) {
      this.#at(line, Date.now() + 5 + this.#random(fate < 6 ? 800 : 60), () => line.open && arrive())
    }
  }

  /** The line is dead. The side that did it knows; the other is told after a while. */
  #end(line: Line, reason: string, delayMs: number): void {
    if (!line.open) return
    line.open = false
    this.#lines.delete(line)
    this.#later(line, delayMs, () => {
      line.server.emit("close")
      this.#tellClient(line, reason)
    })
  }

  #tellClient(line: Line, reason: string): void {
    const tell = line.onClientClose
    line.onClientClose = undefined
    tell?.(reason)
  }

  #later(line: Line, ms: number, arrive: () => void): void {
    this.#at(line, Date.now() + ms, arrive)
  }

  #at(line: Line, at: number, arrive: () => void): void {
    this.#frames.push({ at, order: this.#order++, line, arrive })
  }
}
