import type { Outcome } from "@nexus/protocol"
import type { ToWorker } from "./frames.ts"
import type { KeptRequest } from "./kept-run.ts"
import type { Runner } from "./runner.ts"
import type { WorkerLoad } from "./sandbox.ts"
import { wallLimitMs } from "./vm/budget.ts"

/** A turn that somebody waits for. `slot` is set when only the runner there can do it. */
export interface Job {
  readonly request: KeptRequest & { readonly id: string }
  readonly input: string
  readonly nowMs: number
  readonly slot: Slot | undefined
  /** The memory of a run that was suspended and goes on in any runner. */
  readonly memory: Uint8Array | undefined
  readonly began: number
  /** Set when a runner died and this call may have been why: it then runs with no other beside it. */
  suspect: boolean
  readonly resolve: (outcome: Outcome) => void
}

/** A call that a runner has. Its job is gone when the call was taken back. */
export interface Sent {
  readonly call: number
  readonly cpuMs: number
  job: Job | undefined
}

const AHEAD = 8
const SHORT_MS = 2
const LONG_MS = 20

/**
 * A place in the pool: its runner, another one when that ended, and the calls the runner has not answered. It answers in
 * order, so the first of them is the one that runs.
 */
export class Slot {
  ready = false
  /** Starts in a row that came to nothing. */
  failedStarts = 0
  /** Its runner was ended from here, for a run that did not stop. */
  killed = false
  /** It ends and nobody takes its place. */
  retired = false
  readonly #start: (slot: Slot) => Runner
  #runner: Runner
  #sent: Sent[] = []
  /** When the first sent call became the first. */
  #firstSince = 0
  /** CPU milliseconds of the runner when the first sent call was found to be long. */
  #firstCpuMs: number | undefined
  #averageMs = 0

  constructor(start: (slot: Slot) => Runner) {
    this.#start = start
    this.#runner = start(this)
  }

  get first(): Sent | undefined {
    return this.#sent[0]
  }

  /** Calls that are not answered, those taken back among them. */
  get load(): number {
    return this.#sent.length
  }

  /** Milliseconds for which it has had nothing to do. */
  idleMs(now: number): number {
    return this.ready && this.load === 0 ? now - this.#firstSince : 0
  }

  /** How long the first call has run. */
  ranMs(now: number): number {
    return now - this.#firstSince
  }

  /** True while it has something of the tenant's to run. */
  serves(tenant: string): boolean {
    return this.#sent.some(({ job }) => job?.request.tenant === tenant)
  }

  /** Turns that somebody waits for. */
  get running(): number {
    return this.#sent.filter(({ job }) => job).length
  }

  /** What it has in hand, for whoever looks after the machine. */
  inHand(now: number): WorkerLoad {
    const running = this.#sent.flatMap(({ job }, index) => {
      if (!job) return []
      const { tenant, panel, handler } = job.request
      return [{ tenant, panel, handler, forMs: index === 0 ? now - this.#firstSince : 0 }]
    })
    return { ready: this.ready, running }
  }

  /** True when the runner would begin another call soon. */
  hasRoom(now: number): boolean {
    const room = this.#averageMs < SHORT_MS ? AHEAD : 1
    return this.ready && this.load < room && !this.isLong(now) && !this.first?.job?.suspect
  }

  isLong(now: number): boolean {
    return this.load > 0 && now - this.#firstSince > LONG_MS
  }

  /** Past its budget and grace, by CPU time where that is known, or by wall time beyond all excuse. */
  isOverdue(now: number): boolean {
    const { first } = this
    const { patienceMs } = this.#runner
    const wall = now - this.#firstSince
    if (!first || wall <= first.cpuMs + patienceMs) return false
    if (wall > wallLimitMs(first.cpuMs) + patienceMs) return true
    const cpu = this.#runner.cpuMs()
    // This thread may have been kept from looking until now; what was computed is counted from the first look.
    this.#firstCpuMs ??= cpu
    return cpu === undefined || cpu - (this.#firstCpuMs ?? cpu) > first.cpuMs + patienceMs
  }

  send(frame: ToWorker): void {
    this.#runner.send(frame)
  }

  give(call: number, job: Job): void {
    const { request, input, nowMs, memory } = job
    if (this.load === 0) this.#firstBegins(performance.now())
    this.#sent.push({ call, cpuMs: request.limits.cpuMs, job })
    this.send(
      job.slot
        ? { kind: "resume", call, id: request.id, input, nowMs }
        : memory
          ? { kind: "revive", call, request: { ...request, input, nowMs }, memory }
          : { kind: "start", call, request: { ...request, input, nowMs } },
    )
  }

  /** The call that was answered, `ran` when it was run, and not taken back before it began. */
  answered(call: number, ran: boolean, now: number): Sent | undefined {
    const index = this.#sent.findIndex((sent) => sent.call === call)
    const [sent] = index < 0 ? [] : this.#sent.splice(index, 1)
    if (index !== 0) return sent
    if (ran) this.#averageMs += (now - this.#firstSince - this.#averageMs) / 8
    this.#firstBegins(now)
    return sent
  }

  /** Takes back what stands behind a long first call, the last of it first. */
  takeBack(): Job[] {
    this.#firstCpuMs ??= this.#runner.cpuMs()
    const jobs: Job[] = []
    for (const sent of this.#sent.slice(1).reverse()) {
      if (!sent.job || sent.job.slot) continue
      this.send({ kind: "cancel", call: sent.call })
      jobs.push(sent.job)
      sent.job = undefined
    }
    return jobs
  }

  /** The runner ended: what it had. */
  lose(): Sent[] {
    const lost = this.#sent
    this.#sent = []
    this.ready = false
    this.#averageMs = 0
    this.#firstBegins(performance.now())
    return lost
  }

  startAgain(): void {
    this.#runner = this.#start(this)
  }

  kill(): void {
    this.#runner.kill()
  }

  end(): Promise<void> {
    return this.#runner.end()
  }

  #firstBegins(now: number): void {
    this.#firstSince = now
    this.#firstCpuMs = undefined
  }
}
