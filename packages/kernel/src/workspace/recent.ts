import type { Change } from "@nexus/protocol"

const KEPT = 256

/** The newest changes, in memory: what a client missed in a short absence need not be read from the journal. */
export class RecentChanges {
  #changes: Change[] = []

  add(change: Change): void {
    this.#changes.push(change)
    if (this.#changes.length > KEPT * 2) this.#changes = this.#changes.slice(-KEPT)
  }

  /** Every change after `seq` up to `now`; `undefined` when it reaches back too far. */
  after(seq: number, now: number): readonly Change[] | undefined {
    if (seq === now) return []
    const first = this.#changes[0]
    if (!first || first.seq > seq + 1) return undefined
    return this.#changes.slice(seq + 1 - first.seq)
  }
}
