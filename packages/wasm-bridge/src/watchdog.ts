import { wallLimitMs } from "./vm/budget.ts"

/**
 * How the main thread of a sandbox process watches its worker: shared memory holds the moment at which the running
 * call must be over, zero when nothing runs. The interpreter stops itself at the budget; this is for the code that
 * never comes back to the interpreter's loop.
 */

/** The descriptor that parent and worker talk over. */
export const CHANNEL = 3
/** How long past its budget a run may go before its worker is ended. */
export const GRACE_MS = 50
/** What the thread that runs handlers is called; the system counts its CPU time under this name. */
export const RUNNING_THREAD = "runs"
/** The exit code that says a run was over its budget. */
export const TIMEOUT_EXIT_CODE = 75

export interface WorkerData {
  readonly wasmFile: string
  /** The prelude, or the recorder that it is made of with the guest's files. */
  readonly preludeFile: string
  readonly instances: number
  /** The engine's library; empty where the engine is V8's own. */
  readonly library: string
  readonly due: SharedArrayBuffer
}

/** The descriptor on which the watchdog says which call takes long, one number a line: if the process dies, that one ran. */
export const NOTICES = 4
const LONG_MS = 20
/** A young process compiles on other threads, and their CPU time is not the run's. */
const YOUNG_CPU_MS = 4000
const COMPILING_MS = 150

export class DueTime {
  /** The moment and the CPU milliseconds of the process at which the run is overdue, the moment past all excuse, the call, its start. */
  readonly #cells: Float64Array

  constructor(memory: SharedArrayBuffer) {
    this.#cells = new Float64Array(memory)
  }

  /** The call whose run begins next. */
  set call(call: number) {
    this.#cells[3] = call
  }

  /** The call that has been running for long, or 0. */
  get longCall(): number {
    const [due = 0, , , call = 0, began = 0] = this.#cells
    return due !== 0 && now() - began > LONG_MS ? call : 0
  }

  begin(budgetMs: number): void {
    const moment = now()
    const cpuMs = processCpuMs()
    this.#cells[1] = cpuMs + budgetMs + GRACE_MS + (cpuMs < YOUNG_CPU_MS ? COMPILING_MS : 0)
    this.#cells[2] = moment + wallLimitMs(budgetMs) + GRACE_MS
    this.#cells[4] = moment
    this.#cells[0] = moment + budgetMs + GRACE_MS
  }

  end(): void {
    this.#cells[0] = 0
  }

  get overdue(): boolean {
    const [due = 0, cpuDue = 0, lastDue = 0] = this.#cells
    const moment = now()
    return due !== 0 && moment > due && (processCpuMs() > cpuDue || moment > lastDue)
  }
}

export const DUE_BYTES = 40

/** The same for every thread of the process, unlike `performance.now()`. */
function now(): number {
  return performance.timeOrigin + performance.now()
}

function processCpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
