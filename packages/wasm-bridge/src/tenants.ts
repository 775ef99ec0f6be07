/**
 * Whose runs are known to be short, and whose to be long. The short may use every runner at once; who is not known leaves
 * one for somebody else; the long leave one that is ready, and wait while it is the only one. Who was known to be short
 * and then is not has shown it after one run.
 */
const SHORT_MS = 2
const LONG_MS = 20
const KNOWN_AFTER = 4
const REMEMBERED = 10_000

interface Known {
  runs: number
  averageMs: number
}

export class Tenants {
  readonly #known = new Map<string, Known>()

  /** Notes how long a turn of the tenant held its runner. */
  ran(tenant: string, milliseconds: number): void {
    const known = this.#known.get(tenant) ?? { runs: 0, averageMs: 0 }
    known.runs += 1
    known.averageMs += (milliseconds - known.averageMs) / Math.min(known.runs, 8)
    this.#known.delete(tenant)
    this.#known.set(tenant, known)
    const [oldest] = this.#known.keys()
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest)
  }

  areShort(tenant: string): boolean {
    const known = this.#known.get(tenant)
    return known !== undefined && known.runs >= KNOWN_AFTER && known.averageMs < SHORT_MS
  }

  areLong(tenant: string): boolean {
    return (this.#known.get(tenant)?.averageMs ?? 0) >= LONG_MS
  }
}
