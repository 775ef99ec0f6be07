/**
 * How long a turn may compute. The budget is CPU time of the thread, so that a busy machine does not fail an honest
 * handler; asking for it costs a system call, so it is asked only where the answer can matter. Wall time has a bound of
 * its own, so that whoever waits for a loop knows for how long; for budgets as long as that bound it is the only one.
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
  /** CPU milliseconds when the stretch began, or when they were last asked for before that. */
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
    if (limitMs < LEAST_WALL_MS) this.#startedCpu = this.#cpuClock()
    this.#wallLimit = now + wallLimitMs(limitMs)
    this.#nextCheck = now + limitMs
    this.#spent = false
  }

  /** CPU milliseconds since `begin`, or a little more; by the wall clock where that is the finer one. */
  get usedMs(): number {
    const wall = performance.now() - this.#started
    if (wall < CPU_CLOCK_STEP_MS) return wall
    const cpu = this.#cpuClock()
    const used = Math.min(cpu - this.#startedCpu + CPU_CLOCK_STEP_MS, wall)
    this.#startedCpu = cpu
    return used
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
    const left = now >= this.#wallLimit ? 0 : this.#limitMs - (this.#cpuClock() - this.#startedCpu)
    this.#spent = left <= 0
    this.#nextCheck = now + Math.max(left, 1)
    return this.#spent
  }
}
