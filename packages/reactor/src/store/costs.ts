import { stepsSpent } from "../expression/budget.ts"
import { createSignal, type Readable } from "./signal.ts"

/** What one Computed costs to work out. Times are its own: what it read of other values counts there. */
export interface ComputedCost {
  readonly name: string
  /** How often it was worked out since the panel is open. */
  readonly runs: number
  readonly lastMs: number
  /** A running figure: each run counts a quarter, all before it the rest. */
  readonly meanMs: number
  readonly lastSteps: number
  /** Too dear several times in a row: it is worked out when somebody asks, not by itself. */
  readonly manual: boolean
  /** What it read has changed since it was worked out. Only a manual value can be stale. */
  readonly stale: boolean
}

/** Milliseconds since some moment. */
export type Now = () => number

const MOST_MS = 50
const MOST_STEPS = 1_000_000
const TIMES = 3

interface Account {
  cost: ComputedCost
  /** How often in a row it was over its budget. */
  over: number
}

/** Time and steps that the values read inside the one being measured took: they are not its own. */
let within = { ms: 0, steps: 0 }

/**
 * What the computed values of one panel cost. A figure is written in the middle of an evaluation, where no signal may be
 * written: readers of `all` hear of it when the current task is over.
 */
export class Costs {
  readonly #now: Now
  readonly #accounts = new Map<string, Account>()
  readonly #version = createSignal(0)
  #telling = false

  constructor(now: Now) {
    this.#now = now
  }

  /** Every Computed that was worked out so far, in the order of the first time. */
  readonly all: Readable<readonly ComputedCost[]> = () => {
    this.#version()
    return [...this.#accounts.values()].map(({ cost }) => cost)
  }

  /** Evaluates and books what it took. */
  measured<Value>(name: string, evaluate: () => Value): Value {
    const outer = within
    within = { ms: 0, steps: 0 }
    const startMs = this.#now()
    const startSteps = stepsSpent()
    try {
      return evaluate()
    } finally {
      const ms = Math.max(0, this.#now() - startMs)
      const steps = stepsSpent() - startSteps
      this.#book(name, Math.max(0, ms - within.ms), steps - within.steps)
      within = outer
      within.ms += ms
      within.steps += steps
    }
  }

  isManual(name: string): boolean {
    return this.#accounts.get(name)?.cost.manual ?? false
  }

  /** The value of `name` is kept although what it read has changed. */
  markStale(name: string): void {
    const account = this.#accounts.get(name)
    if (!account || account.cost.stale) return
    account.cost = { ...account.cost, stale: true }
    this.#tell()
  }

  #book(name: string, lastMs: number, lastSteps: number): void {
    const before = this.#accounts.get(name)
    const over = lastMs > MOST_MS || lastSteps >= MOST_STEPS ? (before?.over ?? 0) + 1 : 0
    const meanMs = before ? before.cost.meanMs + (lastMs - before.cost.meanMs) / 4 : lastMs
    const runs = (before?.cost.runs ?? 0) + 1
    const cost = { name, runs, lastMs, meanMs, lastSteps, manual: over >= TIMES, stale: false }
    this.#accounts.set(name, { cost, over })
    this.#tell()
  }

  #tell(): void {
    if (this.#telling) return
    this.#telling = true
    queueMicrotask(() => {
      this.#telling = false
      this.#version(this.#version() + 1)
    })
  }
}
