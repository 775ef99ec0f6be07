import { type Failure, type Rejection, reject } from "@nexus/protocol"
import type { FromWorker } from "./frames.ts"
import { MAX_KEPT_BYTES } from "./kept-memory.ts"
import { sealRun } from "./kept-run.ts"
import type { Suspended } from "./sandbox.ts"
import type { Job, Slot } from "./slot.ts"

/** A run that waits, and the runner that has its memory. */
export interface Parked {
  readonly slot: Slot
  readonly request: Job["request"]
}

/** A run that is being taken out of its runner. */
interface Leaving extends Parked {
  readonly key: Uint8Array
  readonly resolve: (suspended: Suspended | Rejection | Promise<Suspended>) => void
}

export const GONE: Failure = { code: "sandbox-crashed", detail: "the process that kept the waiting run is gone" }

/** The runs that wait in a pool's runners: each is in one, and is lost with it unless it was taken out before. */
export class ParkedRuns {
  readonly #waiting = new Map<string, Parked>()
  /** By the call that takes it out. */
  readonly #leaving = new Map<number, Leaving>()

  get size(): number {
    return this.#waiting.size
  }

  has(id: string): boolean {
    return this.#waiting.has(id)
  }

  park(run: Parked): void {
    this.#waiting.set(run.request.id, run)
  }

  /** The run, which then waits here no more. */
  take(id: string): Parked | undefined {
    const run = this.#waiting.get(id)
    this.#waiting.delete(id)
    return run
  }

  /** Asks the runner for the run's memory, by a call of this number. */
  takeOut({ slot, request }: Parked, call: number, key: Uint8Array): Promise<Suspended | Rejection> {
    return new Promise((resolve) => {
      this.#leaving.set(call, { slot, request, key, resolve })
      slot.send({ kind: "suspend", call, id: request.id })
    })
  }

  /** True when `frame` answers a call that takes a run out. One that could not be taken out waits as before. */
  answered(slot: Slot, frame: Exclude<FromWorker, { kind: "ready" }>): boolean {
    const leaving = this.#leaving.get(frame.call)
    if (leaving?.slot !== slot) return false
    this.#leaving.delete(frame.call)
    const { request, key, resolve } = leaving
    if (frame.kind === "suspended") {
      resolve(sealRun(request, frame.memory, key).then((bytes) => ({ ok: true, bytes })))
    } else {
      this.park({ slot, request })
      resolve(reject({ code: "too-large", what: "memory of the waiting run", limit: MAX_KEPT_BYTES, unit: "bytes" }))
    }
    return true
  }

  /** The runner ended, and with it what it had. */
  lose(slot: Slot): void {
    for (const [id, parked] of this.#waiting) if (parked.slot === slot) this.#waiting.delete(id)
    for (const [call, leaving] of this.#leaving) {
      if (leaving.slot !== slot || !this.#leaving.delete(call)) continue
      leaving.resolve(reject(GONE))
    }
  }

  /** True while a run of the runner's waits. */
  needs(slot: Slot): boolean {
    return [...this.#waiting.values(), ...this.#leaving.values()].some((run) => run.slot === slot)
  }

  clear(): void {
    this.#waiting.clear()
  }
}
