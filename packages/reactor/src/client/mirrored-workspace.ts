import {
  type Change,
  type ClientMessage,
  type ClientMessageOf,
  createId,
  type Failure,
  type Graph,
  type Json,
  type JsonObject,
  NexusError,
  type Operation,
  type Peer,
  type Role,
  type ServerMessage,
  type Touch,
} from "@nexus/protocol"
import type { HandlersHere } from "../store/handlers-here.ts"
import { guardInverse, History } from "../store/history.ts"
import { Mirror } from "../store/mirror.ts"
import { SessionState } from "../store/session-state.ts"
import { type OfflineMirror, runOffline } from "./handlers-offline.ts"
import { Listeners } from "./listeners.ts"
import { assertSendable, Requests } from "./requests.ts"
import { createTraceparent } from "./traceparent.ts"
import type {
  HandlerFinished,
  HandlerLog,
  Stop,
  SubmitOptions,
  TriggeredBy,
  ViewCommand,
  Viewer,
  WorkspaceMirror,
} from "./workspace-mirror.ts"

/** What a mirrored workspace needs of its connection. */
export interface Line {
  readonly workspace: string
  /** Dropped when offline: `connected` sends again what still waits. */
  send(message: ClientMessage): void
  viewer(): Viewer | undefined
  readonly online: () => boolean
  /** Runs handlers while it is offline; where there is none, all of them wait. */
  readonly handlers: HandlersHere | undefined
  readonly randomBytes: (length: number) => Uint8Array
  onClose(): void
}

type Direction = "do" | "undo" | "redo"

/**
 * A workspace's mirror tied to the wire: it asks for what it misses and never guesses, keeps every submission and
 * trigger until it is answered, and sends it again under the same ref after a reconnect, which the kernel answers
 * without doing it twice. A submission that no longer fits leaves the screen at once, but only the kernel's word ends it:
 * it may have been accepted before the line broke.
 */
export class MirroredWorkspace implements WorkspaceMirror {
  readonly workspace: string
  readonly ready: Promise<void>
  readonly #line: Line
  readonly #mirror = new Mirror()
  readonly #history = new History()
  readonly #requests: Requests
  readonly #sessions = new Map<string, SessionState>()
  /** Inverses of what runs of this viewer's handlers changed, until the run is over. */
  readonly #runs = new Map<string, readonly Operation[]>()
  readonly #ownRuns = new Set<string>()
  readonly #acceptedAt = new Map<number, string>()
  readonly #ready = Promise.withResolvers<void>()
  readonly #touched = new Listeners<[readonly Touch[], Change | undefined]>()
  readonly #logged = new Listeners<[HandlerLog]>()
  readonly #viewed = new Listeners<[ViewCommand]>()
  readonly #peersChanged = new Listeners<[readonly Peer[]]>()
  readonly #historyChanged = new Listeners<[]>()
  readonly #runsChanged = new Listeners<[]>()
  readonly #documents = new Listeners<[string, Uint8Array]>()
  #role: Role | undefined
  #peers: readonly Peer[] = []
  #presence: JsonObject | undefined
  #asking = false
  #loaded = false

  constructor(line: Line) {
    this.workspace = line.workspace
    this.#line = line
    this.#requests = new Requests((message) => line.send(message))
    this.ready = this.#ready.promise
    this.ready.catch(() => {})
  }

  get graph(): Graph {
    return this.#mirror.graph
  }

  get seq(): number {
    return this.#mirror.seq
  }

  get role(): Role | undefined {
    return this.#role
  }

  get viewer(): Viewer | undefined {
    return this.#line.viewer()
  }

  get peers(): readonly Peer[] {
    return this.#peers
  }

  get canUndo(): boolean {
    return this.#history.canUndo
  }

  get canRedo(): boolean {
    return this.#history.canRedo
  }

  submit(operations: readonly Operation[], reason: string, options: SubmitOptions = {}): Promise<{ seq: number }> {
    return this.#submit(operations, reason, "do", options.group)
  }

