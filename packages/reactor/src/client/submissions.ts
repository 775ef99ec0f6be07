import {
  type ClientMessageOf,
  createId,
  type Failure,
  type Graph,
  isCommentOperation,
  NexusError,
  type Operation,
  type Role,
} from "@nexus/protocol"
import { guardOperations, joinOperations } from "../store/guard.ts"
import { guardInverse, type History, onSourcesOfNow } from "../store/history.ts"
import type { Mirror } from "../store/mirror.ts"
import type { Queued } from "./outbox.ts"
import { assertSendable, type Requests, type Waiting } from "./requests.ts"
import { createTraceparent } from "./traceparent.ts"
import type { WorkspaceEvents } from "./workspace-events.ts"

type Direction = "do" | "undo" | "redo"

/** A submission as it is made. */
interface NewSubmission {
  readonly operations: readonly Operation[]
  readonly reason: string
  readonly direction: Direction
  readonly group: string | undefined
  /** The submissions that it takes back. */
  readonly undoes: readonly string[]
  /** What a step back takes back, in the words it was done with. */
  readonly what?: string
}

interface SubmissionsOptions {
  readonly workspace: string
  readonly mirror: Mirror
  readonly history: History
  readonly requests: Requests
  readonly events: WorkspaceEvents
  readonly role: () => Role | undefined
  /** Is the graph what everybody sees, now? */
  readonly current: () => boolean
  readonly now: () => number
  readonly randomBytes: (length: number) => Uint8Array
  /** What was asked is to be kept until its answer. */
  readonly onQueued: (queued: Waiting) => void
}

/**
 * What this client changes itself: on the screen at once, in its history, and with the kernel until it is answered. A
 * submission that no longer fits leaves the screen at once, but only the kernel's word ends it: it may have been accepted
 * before the line broke. One that is made without a line carries what it believes to be there; in a row in one field
 * they are one submission.
 */
export class Submissions {
  readonly #options: SubmissionsOptions
  /** Refs by the seq that accepted them, until that change is here. */
  readonly #acceptedAt = new Map<number, string>()
  /** The group of the newest submission, while it can still grow. */
  #growing: { readonly ref: string; readonly group: string } | undefined

  constructor(options: SubmissionsOptions) {
    this.#options = options
  }

