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
  type PanelLevel,
  type Peer,
  type Role,
  type ServerMessage,
  type Touch,
} from "@nexus/protocol"
import { History, type Steps } from "../store/history.ts"
import { Mirror } from "../store/mirror.ts"
import { SessionState } from "../store/session-state.ts"
import { Following } from "./following.ts"
import { type OfflineMirror, runOffline } from "./handlers-offline.ts"
import { Incoming } from "./incoming.ts"
import { KeptWork } from "./kept-work.ts"
import type { Line } from "./line.ts"
import type { Conflict } from "./outbox.ts"
import { OwnRuns } from "./own-runs.ts"
import { assertSendable, Requests } from "./requests.ts"
import { Submissions } from "./submissions.ts"
import { createTraceparent } from "./traceparent.ts"
import { WorkspaceEvents } from "./workspace-events.ts"
import type {
  DocumentNews,
  DocumentRequest,
  HandlerFinished,
  HandlerLog,
  Stop,
  SubmitOptions,
  TriggeredBy,
  ViewCommand,
  Viewer,
  WorkspaceMirror,
} from "./workspace-mirror.ts"

/** How long a graph that an earlier page left waits for a newer one before it is shown. */
const NEWER_WITHIN_MS = 1500

/**
 * A workspace's mirror tied to the wire: it asks for what it misses and never guesses, keeps every submission and
 * trigger until it is answered, and sends it again under the same ref after a reconnect, which the kernel answers
 * without doing it twice.
 */
export class MirroredWorkspace implements WorkspaceMirror {
  readonly workspace: string
  readonly #line: Line
  readonly #mirror = new Mirror()
  readonly #history = new History()
  readonly #events = new WorkspaceEvents()
  readonly #requests: Requests
  readonly #following: Following
  readonly #submissions: Submissions
  readonly #runs: OwnRuns
  readonly #kept: KeptWork
  readonly #incoming: Incoming
  readonly #sessions = new Map<string, SessionState>()
  #restored: boolean
  #presence: JsonObject | undefined

