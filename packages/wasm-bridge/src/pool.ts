import {
  type Failure,
  NexusError,
  type Outcome,
  type Rejection,
  type ResumeRequest,
  type RunRequest,
  reject,
} from "@nexus/protocol"
import { FairQueue } from "./fair-queue.ts"
import type { FromWorker } from "./frames.ts"
import { type KeptRequest, openRun, sealRun } from "./kept-run.ts"
import { outcomeOf } from "./outcome-of.ts"
import type { ProcessType } from "./process-type.ts"
import type { Sandbox, SandboxMetrics, Suspended, SuspendedRun } from "./sandbox.ts"
import { type ProcessExit, SandboxProcess } from "./sandbox-process.ts"
import { MAX_KEPT_BYTES } from "./suspended-memory.ts"
import { wallLimitMs } from "./vm/budget.ts"
import { timeoutFailure } from "./vm/guest-failure.ts"

/**
 * The processes and who runs where. A process answers its calls in order, so its first unanswered call is the one
 * that runs. Short runs are sent ahead, several to a process, for they cost less than the way there; when a first
 * call takes long, those behind it are taken back and given to another process, which is safe because a turn is only
 * data until the kernel accepts it. When a process ends, the call that ran is to blame and nobody else: the others run
 * again elsewhere, except resumed runs, whose memory was there. Where nobody can say which call ran, all of them run
 * again, each alone; whoever ends its process then is to blame.
 */
export interface PoolOptions {
  readonly type: ProcessType
  readonly processes: number
  readonly instances: number
  readonly log: (line: string) => void
}

/** A turn that somebody waits for. `slot` is set when only that process can do it. */
interface Job {
  readonly request: KeptRequest & { readonly id: string }
  readonly input: string
  readonly nowMs: number
  readonly slot: Slot | undefined
  /** The memory of a run that was suspended and goes on in any process. */
  readonly memory: Uint8Array | undefined
  readonly began: number
  /** Set when a process died and this call may have been why: it then runs with no other beside it. */
  suspect: boolean
  readonly resolve: (outcome: Outcome) => void
}

/** A call that a process has. Its job is gone when the call was taken back. */
interface Sent {
  readonly call: number
  readonly cpuMs: number
  job: Job | undefined
}

/** A run that is being taken out of its process. */
interface Leaving {
  readonly slot: Slot
  readonly request: Job["request"]
  readonly key: Uint8Array
  readonly resolve: (suspended: Suspended | Rejection) => void
}

interface Slot {
  process: SandboxProcess
  ready: boolean
  sent: Sent[]
  /** When the first sent call became the first. */
  firstSince: number
  /** CPU milliseconds of the process when the first sent call was found to be long. */
  firstCpuMs: number | undefined
  averageMs: number
  /** Starts in a row that came to nothing. */
  failedStarts: number
}

const AHEAD = 8
const SHORT_MS = 2
const LONG_MS = 20
const TICK_MS = 10
const KILL_MS = 250
const MAX_FAILED_STARTS = 5
const GONE: Failure = { code: "sandbox-crashed", detail: "the process that kept the waiting run is gone" }
const CLOSED: Failure = { code: "sandbox-crashed", detail: "the sandbox was closed" }

export class Pool implements Sandbox {
  readonly #options: PoolOptions
  readonly #slots: Slot[] = []
  readonly #queue = new FairQueue<Job>()
  readonly #waiting = new Map<string, { readonly slot: Slot; readonly request: Job["request"] }>()
  readonly #leaving = new Map<number, Leaving>()
  readonly #failures: { [code: string]: number } = {}
  readonly #ready = Promise.withResolvers<void>()
  #timer: NodeJS.Timeout | undefined
  #calls = 0
  #turns = 0
  #restarts = 0
  #closed = false

  constructor(options: PoolOptions) {
    this.#options = options
    for (let index = 0; index < options.processes; index += 1) {
      const slot = { ready: false, sent: [], firstSince: 0, firstCpuMs: undefined, averageMs: 0, failedStarts: 0 }
      this.#slots.push(this.#spawn(slot))
    }
  }

