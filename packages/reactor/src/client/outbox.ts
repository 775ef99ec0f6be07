import type { Change, ClientMessageOf, Failure, Operation, Role, Snapshot } from "@nexus/protocol"
import type { Steps } from "../store/history.ts"

/**
 * What one person's client keeps of one workspace where a closed page does not lose it: the last confirmed graph, what
 * has no answer yet, what did not fit, and what can be undone. A port: the page puts the browser's database behind it.
 *
 * It is written in lists, each in one transaction, so that no moment is kept in which an answer and what it answers
 * contradict each other. Keeping the graph as the screen shows it was refused: what is pending could not be taken off
 * again when somebody else's change comes first.
 */
export interface Outbox {
  /**
   * What earlier pages left. What waited in pages that are gone belongs to this one from now on; what waits in one that
   * is still open is that one's to send.
   */
  open(): Promise<Left>
  write(writes: readonly OutboxWrite[]): Promise<void>
  /** Told when another page of this person changed what is shared: its steps and what did not fit, or left its queue. */
  onOthers(listener: (others: Others) => void): () => void
  close(): void
}

/** A request that has no answer yet. */
export interface Queued {
  readonly message: ClientMessageOf<"operations_submit"> | ClientMessageOf<"handler_trigger">
  /** When the person did it, in milliseconds since the epoch. */
  readonly at: number
  /** The submissions that it takes back, where it is an undo or a redo. */
  readonly undoes: readonly string[]
}

/** Something the person did that the kernel refused when the line was back. It stays until the person decides. */
export interface Conflict {
  /** The first submission of it; later ones at the same place have joined. */
  readonly ref: string
  readonly at: number
  readonly reason: string
  /** With what they expected to find. */
  readonly operations: readonly Operation[]
  readonly failure: Failure
}

/** The last confirmed graph: a snapshot, and every change since. */
export interface Confirmed {
  readonly role: Role
  readonly snapshot: Snapshot
  readonly changes: readonly Change[]
}

export interface Left {
  readonly confirmed: Confirmed | undefined
  /** In the order they were made. */
  readonly queue: readonly Queued[]
  readonly conflicts: readonly Conflict[]
  readonly steps: Steps
}

export type Others = Partial<Pick<Left, "queue" | "conflicts" | "steps">>

export type OutboxWrite =
  /** Replaces the graph and every change up to it. */
  | { readonly kind: "snapshot"; readonly role: Role; readonly snapshot: Snapshot }
  | { readonly kind: "change"; readonly change: Change }
  /** Adds, or replaces under the same ref. */
  | { readonly kind: "queued"; readonly queued: Queued }
  | { readonly kind: "answered"; readonly ref: string }
  | { readonly kind: "conflict"; readonly conflict: Conflict }
  | { readonly kind: "decided"; readonly ref: string }
  | { readonly kind: "steps"; readonly steps: Steps }
  /** The kernel does not show this workspace to this person any more: its graph is forgotten. */
  | { readonly kind: "closed_to_us" }
