import { frameFrom, type ToWorker } from "../frames.ts"
import type { Runner, RunnerEvents } from "../runner.ts"
import { wallLimitMs } from "../vm/budget.ts"
import { isRunning, type ToSandboxWorker } from "./messages.ts"

/**
 * A runner that is a dedicated worker. The page is its watchdog: a call that is still running at its budget and a grace
 * is ended with its worker, and known by name. A browser tells nobody how long a thread has computed, so the page counts
 * the time it watched: a tick that came late counts as one, for what kept the page from it kept the worker as well. Wall
 * time has the bound it has everywhere, and what has been said meanwhile is heard before a run is judged.
 */
export interface WorkerRunnerOptions {
  readonly start: () => Worker
  /** The interpreter's module. */
  readonly engine: Uint8Array<ArrayBuffer>
  readonly instances: number
}

/** The design allows 250; a process measures what a thread computed and takes 50, wall time needs more patience. */
const GRACE_MS = 200
const TICK_MS = 10
const LONGEST_TICK_MS = 2 * TICK_MS

/** The call that runs, and when it is overdue by the time watched and by the wall. */
interface Watched {
  readonly call: number
  readonly dueMs: number
  readonly lastDueMs: number
}

export class WorkerRunner implements Runner {
  readonly #worker: Worker
  readonly #events: RunnerEvents
  #running: Watched | undefined
  #watchedMs = 0
  #tickedAt = 0
  #timer: ReturnType<typeof setInterval> | undefined
  #over = false

  constructor({ start, engine, instances }: WorkerRunnerOptions, events: RunnerEvents) {
    this.#events = events
    this.#worker = start()
    this.#worker.onmessage = ({ data }: MessageEvent<unknown>) => this.#hear(data)
    this.#worker.onmessageerror = () => this.#end(false, "said something unreadable")
    this.#worker.onerror = (event) => {
      event.preventDefault()
      this.#end(false, `ended with ${event.message || "its script, which did not load"}`)
    }
    this.#post({ kind: "begin", engine, instances })
  }

  /** Before a run begins its worker may have an engine to compile; from then on it is watched here. */
  readonly patienceMs = 10_000

  cpuMs(): number {
    return this.#watchedMs
  }

  send(frame: ToWorker): void {
    if (!this.#over) this.#post(frame)
  }

  kill(): void {
    this.#end(true, "was ended")
  }

  async end(): Promise<void> {
    this.#end(false, "was closed")
  }

  #post(message: ToSandboxWorker): void {
    this.#worker.postMessage(message)
  }

  #hear(said: unknown): void {
    if (this.#over) return
    if (isRunning(said)) {
      const [, call, budgetMs] = said
      this.#watch(call, budgetMs)
      return
    }
    const frame = frameFrom(said)
    if (frame?.kind === "result" && frame.call === this.#running?.call) this.#running = undefined
    if (frame) this.#events.onFrame(frame)
    else this.#end(false, "said something it should not")
  }

  #watch(call: number, budgetMs: number): void {
    const now = performance.now()
    this.#running = {
      call,
      dueMs: this.#watchedMs + budgetMs + GRACE_MS,
      lastDueMs: now + wallLimitMs(budgetMs) + GRACE_MS,
    }
    if (this.#timer) return
    this.#tickedAt = now
    this.#timer = setInterval(() => this.#tick(), TICK_MS)
  }

  #tick(): void {
    const now = performance.now()
    this.#watchedMs += Math.min(now - this.#tickedAt, LONGEST_TICK_MS)
    this.#tickedAt = now
    const running = this.#running
    if (!running) {
      clearInterval(this.#timer)
      this.#timer = undefined
    } else if (this.#watchedMs > running.dueMs || now > running.lastDueMs) {
      setTimeout(() => this.#running === running && this.#end(true, "was ended"))
    }
  }

  #end(overdue: boolean, detail: string): void {
    if (this.#over) return
    this.#over = true
    clearInterval(this.#timer)
    this.#worker.terminate()
    this.#events.onExit({ overdue, call: this.#running?.call, detail })
  }
}