  /** Resolves when every process takes runs; rejects when one cannot start. */
  ready(): Promise<void> {
    return this.#ready.promise
  }

  run(request: RunRequest): Promise<Outcome> {
    if (this.#waiting.has(request.id)) {
      return this.#refuse({ code: "conflict", detail: `A run ${request.id} is waiting already.` })
    }
    const { effectBytes, hostCalls } = request.limits
    return this.#enqueue(request, { ...request.input, effectBytes, hostCalls }, request.input.nowMs)
  }

  resume({ id, replies, input }: ResumeRequest, from?: SuspendedRun): Promise<Outcome> {
    if (from) {
      const opened = openRun(from.bytes, from.key)
      if (!opened.ok) return this.#refuse(opened.failure)
      const { request, memory } = opened
      return this.#enqueue({ ...request, id }, { ...input, replies }, input.nowMs, { memory })
    }
    const parked = this.#waiting.get(id)
    if (!parked) return this.#refuse(GONE)
    this.#waiting.delete(id)
    return this.#enqueue(parked.request, { ...input, replies }, input.nowMs, { slot: parked.slot })
  }

  suspend(id: string, key: Uint8Array): Promise<Suspended | Rejection> {
    const parked = this.#waiting.get(id)
    if (!parked) return Promise.resolve(reject(GONE))
    this.#waiting.delete(id)
    this.#calls += 1
    const call = this.#calls
    return new Promise((resolve) => {
      this.#leaving.set(call, { ...parked, key, resolve })
      parked.slot.process.send({ kind: "suspend", call, id })
    })
  }

  discard(id: string): void {
    const parked = this.#waiting.get(id)
    if (parked && this.#waiting.delete(id)) parked.slot.process.send({ kind: "discard", id })
  }

  metrics(): SandboxMetrics {
    return {
      processes: this.#slots.filter(({ ready }) => ready).length,
      running: this.#slots.reduce((sum, { sent }) => sum + sent.filter(({ job }) => job).length, 0),
      queued: this.#queue.size,
      waiting: this.#waiting.size,
      turns: this.#turns,
      failures: { ...this.#failures },
      restarts: this.#restarts,
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#timer)
    this.#waiting.clear()
    for (let job = this.#queue.shift(); job; job = this.#queue.shift()) this.#fail(job, CLOSED)
    await Promise.all(this.#slots.map(({ process }) => process.end()))
  }

  // Queue and dispatch

  #enqueue(
    request: Job["request"],
    input: object,
    nowMs: number,
    { slot, memory }: Partial<Pick<Job, "slot" | "memory">> = {},
  ): Promise<Outcome> {
    if (this.#closed) return this.#refuse(CLOSED)
    return new Promise((resolve) => {
      const job = {
        request,
        input: JSON.stringify(input),
        nowMs,
        slot,
        memory,
        began: performance.now(),
        suspect: false,
        resolve,
      }
      if (slot) this.#send(slot, job)
      else {
        this.#queue.push(request.tenant, job)
        this.#dispatch()
      }
    })
  }

  #dispatch(): void {
    while (this.#queue.size > 0) {
      const slot = this.#choose()
      const job = slot && this.#queue.shift()
      if (!job) return
      if (job.suspect && slot.sent.length > 0) {
        this.#queue.pushFront(job.request.tenant, job)
        return
      }
      this.#send(slot, job)
    }
  }

  /** The process with the fewest calls that has room for one more. */
  #choose(): Slot | undefined {
    const now = performance.now()
    let best: Slot | undefined
    for (const slot of this.#slots) {
      const room = slot.averageMs < SHORT_MS ? AHEAD : 1
      if (!slot.ready || slot.sent.length >= room || isLong(slot, now) || slot.sent[0]?.job?.suspect) continue
      if (!best || slot.sent.length < best.sent.length) best = slot
    }
    return best
  }

  #send(slot: Slot, job: Job): void {
    this.#calls += 1
    const call = this.#calls
    const { request, input, nowMs, memory } = job
    if (slot.sent.length === 0) {
      slot.firstSince = performance.now()
      slot.firstCpuMs = undefined
    }
    slot.sent.push({ call, cpuMs: request.limits.cpuMs, job })
    slot.process.send(
      job.slot
        ? { kind: "resume", call, id: request.id, input, nowMs }
        : memory
          ? { kind: "revive", call, request: { ...request, input, nowMs }, memory }
          : { kind: "start", call, request: { ...request, input, nowMs } },
    )
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS)
  }

  /** Ends processes whose first call is over every budget, and takes back what stands behind a long one. */
  #tick(): void {
    const now = performance.now()
    let busy = false
    for (const slot of this.#slots) {
      const first = slot.sent[0]
      if (!first) continue
      busy = true
      if (isOverdue(slot, first, now)) setImmediate(() => this.#killIfSilent(slot, first))
      else if (isLong(slot, now)) this.#takeBack(slot)
    }
    this.#dispatch()
    if (busy) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  /** An answer may have come in while this process was busy itself; only then does the silence count. */
  #killIfSilent(slot: Slot, first: Sent): void {
    if (slot.sent[0] === first) slot.process.kill("overdue")
  }

  #takeBack(slot: Slot): void {
    slot.firstCpuMs ??= slot.process.cpuMs()
    for (const sent of slot.sent.slice(1).reverse()) {
      if (!sent.job || sent.job.slot) continue
      slot.process.send({ kind: "cancel", call: sent.call })
      this.#queue.pushFront(sent.job.request.tenant, sent.job)
      sent.job = undefined
    }
  }

