import {
  type Change,
  type Failure,
  type Graph,
  NexusError,
  type Operation,
  type Role,
  type Snapshot,
} from "@nexus/protocol"
import { onTop } from "../store/guard.ts"
import type { History } from "../store/history.ts"
import type { Mirror } from "../store/mirror.ts"
import { Conflicts } from "./conflicts.ts"
import type { Following } from "./following.ts"
import { Keeping } from "./keeping.ts"
import type { Conflict, Left, Others, Outbox } from "./outbox.ts"
import type { Requests, Waiting } from "./requests.ts"
import type { Submissions } from "./submissions.ts"
import type { WorkspaceEvents } from "./workspace-events.ts"

interface KeptWorkOptions {
  readonly workspace: string
  /** Without one, everything is kept as long as the page is open. */
  readonly outbox: Outbox | undefined
  readonly after: (ms: number, run: () => void) => () => void
  readonly mirror: Mirror
  readonly history: History
  readonly following: Following
  readonly requests: Requests
  readonly submissions: Submissions
  readonly events: WorkspaceEvents
}

/**
 * What outlives the line and the page: the last graph, the queue, one's own steps, and what did not fit. A refused
 * submission that was made without a line becomes a conflict; one that is refused at once is only said, for the person
 * is looking at it.
 */
export class KeptWork {
  readonly #options: KeptWorkOptions
  readonly #keeping: Keeping | undefined
  readonly #conflicts = new Conflicts()
  /** Refused, and taken back by the person already: nobody misses it. */
  readonly #moot = new Set<string>()
  #hearing = false

  constructor(options: KeptWorkOptions) {
    this.#options = options
    const { outbox, after, mirror, following, workspace, history, events } = options
    if (!outbox) return
    const snapshot = () => mirror.toConfirmed(workspace)
    this.#keeping = new Keeping({ outbox, after, snapshot, role: () => following.role })
    events.historyChanged.add(() => {
      // What was just heard from another page, or read, is kept there already: saying it again would never end.
      if (!this.#hearing) this.#keeping?.steps(history.steps)
    })
  }

  get conflicts(): readonly Conflict[] {
    return this.#conflicts.all
  }

  /** Would everything that has no answer be there again if the page ended now? */
  get safe(): boolean {
    return this.#keeping?.idle === true
  }

  /** Puts on the screen what earlier pages left. Rejects when it cannot be read; the page then starts with nothing. */
  async restore(): Promise<void> {
    /** Heard before there was a graph to put it on. */
    let early: Others[] | undefined = []
    const left = await this.#keeping?.open((others) => (early ? early.push(others) : this.#hear(others)))
    if (left) this.#show(left)
    const heard = early
    early = undefined
    for (const others of heard) this.#hear(others)
  }

  snapshot(role: Role, snapshot: Snapshot): void {
    this.#keeping?.snapshot(role, snapshot)
  }

  change(change: Change, ref: string): void {
    this.#keeping?.change(change)
    this.#keeping?.answered(ref)
  }

  queued(waiting: Waiting): void {
    const { message, at, undoes, late } = waiting
    this.#keeping?.queued({ message, at, undoes }, late)
    this.#options.events.queueChanged.tell()
  }

  answered(ref: string): void {
    this.#keeping?.answered(ref)
    this.#options.events.queueChanged.tell()
  }

  /** The kernel refused `waiting`: what was made without a line is kept for the person to decide. */
  refused(waiting: Waiting, failure: Failure): void {
    const { message, late, asking } = waiting
    const { ref } = message
    this.answered(ref)
    const heard = message.kind === "handler_trigger" && asking.length > 0
    if (!late || heard || this.#takenBack(ref)) return
    const conflict = this.#conflicts.add(waiting, failure)
    this.#keeping?.conflict(conflict)
    this.#options.events.conflictsChanged.tell()
  }

  /** What `overwrite` would do to the graph of now, or why it cannot. */
  onTop(conflict: Conflict, graph: Graph): readonly Operation[] | Failure {
    return onTop(conflict.operations, graph)
  }

  /** The person decided. */
  decided(ref: string): void {
    if (!this.#conflicts.take(ref)) throw new NexusError({ code: "not-found", what: "conflict", id: ref })
    this.#keeping?.decided(ref)
    this.#options.events.conflictsChanged.tell()
  }

  /** This person may not see the workspace any more. */
  closedToUs(): void {
    this.#keeping?.closedToUs()
  }

  flush(): Promise<void> {
    return this.#keeping?.flush() ?? Promise.resolve()
  }

  close(): void {
    void this.#keeping?.close()
  }

  #show({ confirmed, queue, conflicts, steps }: Left): void {
    const { mirror, following } = this.#options
    this.#hear({ steps, conflicts })
    const answered = new Set<string>()
    if (confirmed) {
      mirror.reset(confirmed.snapshot)
      for (const change of confirmed.changes) {
        mirror.receive(change)
        answered.add(change.submission)
      }
      following.restored(confirmed.role)
    }
    this.#adopt(queue.filter(({ message }) => !answered.has(message.ref)))
    for (const ref of answered) this.#keeping?.answered(ref)
  }

  #hear({ queue, conflicts, steps }: Others): void {
    const { history, events } = this.#options
    this.#hearing = true
    if (steps) {
      history.restore(steps)
      events.historyChanged.tell()
    }
    if (conflicts) {
      this.#conflicts.restore(conflicts)
      events.conflictsChanged.tell()
    }
    this.#hearing = false
    if (queue) this.#adopt(queue)
  }

  #adopt(queue: Left["queue"]): void {
    for (const queued of queue) this.#options.submissions.adopt(queued)
    if (queue.length > 0) this.#options.events.queueChanged.tell()
  }

  #takenBack(ref: string): boolean {
    if (this.#moot.delete(ref)) return true
    const undo = [...this.#options.requests.all()].find(({ undoes }) => undoes.includes(ref))
    if (undo) this.#moot.add(undo.message.ref)
    return undo !== undefined
  }
}
