import type { Entity } from "./entity.ts"

export interface Scored {
  readonly entity: Entity
  readonly score: number
}

/**
 * The best of many by score and then by id, best first, without putting all the others in order: a common word stands in
 * tens of thousands of entities, of which an answer holds a few hundred.
 */
export class Best {
  readonly #limit: number
  /** Best first. */
  readonly #kept: Scored[] = []
  cut = false

  constructor(limit: number) {
    this.#limit = limit
  }

  get entities(): Entity[] {
    return this.#kept.map(({ entity }) => entity)
  }

  offer(scored: Scored): void {
    const kept = this.#kept
    const last = kept[kept.length - 1]
    const full = kept.length === this.#limit
    if (full) this.cut = true
    if (full && last && !isBetter(scored, last)) return
    let [low, high] = [0, kept.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      const there = kept[middle]
      if (there && isBetter(there, scored)) low = middle + 1
      else high = middle
    }
    kept.splice(low, 0, scored)
    if (full) kept.pop()
  }
}

function isBetter(one: Scored, other: Scored): boolean {
  return one.score > other.score || (one.score === other.score && one.entity.id < other.entity.id)
}
