import {
  type Applied,
  apply,
  type Change,
  type Failure,
  Graph,
  type Operation,
  type Snapshot,
  type Touch,
} from "@nexus/protocol"
import { guardOperations, joinOperations } from "./guard.ts"

/**
 * The graph as this client sees it: what the kernel confirmed, and on top, in order, what this client submitted and has
 * no answer to yet. When a change arrives, the pending submissions are taken back by their inverses, the change is
 * applied, and they are applied again: so the confirmed graph under them is exactly the kernel's, and the screen never
 * waits for the wire. A change whose seq is not the next one is a gap: the mirror says so and takes nothing of it.
 *
 * It holds no socket and no clock. Merging concurrent edits on the client was refused: there is one order, the journal's.
 */
export class Mirror {
  #graph = new Graph()
  #seq = 0
  #pending: Pending[] = []

  /** Confirmed and pending together. Replaced by `reset`: do not keep it. */
  get graph(): Graph {
    return this.#graph
  }

  /** The last confirmed change. */
  get seq(): number {
    return this.#seq
  }

  get pending(): readonly Pending[] {
    return this.#pending
  }

  /** Starts again from a snapshot; what is pending is applied on top, without the submissions that it `holds`. */
  reset(snapshot: Snapshot, holds: ReadonlySet<string> = new Set()): Rebased {
    const before = [...this.#graph.entities()].map(({ id }) => ({ id }))
    this.#graph = Graph.fromSnapshot(snapshot)
    this.#seq = snapshot.seq
    this.#pending = this.#pending.filter(({ ref }) => !holds.has(ref))
    for (const entry of this.#pending) entry.inverse = undefined
    const { touched, dropped } = this.#reapply()
    const now = [...this.#graph.entities()].map(({ id }) => ({ id }))
    return { touched: [...before, ...now, ...touched], dropped }
  }

  /** Takes the next confirmed change; `ref` is the own submission that it confirms. */
  receive(change: Change, ref: string = change.submission): Received {
    if (change.seq <= this.#seq) return { kind: "known" }
    if (change.seq !== this.#seq + 1) return { kind: "gap" }
    const rolledBack = this.#rollBack()
    const applied = apply(this.#graph, change.operations)
    if (!applied.ok) {
      this.#reapply()
      return { kind: "diverged", failure: applied.failure }
    }
    this.#seq = change.seq
    const own = this.#take(ref)
    const { touched, dropped } = this.#reapply()
    return {
      kind: "applied",
      inverse: applied.inverse,
      own,
      touched: [...rolledBack, ...applied.touched, ...touched],
      dropped,
    }
  }

  /** Applies a submission on top, or answers why it does not fit the graph as it is now. */
  submit(ref: string, operations: readonly Operation[]): Applied | { readonly ok: false; readonly failure: Failure } {
    const applied = apply(this.#graph, operations)
    if (applied.ok) this.#pending.push({ ref, operations, inverse: applied.inverse, undo: applied.inverse })
    return applied
  }

  /**
   * Adds to the newest submission, which nobody has seen yet; its inverse is then that of both. Answers why when it does
   * not fit.
   */
  extend(ref: string, operations: readonly Operation[]): Applied | { readonly ok: false; readonly failure: Failure } {
    const entry = this.#pending.at(-1)
    if (entry?.ref !== ref) throw new Error(`${ref} is not the newest submission`)
    const applied = apply(this.#graph, operations)
    if (!applied.ok) return applied
    entry.operations = joinOperations(entry.operations, operations)
    entry.undo = [...applied.inverse, ...entry.undo]
    entry.inverse = entry.undo
    return applied
  }

  /** Lets every pending submission carry what it believes to be there: the line is gone, and others go on. */
  guardPending(): readonly Pending[] {
    this.#rollBack()
    this.#reapply((entry) => {
      entry.operations = guardOperations(entry.operations, this.#graph)
    })
    return this.#pending
  }

  /** What the kernel confirmed, without what is pending. */
  toConfirmed(workspace: string): Snapshot {
    const confirmed = this.#graph.fork()
    for (const { inverse } of this.#pending.toReversed()) if (inverse) apply(confirmed, inverse)
    return { workspace, seq: this.#seq, ...confirmed.toSnapshot() }
  }

  /** Takes a submission off the graph: the kernel refused it, or has it in a change that is here already. */
  withdraw(ref: string): Rebased {
    const rolledBack = this.#rollBack()
    this.#take(ref)
    const { touched, dropped } = this.#reapply()
    return { touched: [...rolledBack, ...touched], dropped }
  }

  #take(ref: string): Pending | undefined {
    const index = this.#pending.findIndex((entry) => entry.ref === ref)
    return index < 0 ? undefined : this.#pending.splice(index, 1)[0]
  }

  #rollBack(): Touch[] {
    const touched: Touch[] = []
    for (const entry of this.#pending.toReversed()) {
      if (!entry.inverse) continue
      const undone = apply(this.#graph, entry.inverse)
      if (!undone.ok) throw new Error(`pending ${entry.ref} cannot be taken back: ${undone.failure.code}`)
      entry.inverse = undefined
      touched.push(...undone.touched)
    }
    return touched
  }

  #reapply(before: (entry: Pending) => void = () => {}): Rebased {
    const touched: Touch[] = []
    const dropped: Dropped[] = []
    const kept: Pending[] = []
    for (const entry of this.#pending) {
      before(entry)
      const applied = apply(this.#graph, entry.operations)
      if (applied.ok) {
        entry.inverse = applied.inverse
        entry.undo = applied.inverse
        touched.push(...applied.touched)
        kept.push(entry)
      } else dropped.push({ ref: entry.ref, failure: applied.failure })
    }
    this.#pending = kept
    return { touched, dropped }
  }
}

/** A submission without an answer. `inverse` takes it off the graph as it stands; `undo` is what it was last. */
export interface Pending {
  readonly ref: string
  operations: readonly Operation[]
  inverse: readonly Operation[] | undefined
  undo: readonly Operation[]
}

/** A pending submission that no longer applies on top of what came. */
export interface Dropped {
  readonly ref: string
  readonly failure: Failure
}

export interface Rebased {
  readonly touched: readonly Touch[]
  readonly dropped: readonly Dropped[]
}

/** `known`: it is here already. `gap`: ask for what is missing. `diverged`: ask for a snapshot. */
export type Received =
  | { readonly kind: "known" }
  | { readonly kind: "gap" }
  | { readonly kind: "diverged"; readonly failure: Failure }
  | ({ readonly kind: "applied"; readonly inverse: readonly Operation[]; readonly own: Pending | undefined } & Rebased)
