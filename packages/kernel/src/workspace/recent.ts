import { type Change, weigh } from "@nexus/protocol"

const KEPT = 256

/** The newest changes, in memory: what a client missed in a short absence need not be read from the journal. */
export class RecentChanges {
  #changes: Change[] = []
  /** What they weighed up to the newest of then. */
  #weighed = { seq: 0, bytes: 0 }

  /** About how many bytes they take. */
  get bytes(): number {
    const seq = this.#changes.at(-1)?.seq ?? 0
    if (seq !== this.#weighed.seq) this.#weighed = { seq, bytes: weigh(this.#changes) }
    return this.#weighed.bytes
  }

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
