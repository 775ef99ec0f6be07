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

export class DueTime {
  readonly #cell: Float64Array

  constructor(memory: SharedArrayBuffer) {
    this.#cell = new Float64Array(memory)
  }

  begin(budgetMs: number): void {
    this.#cell[0] = now() + budgetMs + GRACE_MS
  }

  end(): void {
    this.#cell[0] = 0
  }

  get overdue(): boolean {
    const due = this.#cell[0] ?? 0
    return due !== 0 && now() > due
  }
}

/** The same for every thread of the process, unlike `performance.now()`. */
function now(): number {
  return performance.timeOrigin + performance.now()
}