  constructor(line: Line) {
    const { workspace, outbox, randomBytes, clock } = line
    this.workspace = workspace
    this.#line = line
    const after = (ms: number, run: () => void) => clock.after(ms, run)
    const send = (message: ClientMessage) => line.send(message)
    this.#requests = new Requests(send, after)
    this.#following = new Following(workspace, send)
    const parts = {
      workspace,
      mirror: this.#mirror,
      history: this.#history,
      requests: this.#requests,
      following: this.#following,
      events: this.#events,
    }
    this.#submissions = new Submissions({
      ...parts,
      role: () => this.role,
      current: () => line.online() && !this.#following.asking,
      now: () => clock.now(),
      randomBytes,
      onQueued: (waiting) => this.#kept.queued(waiting),
    })
    this.#kept = new KeptWork({ ...parts, submissions: this.#submissions, outbox, after })
    this.#runs = new OwnRuns((step) => {
      this.#history.did(step)
      this.#events.historyChanged.tell()
    })
    this.#incoming = new Incoming({
      ...parts,
      submissions: this.#submissions,
      kept: this.#kept,
      runs: this.#runs,
      viewer: () => line.viewer(),
    })
    this.#restored = outbox === undefined
    if (outbox) void this.#restore()
  }

  get ready(): Promise<void> {
    return this.#following.ready
  }

  get graph(): Graph {
    return this.#mirror.graph
  }

  get seq(): number {
    return this.#mirror.seq
  }

  get role(): Role | undefined {
    return this.#following.role
  }

  get closed(): Failure | undefined {
    return this.#following.closed
  }

  levelOf(panel: string): PanelLevel {
    return this.#following.levelOf(panel)
  }

  get viewer(): Viewer | undefined {
    return this.#line.viewer()
  }

  get peers(): readonly Peer[] {
    return this.#incoming.peers
  }

  get queued(): number {
    return this.#requests.size
  }

  get safe(): boolean {
    return this.#requests.size === 0 || this.#kept.safe
  }

  get conflicts(): readonly Conflict[] {
    return this.#kept.conflicts
  }

  get canUndo(): boolean {
    return this.#history.canUndo
  }

  get steps(): Steps {
    return this.#history.steps
  }

  get canRedo(): boolean {
    return this.#history.canRedo
  }

  submit(operations: readonly Operation[], reason: string, options: SubmitOptions = {}): Promise<{ seq: number }> {
    return this.#submissions.submit({ operations, reason, direction: "do", group: options.group, undoes: [] })
  }

  async trigger(panel: string, handler: string, args: Json, by: TriggeredBy = "event"): Promise<HandlerFinished> {
    const { handlers, online } = this.#line
    if (handlers && by === "event" && this.#following.loaded && this.role !== "viewer" && !online()) {
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
    const queued = { message, at: this.#line.clock.now(), undoes: [] }
    const answer = this.#requests.trigger(queued, !online())
    const waiting = this.#requests.get(message.ref)
    if (waiting) this.#kept.queued(waiting)
    const finished = await answer
    this.#runs.ended(finished.run, this.graph)
    return finished
  }

  get #offline(): OfflineMirror {
    return {
      workspace: this.workspace,
      graph: () => this.graph,
      seq: () => this.seq,
      session: (panel) => this.session(panel),
      submit: (operations, reason, group) => this.submit(operations, reason, { group }),
      tellLog: (line) => this.#events.logged.tell(line),
      tellView: (command) => this.#events.viewed.tell(command),
    }
  }

  undo(): Promise<boolean> {
    return this.#submissions.stepBack("undo")
  }

  redo(): Promise<boolean> {
    return this.#submissions.stepBack("redo")
  }

  async overwrite(ref: string): Promise<{ seq: number }> {
    const conflict = this.conflicts.find((one) => one.ref === ref)
    if (!conflict) throw new NexusError({ code: "not-found", what: "conflict", id: ref })
    const operations = this.#kept.onTop(conflict, this.graph)
    if ("code" in operations) throw new NexusError(operations)
    if (!this.#line.online()) {
      const detail = "there is no line to the kernel; decide when it is back"
      throw new NexusError({ code: "unavailable", what: "Putting it on top", detail })
    }
    const done = operations.length === 0 ? { seq: this.seq } : await this.submit(operations, conflict.reason)
    this.#kept.decided(ref)
    return done
  }

  discard(ref: string): void {
    this.#kept.decided(ref)
  }

  flush(): Promise<void> {
    return this.#kept.flush()
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

  sendDocument(message: DocumentRequest): void {
    this.#line.send(message)
  }

  onTouched(listener: (touched: readonly Touch[], change?: Change) => void): Stop {
    return this.#events.touched.add(listener)
  }

  onLog(listener: (line: HandlerLog) => void): Stop {
    return this.#events.logged.add(listener)
  }

  onView(listener: (command: ViewCommand) => void): Stop {
    return this.#events.viewed.add(listener)
  }

  onPeers(listener: (peers: readonly Peer[]) => void): Stop {
    return this.#events.peersChanged.add(listener)
  }

  onHistory(listener: () => void): Stop {
    return this.#events.historyChanged.add(listener)
  }

  onQueue(listener: () => void): Stop {
    return this.#events.queueChanged.add(listener)
  }

  onConflicts(listener: () => void): Stop {
    return this.#events.conflictsChanged.add(listener)
  }

  onRuns(listener: () => void): Stop {
    return this.#events.runsChanged.add(listener)
  }

  onDocument(panel: string, listener: (message: DocumentNews) => void): Stop {
    const stop = this.#events.documents.add((news) => (!("panel" in news) || news.panel === panel) && listener(news))
    const { loaded, asking } = this.#following
    listener({ kind: "line", open: loaded && !asking && this.#line.online() })
    return stop
  }

  close(): void {
    const failure: Failure = { code: "unavailable", what: "The workspace", detail: "it was closed here." }
    this.#kept.close()
    this.#following.close(failure)
    this.#requests.failAll(failure)
    this.#line.onClose()
  }

  /** The line is open: ask for what is missing, then repeat what has no answer. */
  connected(): void {
    if (!this.#restored) return
    this.#incoming.askSince()
    if (this.#presence) this.setPresence(this.#presence)
    this.#requests.connected()
  }

  /** The line is gone: what was seen last stays on the screen, and what is done from here on waits. */
  lost(): void {
    this.#events.documents.tell({ kind: "line", open: false })
    if (!this.#restored) return
    this.#submissions.lost()
    this.#following.showWhatIsThere()
  }

  /** This person is no longer a member: what is kept here of the workspace goes too. */
  shut(failure: Failure): void {
    this.#following.shut(failure)
    this.#kept.closedToUs()
    this.#events.touched.tell([], undefined)
  }

  /** The kernel refused something that named no request. */
  refused(failure: Failure): void {
    if (this.#following.refused(failure)) this.#kept.closedToUs()
  }

  receive(message: ServerMessage): void {
    this.#incoming.receive(message)
  }

  async #restore(): Promise<void> {
    try {
      await this.#kept.restore()
    } catch {
      // What an earlier page left cannot be read; the kernel has everything that it confirmed.
    }
    this.#restored = true
    this.#events.touched.tell([], undefined)
    if (this.#line.online()) this.connected()
    else if (this.#line.away()) this.#following.showWhatIsThere()
    else this.#line.clock.after(NEWER_WITHIN_MS, () => this.#following.showWhatIsThere())
  }
}