  async trigger(panel: string, handler: string, args: Json, by: TriggeredBy = "event"): Promise<HandlerFinished> {
    const { handlers, online } = this.#line
    if (handlers && by === "event" && this.#loaded && this.#role !== "viewer" && !online()) {
      const finished = await runOffline(handlers, this.#offline, { panel, handler, args })
      if (finished) return finished
    }
    const session = this.session(panel).values
    const message: ClientMessageOf<"handler_trigger"> = {
      kind: "handler_trigger",
      workspace: this.workspace,
      panel,
      handler,
      args,
      ...(by === "event" ? {} : { trigger: by }),
      ...(Object.keys(session).length > 0 ? { session } : {}),
      traceparent: createTraceparent(this.#line.randomBytes),
      ref: createId("run", this.#line.randomBytes),
    }
    assertSendable(message)
    const finished = await this.#requests.trigger(message)
    this.#runEnded(finished.run)
    return finished
  }

  get #offline(): OfflineMirror {
    return {
      workspace: this.workspace,
      graph: () => this.graph,
      seq: () => this.seq,
      session: (panel) => this.session(panel),
      submit: (operations, reason, group) => this.submit(operations, reason, { group }),
      tellLog: (line) => this.#logged.tell(line),
      tellView: (command) => this.#viewed.tell(command),
    }
  }

  undo(): Promise<boolean> {
    return this.#stepBack("undo")
  }

  redo(): Promise<boolean> {
    return this.#stepBack("redo")
  }

  session(panel: string): SessionState {
    let session = this.#sessions.get(panel)
    if (!session) {
      session = new SessionState()
      this.#sessions.set(panel, session)
    }
    return session
  }

  setPresence(presence: JsonObject): void {
    this.#presence = presence
    this.#line.send({ kind: "presence_set", workspace: this.workspace, presence })
  }

  sendDocument(panel: string, update: Uint8Array): void {
    this.#line.send({ kind: "document_update", workspace: this.workspace, panel, update: new Uint8Array(update) })
  }

  onTouched(listener: (touched: readonly Touch[], change?: Change) => void): Stop {
    return this.#touched.add(listener)
  }

  onLog(listener: (line: HandlerLog) => void): Stop {
    return this.#logged.add(listener)
  }

  onView(listener: (command: ViewCommand) => void): Stop {
    return this.#viewed.add(listener)
  }

  onPeers(listener: (peers: readonly Peer[]) => void): Stop {
    return this.#peersChanged.add(listener)
  }

  onHistory(listener: () => void): Stop {
    return this.#historyChanged.add(listener)
  }

  onRuns(listener: () => void): Stop {
    return this.#runsChanged.add(listener)
  }

  onDocument(panel: string, listener: (update: Uint8Array) => void): Stop {
    return this.#documents.add((id, update) => id === panel && listener(update))
  }

  close(): void {
    const failure: Failure = { code: "unavailable", what: "The workspace", detail: "it was closed here." }
    this.#ready.reject(new NexusError(failure))
    this.#requests.failAll(failure)
    this.#line.onClose()
  }

  /** The line is open: ask for what is missing, then repeat what has no answer. */
  connected(): void {
    this.#ask(this.#loaded)
    if (this.#presence) this.setPresence(this.#presence)
    this.#requests.sendAgain()
  }

  /** The kernel refused something that named no request: before the first snapshot that was this workspace. */
  refused(failure: Failure): void {
    if (this.#asking && !this.#loaded) this.#ready.reject(new NexusError(failure))
  }

  receive(message: ServerMessage): void {
    switch (message.kind) {
      case "snapshot": {
        const { touched } = this.#mirror.reset(message.snapshot, this.#acceptedUntil(message.snapshot.seq))
        this.#caughtUp(message.role)
        this.#touched.tell(touched, undefined)
        return
      }
      case "subscribed":
        if (message.seq !== this.#mirror.seq) {
          this.#ask(false)
          return
        }
        this.#caughtUp(message.role)
        return
      case "change":
        this.#change(message.change)
        return
      case "accepted":
        this.#accepted(message.ref, message.seq)
        return
      case "rejected":
        this.#rejected(message.ref, message.failure)
        return
      case "handler_finished":
        this.#requests.finished(message)
        return
      case "presence":
        this.#peers = message.peers
        this.#peersChanged.tell(message.peers)
        return
      case "log":
        this.#logged.tell(message)
        return
      case "runs_changed":
        this.#runsChanged.tell()
        return
      case "view_command":
        this.#viewed.tell(message)
        return
      case "document_updated":
        this.#documents.tell(message.panel, message.update)
        return
      case "resync":
        this.#ask(true)
        return
      default:
    }
  }

  #ask(since: boolean): void {
    this.#asking = true
    const { workspace } = this
    this.#line.send(
      since ? { kind: "subscribe", workspace, since: this.#mirror.seq } : { kind: "subscribe", workspace },
    )
  }

  #caughtUp(role: Role): void {
    this.#asking = false
    this.#loaded = true
    this.#role = role
    this.#ready.resolve()
    this.#runsChanged.tell()
  }

  #change(change: Change): void {
    const ref = this.#acceptedAt.get(change.seq) ?? change.submission
    this.#acceptedAt.delete(change.seq)
    const received = this.#mirror.receive(change, ref)
    if (received.kind === "known") return
    if (received.kind === "gap") {
      if (!this.#asking) this.#ask(this.#loaded)
      return
    }
    if (received.kind === "diverged") {
      this.#ask(false)
      return
    }
    this.#requests.confirmed(ref, change.seq)
    this.#noteRun(change, received.inverse)
    this.#touched.tell(received.touched, change)
  }

  #accepted(ref: string, seq: number): void {
    if (this.#mirror.seq < seq) this.#acceptedAt.set(seq, ref)
    else if (this.#mirror.pending.some((entry) => entry.ref === ref)) this.#withdraw(ref)
    this.#requests.confirmed(ref, seq)
  }

  #rejected(ref: string, failure: Failure): void {
    this.#history.forget(ref)
    this.#withdraw(ref)
    this.#requests.rejected(ref, failure)
    this.#historyChanged.tell()
  }

  /** Submissions whose change a snapshot at `seq` holds already: nothing else would take them off the graph again. */
  #acceptedUntil(seq: number): ReadonlySet<string> {
    const refs = new Set<string>()
    for (const [at, ref] of this.#acceptedAt) {
      if (at > seq) continue
      refs.add(ref)
      this.#acceptedAt.delete(at)
    }
    return refs
  }

  #withdraw(ref: string): void {
    const { touched } = this.#mirror.withdraw(ref)
    if (touched.length > 0) this.#touched.tell(touched, undefined)
  }