  // Answers

  #onFrame(slot: Slot, frame: FromWorker): void {
    if (frame.kind === "ready") {
      slot.ready = true
      if (this.#slots.every(({ ready }) => ready)) this.#ready.resolve()
      this.#dispatch()
      return
    }
    const leaving = this.#leaving.get(frame.call)
    if (leaving?.slot === slot) {
      this.#leaving.delete(frame.call)
      this.#onLeft(leaving, frame)
      return
    }
    const index = slot.sent.findIndex(({ call }) => call === frame.call)
    const sent = slot.sent[index]
    if (!sent) return
    const now = performance.now()
    slot.sent.splice(index, 1)
    if (index === 0) {
      if (frame.kind === "result") slot.averageMs += (now - slot.firstSince - slot.averageMs) / 8
      slot.firstSince = now
      slot.firstCpuMs = undefined
    }
    if (frame.kind === "result") this.#onResult(slot, sent.job, frame, now)
    else if (sent.job) this.#fail(sent.job, { code: "sandbox-crashed", detail: "the waiting run is gone" })
    this.#dispatch()
  }

  #onResult(slot: Slot, job: Job | undefined, frame: Extract<FromWorker, { kind: "result" }>, now: number): void {
    slot.failedStarts = 0
    if (!job) {
      if (frame.result.status === "waiting") slot.process.send({ kind: "discard", id: frame.id })
      return
    }
    const outcome = outcomeOf(frame.result, job.request, now - job.began)
    if (outcome.status === "waiting") this.#waiting.set(job.request.id, { slot, request: job.request })
    this.#settle(job, outcome)
  }

  #onLeft({ slot, request, key, resolve }: Leaving, frame: FromWorker): void {
    if (frame.kind === "suspended") {
      resolve({ ok: true, bytes: sealRun(request, frame.memory, key) })
      return
    }
    this.#waiting.set(request.id, { slot, request })
    resolve(reject({ code: "too-large", what: "memory of the waiting run", limit: MAX_KEPT_BYTES, unit: "bytes" }))
  }

  #settle(job: Job, outcome: Outcome): void {
    this.#turns += 1
    if (outcome.status === "failed") {
      const { code } = outcome.failure
      this.#failures[code] = (this.#failures[code] ?? 0) + 1
    }
    job.resolve(outcome)
  }

  #fail(job: Job, failure: Failure): void {
    this.#settle(job, failedOutcome(failure, performance.now() - job.began))
  }

  #refuse(failure: Failure): Promise<Outcome> {
    return Promise.resolve(failedOutcome(failure, 0))
  }

  // Processes

  #spawn(slot: Omit<Slot, "process"> & { process?: SandboxProcess }): Slot {
    const whole: Slot = Object.assign(slot, {
      process: new SandboxProcess(this.#options.type, this.#options.instances, {
        onFrame: (frame) => this.#onFrame(whole, frame),
        onExit: (exit) => this.#onExit(whole, exit),
        log: this.#options.log,
      }),
    })
    return whole
  }

  #onExit(slot: Slot, exit: ProcessExit): void {
    const lost = slot.sent
    const wasReady = slot.ready
    slot.sent = []
    slot.ready = false
    slot.averageMs = 0
    for (const [id, parked] of this.#waiting) if (parked.slot === slot) this.#waiting.delete(id)
    for (const [call, leaving] of this.#leaving) {
      if (leaving.slot !== slot || !this.#leaving.delete(call)) continue
      leaving.resolve(reject(GONE))
    }
    const known = lost.length === 1 || lost.some(({ call }) => call === exit.call)
    for (const { call, job } of lost.toReversed()) {
      if (!job) continue
      if (known && wasReady && !this.#closed && (lost.length === 1 || call === exit.call))
        this.#fail(job, blame(job, exit))
      else if (job.slot || this.#closed) this.#fail(job, { code: "sandbox-crashed", detail: "its process ended" })
      else {
        job.suspect ||= !known
        this.#queue.pushFront(job.request.tenant, job)
      }
    }
    if (this.#closed) return
    this.#restarts += 1
    slot.failedStarts = wasReady ? slot.failedStarts : slot.failedStarts + 1
    this.#options.log(`a sandbox process ${exit.detail}${exit.overdue ? " for a run that did not stop" : ""}`)
    if (slot.failedStarts < MAX_FAILED_STARTS) this.#spawn(slot)
    else this.#giveUp(exit.detail)
    this.#dispatch()
  }

  /** A process that does not start any more; when it was the last one, nothing that is queued can run. */
  #giveUp(detail: string): void {
    this.#ready.reject(new NexusError({ code: "unavailable", what: "The sandbox", detail }))
    const alive = this.#slots.some(({ failedStarts }) => failedStarts < MAX_FAILED_STARTS)
    if (alive) return
    for (let job = this.#queue.shift(); job; job = this.#queue.shift()) {
      this.#fail(job, { code: "unavailable", what: "The sandbox", detail })
    }
  }
}

/** Past its budget and grace, by CPU time where that is known, or by wall time beyond all excuse. */
function isOverdue(slot: Slot, first: Sent, now: number): boolean {
  const wall = now - slot.firstSince
  if (wall <= first.cpuMs + KILL_MS) return false
  const cpu = slot.process.cpuMs()
  if (cpu === undefined || slot.firstCpuMs === undefined) return true
  return cpu - slot.firstCpuMs > first.cpuMs + KILL_MS || wall > wallLimitMs(first.cpuMs) + KILL_MS
}

function isLong(slot: Slot, now: number): boolean {
  return slot.sent.length > 0 && now - slot.firstSince > LONG_MS
}

function blame(job: Job, { overdue, detail }: ProcessExit): Failure {
  return overdue ? timeoutFailure(job.request, job.request.limits) : { code: "sandbox-crashed", detail }
}

function failedOutcome(failure: Failure, wallMs: number): Outcome {
  return { status: "failed", failure, effects: [], usage: { wallMs, cpuMs: 0, memoryBytes: 0, hostCalls: 0 } }
}