  get #graph(): Graph {
    return this.#options.mirror.graph
  }

  async submit(submission: NewSubmission): Promise<{ seq: number }> {
    const { role, current, mirror, requests } = this.#options
    const talks = submission.operations.every((operation) => isCommentOperation(this.#graph, operation))
    if (role() === "viewer" && !talks) {
      const detail = "You can look at this workspace, not change it."
      throw new NexusError({ code: "forbidden", detail, role: "viewer", needed: "editor" })
    }
    const late = !current()
    const { group } = submission
    const last = mirror.pending.at(-1)
    const grows = group !== undefined && last?.ref === this.#growing?.ref && group === this.#growing?.group
    const before = late && grows && last ? requests.get(last.ref) : undefined
    if (before && !before.sent && before.message.kind === "operations_submit") {
      return this.#extend(before.message, submission)
    }
    return this.#begin(submission, late)
  }

  async #begin(submission: NewSubmission, late: boolean): Promise<{ seq: number }> {
    const { mirror, requests, onQueued, now } = this.#options
    const { reason, group, undoes } = submission
    const operations = late ? guardOperations(submission.operations, this.#graph) : submission.operations
    const message = this.#message(operations, reason)
    assertSendable(message)
    const { ref } = message
    const applied = mirror.submit(ref, operations)
    if (!applied.ok) throw new NexusError(applied.failure)
    this.#growing = group === undefined ? undefined : { ref, group }
    const queued: Queued = { message, at: now(), undoes }
    const answer = requests.submit(queued, late)
    this.#did(ref, submission, applied)
    const waiting = requests.get(ref)
    if (waiting) onQueued(waiting)
    return answer
  }

  async #extend(message: ClientMessageOf<"operations_submit">, submission: NewSubmission): Promise<{ seq: number }> {
    const { mirror, requests, onQueued } = this.#options
    const { ref } = message
    const more = guardOperations(submission.operations, this.#graph)
    const operations = joinOperations(message.operations, more)
    assertSendable({ ...message, operations: [...operations] })
    const applied = mirror.extend(ref, more)
    if (!applied.ok) throw new NexusError(applied.failure)
    const answer = requests.extend(ref, operations)
    this.#did(ref, submission, applied)
    const waiting = requests.get(ref)
    if (waiting) onQueued(waiting)
    return answer
  }

  /** Takes back, or does again, the last step of this client; `false` when there is none or it no longer fits. */
  async stepBack(direction: "undo" | "redo"): Promise<boolean> {
    const { history, events } = this.#options
    const step = direction === "undo" ? history.takeUndo() : history.takeRedo()
    if (!step) return false
    const { refs, what = direction } = step
    const operations = onSourcesOfNow(step.operations, this.#graph)
    try {
      await this.submit({ operations, reason: direction, direction, group: undefined, undoes: refs, what })
      return true
    } catch (error) {
      events.historyChanged.tell()
      if (error instanceof NexusError && error.failure.code !== "unavailable") return false
      throw error
    }
  }

  /** The line is gone: what has no answer carries from now on what it believes to be there. */
  lost(): void {
    const { mirror, requests, onQueued } = this.#options
    const late = new Set([...requests.all()].filter((one) => !one.late).map(({ message }) => message.ref))
    requests.lost()
    for (const { ref, operations } of mirror.guardPending()) if (late.has(ref)) requests.replace(ref, operations)
    for (const waiting of requests.all()) if (late.has(waiting.message.ref)) onQueued(waiting)
  }

  /** Puts on the screen what a page before this one left without an answer. */
  adopt(queued: Queued): void {
    const { mirror, requests, events } = this.#options
    if (requests.get(queued.message.ref)) return
    requests.adopt(queued)
    if (queued.message.kind !== "operations_submit") return
    const operations = guardOperations(queued.message.operations, this.#graph)
    requests.replace(queued.message.ref, operations)
    const applied = mirror.submit(queued.message.ref, operations)
    if (applied.ok) events.tellTouched(applied.touched)
  }

  /** The own submission that the change at `seq` confirms: the one that it names, unless the kernel said another. */
  refAt(seq: number, submission: string): string {
    return this.#acceptedAt.get(seq) ?? submission
  }

  /** The change at `seq` is in the graph. A gap before it is no reason to forget whom it confirms: a snapshot may fill it. */
  confirmed(ref: string, seq: number): void {
    this.#acceptedAt.delete(seq)
    this.#options.requests.confirmed(ref, seq)
  }

  accepted(ref: string, seq: number): void {
    const { mirror, requests } = this.#options
    if (mirror.seq < seq) this.#acceptedAt.set(seq, ref)
    else if (mirror.pending.some((entry) => entry.ref === ref)) this.#withdraw(ref)
    requests.confirmed(ref, seq)
  }

  rejected(ref: string, failure: Failure): void {
    const { history, requests, events } = this.#options
    history.forget(ref)
    this.#withdraw(ref)
    requests.rejected(ref, failure)
    events.historyChanged.tell()
  }

  /** Submissions whose change a snapshot at `seq` holds already: nothing else would take them off the graph again. */
  acceptedUntil(seq: number): ReadonlySet<string> {
    const refs = new Set<string>()
    for (const [at, ref] of this.#acceptedAt) {
      if (at > seq) continue
      refs.add(ref)
      this.#acceptedAt.delete(at)
    }
    return refs
  }

  #message(operations: readonly Operation[], reason: string): ClientMessageOf<"operations_submit"> {
    const { workspace, mirror, randomBytes } = this.#options
    return {
      kind: "operations_submit",
      workspace,
      base: mirror.seq,
      operations: [...operations],
      reason: reason.slice(0, 200),
      traceparent: createTraceparent(randomBytes),
      ref: createId("submission", randomBytes),
    }
  }

  #did(
    ref: string,
    { direction, group, reason, what = reason }: NewSubmission,
    { inverse, touched }: Extract<ReturnType<Mirror["submit"]>, { ok: true }>,
  ): void {
    const { history, events } = this.#options
    const step = { refs: [ref], group, what, operations: guardInverse(inverse, this.#graph) }
    if (direction === "do") history.did(step)
    else if (direction === "undo") history.undid(step)
    else history.redid(step)
    events.touched.tell(touched, undefined)
    events.historyChanged.tell()
  }

  #withdraw(ref: string): void {
    this.#options.events.tellTouched(this.#options.mirror.withdraw(ref).touched)
  }
}
