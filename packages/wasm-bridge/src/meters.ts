import type { FailureCode } from "@nexus/protocol"
import type { Kills, SandboxMetrics, Spread } from "./sandbox.ts"

/** What the pool counts. Times are spread over a few steps, as monitoring systems read them. */
const STEPS_MS = [1, 2, 5, 10, 20, 50, 100, 250, 500, 1000, 2500, 5000, 10_000]

class Times {
  readonly #counts = new Array<number>(STEPS_MS.length).fill(0)
  #count = 0
  #sumMs = 0

  add(milliseconds: number): void {
    this.#count += 1
    this.#sumMs += milliseconds
    const step = STEPS_MS.findIndex((most) => milliseconds <= most)
    if (step >= 0) this.#counts[step] = (this.#counts[step] ?? 0) + 1
  }

  get spread(): Spread {
    let sum = 0
    const upTo = STEPS_MS.map((mostMs, step) => {
      sum += this.#counts[step] ?? 0
      return { mostMs, count: sum }
    })
    return { count: this.#count, sumMs: this.#sumMs, upTo }
  }
}

export class Meters {
  readonly runMs = new Times()
  readonly queueMs = new Times()
  readonly #failures: { [code: string]: number } = {}
  readonly #kills = { interrupted: 0, terminated: 0, killed: 0 }
  #turns = 0
  #restarts = 0
  #hits = 0
  #misses = 0

  /** A turn was answered; `code` is why it failed. */
  answered(code: FailureCode | undefined): void {
    this.#turns += 1
    if (code) this.#failures[code] = (this.#failures[code] ?? 0) + 1
  }

  stopped(how: keyof Kills): void {
    this.#kills[how] += 1
  }

  restarted(): void {
    this.#restarts += 1
  }

  lookedUp(found: boolean): void {
    if (found) this.#hits += 1
    else this.#misses += 1
  }

  get counts(): Omit<SandboxMetrics, "workers" | "processes" | "most" | "busy" | "running" | "queued" | "waiting"> {
    return {
      turns: this.#turns,
      failures: { ...this.#failures },
      restarts: this.#restarts,
      kills: { ...this.#kills },
      images: { found: this.#hits, made: this.#misses },
      runMs: this.runMs.spread,
      queueMs: this.queueMs.spread,
    }
  }
}
