/**
 * How long a turn may compute. The budget is CPU time of the thread, so that a busy machine does not fail an honest
 * handler; asking for it costs a system call, so it is asked only when the wall clock says it could be used up. Wall
 * time has a bound of its own, so that whoever waits for a loop knows for how long.
 */
/** Systems count CPU time in steps of up to this. */
const CPU_CLOCK_STEP_MS = 10

/** A small budget would fail honest handlers wherever the thread has to wait for the processor. */
const LEAST_WALL_MS = 2000

/** The wall time, in milliseconds, after which a turn of `budgetMs` CPU time is stopped whatever it computed. */
export function wallLimitMs(budgetMs: number): number {
  return Math.max(budgetMs, LEAST_WALL_MS)
}

export class Budget {
  readonly #cpuClock: () => number
  #limitMs = Number.POSITIVE_INFINITY
  #started = 0
  #startedCpu = 0
  #wallLimit = Number.POSITIVE_INFINITY
  #nextCheck = Number.POSITIVE_INFINITY
  #spent = false

  /** `cpuClock` tells milliseconds that this thread has computed. */
  constructor(cpuClock: () => number) {
    this.#cpuClock = cpuClock
  }

  /** Starts a stretch of work of at most `limitMs`. */
  begin(limitMs: number): void {
    const now = performance.now()
    this.#limitMs = limitMs
    this.#started = now
    this.#startedCpu = this.#cpuClock()
    this.#wallLimit = now + wallLimitMs(limitMs)
    this.#nextCheck = now + limitMs
    this.#spent = false
  }

  /** CPU milliseconds since `begin`; by the wall clock where that is the finer one. */
  get usedMs(): number {
    return Math.min(this.#cpuClock() - this.#startedCpu + CPU_CLOCK_STEP_MS, performance.now() - this.#started)
  }

  /** True once the interpreter was told to stop, until the next `begin`. */
  get spent(): boolean {
    return this.#spent
  }

  /** Asks whether to stop now. */
  check(): boolean {
    if (this.#spent) return true
    const now = performance.now()
    if (now < this.#nextCheck) return false
    const left = this.#limitMs - (this.#cpuClock() - this.#startedCpu)
    this.#spent = left <= 0 || now >= this.#wallLimit
    this.#nextCheck = now + Math.max(left, 1)
    return this.#spent
  }
}