  async #submit(
    operations: readonly Operation[],
    reason: string,
    direction: Direction,
    group?: string,
  ): Promise<{ seq: number }> {
    if (this.#role === "viewer") {
      const detail = "You can look at this workspace, not change it."
      throw new NexusError({ code: "forbidden", detail, role: "viewer", needed: "editor" })
    }
    const message: ClientMessageOf<"operations_submit"> = {
      kind: "operations_submit",
      workspace: this.workspace,
      base: this.seq,
      operations: [...operations],
      reason: reason.slice(0, 200),
      traceparent: createTraceparent(this.#line.randomBytes),
      ref: createId("submission", this.#line.randomBytes),
    }
    assertSendable(message)
    const { ref } = message
    const applied = this.#mirror.submit(ref, operations)
    if (!applied.ok) throw new NexusError(applied.failure)
    const step = { ref, group, operations: guardInverse(applied.inverse, this.graph) }
    if (direction === "do") this.#history.did(step)
    else if (direction === "undo") this.#history.undid(step)
    else this.#history.redid(step)
    this.#touched.tell(applied.touched, undefined)
    this.#historyChanged.tell()
    return this.#requests.submit(message)
  }

  async #stepBack(direction: "undo" | "redo"): Promise<boolean> {
    const step = direction === "undo" ? this.#history.takeUndo() : this.#history.takeRedo()
    if (!step) return false
    try {
      await this.#submit(step.operations, direction, direction)
      return true
    } catch (error) {
      this.#historyChanged.tell()
      if (error instanceof NexusError && error.failure.code !== "unavailable") return false
      throw error
    }
  }

  #noteRun({ cause }: Change, inverse: readonly Operation[]): void {
    const run = cause.run
    if (!run || run.person === undefined || run.person.id !== this.viewer?.user) return
    this.#runs.set(run.id, [...inverse, ...(this.#runs.get(run.id) ?? [])])
    if (this.#ownRuns.has(run.id)) this.#runEnded(run.id)
    const oldest = this.#runs.keys().next().value
    if (this.#runs.size > 64 && oldest !== undefined) this.#runs.delete(oldest)
  }

  #runEnded(run: string): void {
    const inverse = this.#runs.get(run)
    this.#runs.delete(run)
    this.#ownRuns.add(run)
    if (!inverse) return
    this.#history.did({ ref: run, group: run, operations: guardInverse(inverse, this.graph) })
    this.#historyChanged.tell()
  }
}
