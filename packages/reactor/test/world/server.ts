import {
  apply,
  type Change,
  type ClientMessage,
  type Failure,
  Graph,
  type JsonObject,
  type Operation,
  type ServerMessage,
} from "@nexus/protocol"
import type { Clock, SocketFactory } from "../../src/client/index.ts"

/** Randomness that a seed decides. */
export function generator(seed: number): (below: number) => number {
  let state = (seed * 2654435761) >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

/** Time that stands still until the test lets it run. */
export class HandClock implements Clock {
  #now = 0
  readonly #due = new Set<{ at: number; run: () => void }>()

  now(): number {
    return this.#now
  }

  after(ms: number, run: () => void): () => void {
    const entry = { at: this.#now + ms, run }
    this.#due.add(entry)
    return () => this.#due.delete(entry)
  }

  get waiting(): readonly number[] {
    return [...this.#due].map(({ at }) => at - this.#now)
  }

  advance(ms: number): void {
    const end = this.#now + ms
    for (;;) {
      const next = [...this.#due].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.#due.delete(next)
      this.#now = next.at
      next.run()
    }
    this.#now = end
  }
}

export const WORKSPACE = "w"

/** A line of one client: messages wait on both sides until `deliver`. */
interface Line {
  readonly toClient: ServerMessage[]
  readonly toServer: ClientMessage[]
  readonly receive: (message: ServerMessage) => void
  readonly drop: () => void
  user: string
  open: boolean
}

/** A small kernel: one workspace, one journal, the protocol's own `apply`. Messages move when the test says so. */
export class TestServer {
  readonly graph = new Graph()
  readonly journal: Change[] = []
  readonly lines: Line[] = []
  readonly received: ClientMessage[] = []
  readonly #answers = new Map<string, ServerMessage>()
  readonly handlers = new Map<string, (message: ClientMessage & { kind: "handler_trigger" }) => Operation[] | Failure>()
  /** Why a submission is refused, where it is; what fits the graph is taken otherwise. */
  refuses: (message: ClientMessage & { kind: "operations_submit" }, user: string) => Failure | undefined = () =>
    undefined
  /** Whether a `since` is answered with the missing changes, or with a snapshot. */
  catchesUp = true
  /** Whether a refused ref is refused for good; the kernel looks at it again. */
  remembersRefusals = true
  /** Who is no member. */
  readonly closedTo = new Set<string>()
  #sessions = 0

  constructor(operations: readonly Operation[] = []) {
    for (const operation of operations) this.commit([operation], "setup", "setup")
  }

  get seq(): number {
    return this.journal.length
  }

  readonly openSocket: SocketFactory = (_url, events) => {
    const line: Line = {
      toClient: [],
      toServer: [],
      receive: (message) => events.onMessage(message),
      drop: () => events.onClose("the line broke"),
      user: "",
      open: true,
    }
    this.lines.push(line)
    queueMicrotask(() => line.open && events.onOpen())
    return {
      send: (message) => line.open && line.toServer.push(structuredClone(message)),
      close: () => {
        line.open = false
      },
    }
  }

  /** To everybody who is there. */
  say(message: ServerMessage): void {
    for (const line of this.lines) if (line.open) line.toClient.push(structuredClone(message))
  }

  /** Breaks the newest open line of a user; what was on its way is lost. */
  breakLine(user: string): void {
    const line = this.lines.findLast((candidate) => candidate.open && candidate.user === user)
    if (!line) return
    line.open = false
    line.drop()
  }

  /** What waits next on a user's line will come twice. */
  repeat(user: string, direction: "toClient" | "toServer"): void {
    const line = this.lines.findLast((candidate) => candidate.open && candidate.user === user)
    const messages: (ClientMessage | ServerMessage)[] = line?.[direction] ?? []
    const [next] = messages
    if (next) messages.unshift(structuredClone(next))
  }

  /** The next change on its way to a user gets lost, as when a slow client is passed over. */
  lose(user: string): void {
    const line = this.lines.findLast((candidate) => candidate.open && candidate.user === user)
    const at = line?.toClient.findIndex(({ kind }) => kind === "change") ?? -1
    if (at >= 0) line?.toClient.splice(at, 1)
  }

  /** Moves one message on one line; `false` when nothing waits there. */
  step(line: Line, direction: "toClient" | "toServer"): boolean {
    if (!line.open) return false
    if (direction === "toServer") {
      const message = line.toServer.shift()
      if (message) this.#handle(line, message)
      return message !== undefined
    }
    const message = line.toClient.shift()
    if (message) line.receive(message)
    return message !== undefined
  }

  /** Moves everything until nothing waits. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; ) {
      await Promise.resolve()
      const moved = this.lines.flatMap((line) => [this.step(line, "toServer"), this.step(line, "toClient")])
      quiet = moved.includes(true) ? 0 : quiet + 1
    }
  }

  /** A run without a user is one that a schedule set off. */
  commit(operations: readonly Operation[], submission: string, user = "", run?: string): Change | Failure {
    const actor = { kind: "person" as const, id: user, name: user.toUpperCase() }
    const beginning = user === "" ? { trigger: "schedule" as const } : { trigger: "event" as const, person: actor }
    const cause = run
      ? {
          actor: { kind: "handler" as const, id: `p.${run}`, name: run },
          reason: run,
          run: { id: submission, panel: "p", handler: run, turn: 0, ...beginning },
        }
      : { actor, reason: "test" }
    return this.commitBy(operations, submission, cause)
  }

  commitBy(operations: readonly Operation[], submission: string, cause: Change["cause"]): Change | Failure {
    const applied = apply(this.graph, operations)
    if (!applied.ok) return applied.failure
    const change: Change = {
      workspace: WORKSPACE,
      seq: this.seq + 1,
      submission,
      cause,
      operations: [...operations],
      at: this.seq,
    }
    this.journal.push(change)
    for (const line of this.lines)
      if (line.open) line.toClient.push({ kind: "change", change: structuredClone(change) })
    return change
  }

  #handle(line: Line, message: ClientMessage): void {
    this.received.push(message)
    const answer = (reply: ServerMessage) => line.toClient.push(structuredClone(reply))
    switch (message.kind) {
      case "hello":
        line.user = message.token
        this.#sessions += 1
        answer({ kind: "welcome", session: `s${this.#sessions}`, user: line.user, name: line.user, protocol: 1 })
        return
      case "subscribe": {
        if (this.closedTo.has(line.user)) {
          answer({ kind: "failed", failure: { code: "forbidden", detail: "This workspace is not open to you." } })
          return
        }
        const since = message.since
        if (since === undefined || !this.catchesUp) {
          const snapshot = { workspace: WORKSPACE, seq: this.seq, ...this.graph.toSnapshot() }
          answer({ kind: "snapshot", workspace: WORKSPACE, role: "editor", snapshot })
          return
        }
        for (const change of this.journal.slice(since)) answer({ kind: "change", change })
        answer({ kind: "subscribed", workspace: WORKSPACE, role: "editor", seq: this.seq })
        return
      }
      case "operations_submit":
        answer(this.#once(message.ref, () => this.#submitted(message, line.user)))
        return
      case "handler_trigger":
        answer(this.#once(message.ref, () => this.#triggered(message, line.user)))
        return
      case "ping":
        answer({ kind: "pong", at: message.at })
        return
      default:
    }
  }

  #once(ref: string, act: () => ServerMessage): ServerMessage {
    const known = this.#answers.get(ref) ?? act()
    if (this.remembersRefusals || known.kind !== "rejected") this.#answers.set(ref, known)
    return known
  }

  #submitted(message: ClientMessage & { kind: "operations_submit" }, user: string): ServerMessage {
    const closed: Failure = { code: "forbidden", detail: "This workspace is not open to you." }
    if (this.closedTo.has(user)) return { kind: "rejected", ref: message.ref, failure: closed }
    const change = this.refuses(message, user) ?? this.commit(message.operations, message.ref, user)
    return "code" in change
      ? { kind: "rejected", ref: message.ref, failure: change }
      : { kind: "accepted", ref: message.ref, seq: change.seq }
  }

  #triggered(message: ClientMessage & { kind: "handler_trigger" }, user: string): ServerMessage {
    const result = this.handlers.get(message.handler)?.(message) ?? []
    const run = `run-${message.ref}`
    if ("code" in result) {
      return { kind: "handler_finished", ref: message.ref, run, status: "failed", failure: result, seq: this.seq }
    }
    if (result.length > 0) this.commit(result, run, user, message.handler)
    return { kind: "handler_finished", ref: message.ref, run, status: "finished", value: null, seq: this.seq }
  }
}

/** The operations that put a panel with this state on the canvas. */
export function panelWith(state: JsonObject, source = "", id = "p"): Operation {
  const properties = { source, frame: { x: 0, y: 0, w: 400, h: 300 }, title: id, state, grants: [] }
  return { kind: "entity_add", entity: { id, kind: "panel", name: id, scope: "", properties } }
}
