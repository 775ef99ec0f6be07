import { NexusError } from "@nexus/protocol"

const MAX_WAITING = 1000

/** One turn at a time per panel. Turns of one panel queue up in order; panels do not wait for each other. */
export class Lanes {
  readonly #tails = new Map<string, Promise<unknown>>()
  readonly #waiting = new Map<string, number>()

  /** Runs `turn` when every earlier turn of `panel` is over. Throws `rate-limited` when too many wait. */
  async take<Result>(panel: string, turn: () => Promise<Result>): Promise<Result> {
    const waiting = this.#waiting.get(panel) ?? 0
    if (waiting >= MAX_WAITING) throw new NexusError({ code: "rate-limited", retryAfterMs: 1000 })
    this.#waiting.set(panel, waiting + 1)
    const before = this.#tails.get(panel) ?? Promise.resolve()
    const mine = before.then(turn, turn)
    this.#tails.set(panel, mine)
    try {
      return await mine
    } finally {
      const left = (this.#waiting.get(panel) ?? 1) - 1
      if (left > 0) this.#waiting.set(panel, left)
      else this.#waiting.delete(panel)
      if (this.#tails.get(panel) === mine) this.#tails.delete(panel)
    }
  }
}
