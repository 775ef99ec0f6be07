import {
  type ClientMessageOf,
  createId,
  type Failure,
  type Graph,
  NexusError,
  type Operation,
  type Role,
} from "@nexus/protocol"
import { guardInverse, type History } from "../store/history.ts"
import type { Mirror } from "../store/mirror.ts"
import { assertSendable, type Requests } from "./requests.ts"
import { createTraceparent } from "./traceparent.ts"
import type { WorkspaceEvents } from "./workspace-events.ts"

type Direction = "do" | "undo" | "redo"

/** A submission as it is made. */
interface NewSubmission {
  readonly operations: readonly Operation[]
  readonly reason: string
  readonly direction: Direction
  readonly group: string | undefined
}

interface SubmissionsOptions {
  readonly workspace: string
  readonly mirror: Mirror
  readonly history: History
  readonly requests: Requests
  readonly events: WorkspaceEvents
  readonly role: () => Role | undefined
  readonly randomBytes: (length: number) => Uint8Array
}

/**
 * What this client changes itself: on the screen at once, in its history, and with the kernel until it is answered. A
 * submission that no longer fits leaves the screen at once, but only the kernel's word ends it: it may have been accepted
 * before the line broke.
 */
export class Submissions {
  readonly #options: SubmissionsOptions
  /** Refs by the seq that accepted them, until that change is here. */
  readonly #acceptedAt = new Map<number, string>()

  constructor(options: SubmissionsOptions) {
    this.#options = options
  }

  get #graph(): Graph {
    return this.#options.mirror.graph
  }

  async submit({ operations, reason, direction, group }: NewSubmission): Promise<{ seq: number }> {
    const { workspace, mirror, history, requests, events, role, randomBytes } = this.#options
    if (role() === "viewer") {
      const detail = "You can look at this workspace, not change it."
      throw new NexusError({ code: "forbidden", detail, role: "viewer", needed: "editor" })
    }
    const message: ClientMessageOf<"operations_submit"> = {
      kind: "operations_submit",
      workspace,
      base: mirror.seq,
      operations: [...operations],
      reason: reason.slice(0, 200),
      traceparent: createTraceparent(randomBytes),
      ref: createId("submission", randomBytes),
    }
    assertSendable(message)
    const { ref } = message
    const applied = mirror.submit(ref, operations)
    if (!applied.ok) throw new NexusError(applied.failure)
    const step = { ref, group, operations: guardInverse(applied.inverse, this.#graph) }
    if (direction === "do") history.did(step)
    else if (direction === "undo") history.undid(step)
    else history.redid(step)
    events.touched.tell(applied.touched, undefined)
    events.historyChanged.tell()
    return requests.submit(message)
  }

  /** Takes back, or does again, the last step of this client; `false` when there is none or it no longer fits. */
  async stepBack(direction: "undo" | "redo"): Promise<boolean> {
    const { history, events } = this.#options
    const step = direction === "undo" ? history.takeUndo() : history.takeRedo()
    if (!step) return false
    try {
      await this.submit({ operations: step.operations, reason: direction, direction, group: undefined })
      return true
    } catch (error) {
      events.historyChanged.tell()
      if (error instanceof NexusError && error.failure.code !== "unavailable") return false
      throw error
    }
  }

  /** The own submission that the change at `seq` confirms: the one that it names, unless the kernel said another. */
  refAt(seq: number, submission: string): string {
    const ref = this.#acceptedAt.get(seq) ?? submission
    this.#acceptedAt.delete(seq)
    return ref
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

  #withdraw(ref: string): void {
    this.#options.events.tellTouched(this.#options.mirror.withdraw(ref).touched)
  }
}
