import type { Change, Snapshot } from "@nexus/protocol"

/**
 * The durable, ordered list of changes: the truth. A journal keeps its word or says no. `append` resolves only when
 * the change would survive a power cut; it compares and sets on (workspace, epoch, seq), so that a kernel that lost its
 * place can append nothing; and a submission id appears once per workspace. Many appends may be under way at once: an
 * adapter makes whatever waits into one durable write (group commit). Failures are `NexusError`s: `lease-lost` when
 * another writer took the workspace, `conflict` when seq or submission is not the next, `unavailable` when the disk
 * says no. Both adapters pass `acceptance/journal.ts`.
 */
export interface Journal {
  /** Makes the workspace known; nothing happens when it is already. */
  create(workspace: string): Promise<void>
  workspaces(): Promise<readonly string[]>
  /** Takes the workspace: every earlier writer's epoch is void from now on. `not-found` when it was never created. */
  acquire(workspace: string): Promise<number>
  append(change: Change, epoch: number): Promise<void>
  /** Changes with `seq > after`, oldest first, at most `limit`. */
  changes(workspace: string, after: number, limit: number): Promise<readonly Change[]>
  /** The change that this submission became, if it did. */
  find(workspace: string, submission: string): Promise<Change | undefined>
  /** Keeps the last two. Refused with `lease-lost` when the epoch is void. */
  saveSnapshot(snapshot: Snapshot, epoch: number): Promise<void>
  /** The newest snapshot whose checksum holds. */
  loadSnapshot(workspace: string): Promise<Snapshot | undefined>

  /** Values that never enter a change: secret states, and what handlers keep with `nexus.kv`. */
  readonly values: ValueStore

  close(): Promise<void>
}

/** A small durable key-value store beside the journal. `value` is JSON text; `undefined` removes. */
export interface ValueStore {
  get(workspace: string, space: string, key: string): Promise<string | undefined>
  set(workspace: string, space: string, key: string, value: string | undefined): Promise<void>
  /** The spaces that hold a value, in order. */
  spaces(workspace: string, prefix: string): Promise<readonly string[]>
  list(workspace: string, space: string, prefix: string, limit: number): Promise<readonly (readonly [string, string])[]>
}
