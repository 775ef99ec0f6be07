/**
 * How the main thread of a sandbox process watches its worker: shared memory holds the moment at which the running
 * call must be over, zero when nothing runs. The interpreter stops itself at the budget; this is for the code that
 * never comes back to the interpreter's loop.
 */

/** The descriptor that parent and worker talk over. */
export const CHANNEL = 3
/** How long past its budget a run may go before its worker is ended. */
export const GRACE_MS = 50
/** The exit code that says a run was over its budget. */
export const TIMEOUT_EXIT_CODE = 75

export interface WorkerData {
  readonly wasmFile: string
  readonly recorderFile: string
  readonly instances: number
  readonly due: SharedArrayBuffer
}

/** Wall time may be this many times the budget while the process is not given the processor. */
const STARVED_FACTOR = 4

export class DueTime {
  /** The moment and the CPU milliseconds of the process at which the run is overdue, and the moment past all excuse. */
  readonly #cells: Float64Array

  constructor(memory: SharedArrayBuffer) {
    this.#cells = new Float64Array(memory)
  }

  begin(budgetMs: number): void {
    const moment = now()
    this.#cells[1] = processCpuMs() + budgetMs + GRACE_MS
    this.#cells[2] = moment + budgetMs * STARVED_FACTOR + GRACE_MS
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

export const DUE_BYTES = 24

/** The same for every thread of the process, unlike `performance.now()`. */
function now(): number {
  return performance.timeOrigin + performance.now()
}

function processCpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
