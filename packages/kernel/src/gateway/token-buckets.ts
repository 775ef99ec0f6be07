/**
 * A bucket of tokens for each key: so many come back in a second, and so many lie in it at most. It is full for whom it
 * has not seen, so that only those are kept who are being refilled. A window that is counted from its first message was
 * refused: it lets twice as much through around its edge, and makes whoever used it up wait for its end and not for the
 * next token.
 */
export class TokenBuckets {
  readonly #perMs: number
  readonly #most: number
  readonly #now: () => number
  /** The longest untouched first. */
  readonly #buckets = new Map<string, { readonly tokens: number; readonly at: number }>()

  constructor(size: { readonly perSecond: number; readonly most: number }, now: () => number) {
    this.#perMs = size.perSecond / 1000
    this.#most = size.most
    this.#now = now
  }

  /** How many are being refilled. */
  get size(): number {
    return this.#buckets.size
  }

  /** Takes one; gives after how many milliseconds there is one when there is none, and takes nothing. */
  take(key: string): number {
    const at = this.#now()
    this.#forgetFull(at)
    const held = this.#buckets.get(key)
    const tokens = held ? Math.min(this.#most, held.tokens + (at - held.at) * this.#perMs) : this.#most
    if (tokens < 1) return Math.ceil((1 - tokens) / this.#perMs)
    this.#buckets.delete(key)
    this.#buckets.set(key, { tokens: tokens - 1, at })
    return 0
  }

  #forgetFull(at: number): void {
    for (const [key, held] of this.#buckets) {
      if (held.tokens + (at - held.at) * this.#perMs < this.#most) return
      this.#buckets.delete(key)
    }
  }
}
