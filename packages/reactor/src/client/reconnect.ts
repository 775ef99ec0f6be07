/** Time as an argument. `after` answers with what cancels it. */
export interface Clock {
  now(): number
  after(ms: number, run: () => void): () => void
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

/**
 * How long to wait before the attempt-th try (from 0): doubling from 250 ms to 15 s, each time a random half of it, so
 * that a thousand clients of a restarted kernel do not come back in one instant.
 */
export function backoffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(15_000, 250 * 2 ** Math.min(attempt, 10))
  return Math.round(ceiling / 2 + (random() * ceiling) / 2)
}
