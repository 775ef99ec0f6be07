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
import { openRun } from "./kept-run.ts"
import { Meters } from "./meters.ts"
import { outcomeOf } from "./outcome-of.ts"
import { GONE, ParkedRuns } from "./parked-runs.ts"
import { type PoolSize, wantedRunners } from "./pool-size.ts"
import type { RunnerExit, StartRunner } from "./runner.ts"
import type { Sandbox, SandboxMetrics, Suspended, SuspendedRun } from "./sandbox.ts"
import { type Job, type Sent, Slot } from "./slot.ts"
import { Tenants } from "./tenants.ts"
import { timeoutFailure } from "./vm/guest-failure.ts"

/**
 * The runners and who runs where. A runner answers its calls in order, so its first unanswered call is the one that
 * runs. Short runs are sent ahead, several to a runner, for they cost less than the way there; when a first call takes
 * long, those behind it are taken back and given to another runner, which is safe because a turn is only data until the
 * kernel accepts it. When a runner ends, the call that ran is to blame and nobody else: the others run again elsewhere,
 * except resumed runs, whose memory was there. Where nobody can say which call ran, all of them run again, each alone;
 * whoever ends its runner then is to blame.
 *
 * A tenant that is not known to run short leaves one runner for somebody else, and the pool grows while long runs hold
 * its runners: what one tenant does is not what another waits for.
 */
export interface PoolOptions {
  readonly start: StartRunner
  readonly size: PoolSize
  /** Whether there is memory for one runner more. */
  readonly hasRoom: () => boolean
  /** A runner beyond the least that had nothing to do for so many milliseconds is ended. Default 10,000. */
  readonly idleMs?: number
  readonly log: (line: string) => void
}

const TICK_MS = 10
const IDLE_MS = 10_000
const MAX_FAILED_STARTS = 5
const CLOSED: Failure = { code: "sandbox-crashed", detail: "the sandbox was closed" }

export class Pool implements Sandbox {
  readonly #options: PoolOptions
  readonly #idleMs: number
  readonly #slots: Slot[] = []
  readonly #queue = new FairQueue<Job>()
  readonly #parked = new ParkedRuns()
  readonly #tenants = new Tenants()
  readonly #meters = new Meters()
  readonly #ready = Promise.withResolvers<void>()
  #timer: ReturnType<typeof setInterval> | undefined
  #shrinking: ReturnType<typeof setTimeout> | undefined
  #calls = 0
  #closed = false

  constructor(options: PoolOptions) {
    this.#options = options
    this.#idleMs = options.idleMs ?? IDLE_MS
    for (let index = 0; index < options.size.least; index += 1) this.#addSlot()
  }

  /** Resolves when the first runners take runs; rejects when one cannot start. */
  ready(): Promise<void> {
    return this.#ready.promise
  }

  run(request: RunRequest): Promise<Outcome> {
    if (this.#parked.has(request.id)) {
      return this.#refuse({ code: "conflict", detail: `A run ${request.id} is waiting already.` })
    }
    const { effectBytes, hostCalls } = request.limits
    return this.#enqueue(request, { ...request.input, effectBytes, hostCalls }, request.input.nowMs)
  }

  async resume({ id, replies, input }: ResumeRequest, from?: SuspendedRun): Promise<Outcome> {
    if (from) {
      const opened = await openRun(from.bytes, from.key)
      if (!opened.ok) return this.#refuse(opened.failure)
      const { request, memory } = opened
      return this.#enqueue({ ...request, id }, { ...input, replies }, input.nowMs, { memory })
    }
    const parked = this.#parked.take(id)
    if (!parked) return this.#refuse(GONE)
    return this.#enqueue(parked.request, { ...input, replies }, input.nowMs, { slot: parked.slot })
  }

  suspend(id: string, key: Uint8Array): Promise<Suspended | Rejection> {
    const parked = this.#parked.take(id)
    if (!parked) return Promise.resolve(reject(GONE))
    this.#calls += 1
    return this.#parked.takeOut(parked, this.#calls, key)
  }

  discard(id: string): void {
    this.#parked.take(id)?.slot.send({ kind: "discard", id })
  }

  metrics(): SandboxMetrics {
    return {
      processes: this.#slots.filter(({ ready }) => ready).length,
      most: this.#options.size.most,
      busy: this.#slots.filter(({ running }) => running > 0).length,
      running: this.#slots.reduce((sum, { running }) => sum + running, 0),
      queued: this.#queue.size,
      waiting: this.#parked.size,
      workers: this.#slots.map((slot) => slot.inHand(performance.now())),
      ...this.#meters.counts,
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#timer)
    clearTimeout(this.#shrinking)
    this.#parked.clear()
    for (const job of this.#queue.drain()) this.#fail(job, CLOSED)
    await Promise.all(this.#slots.map((slot) => slot.end()))
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
    const now = performance.now()
    while (this.#queue.size > 0) {
      const next = this.#queue.shift((tenant) => this.#choose(tenant, now))
      if (!next) break
      const { item: job, place: slot } = next
      if (job.suspect && slot.load > 0) {
        this.#queue.pushFront(job.request.tenant, job)
        break
      }
      this.#meters.queueMs.add(now - job.began)
      this.#send(slot, job)
    }
    this.#grow(now)
  }

  /** The slot with the fewest calls that has room for one of the tenant's. */
  #choose(tenant: string, now: number): Slot | undefined {
    const spreads = this.#mayTakeAnother(tenant)
    let best: Slot | undefined
    for (const slot of this.#slots) {
      if (!slot.hasRoom(now) || !(spreads || slot.serves(tenant))) continue
      if (!best || slot.load < best.load) best = slot
    }
    return best
  }

  #mayTakeAnother(tenant: string): boolean {
    if (this.#slots.length === 1 || this.#tenants.areShort(tenant)) return true
    const held = this.#slots.filter((slot) => slot.serves(tenant)).length
    const there = this.#tenants.areLong(tenant) ? this.#slots.filter(({ ready }) => ready).length : this.#slots.length
    return held < there - 1
  }

  #send(slot: Slot, job: Job): void {
    this.#calls += 1
    slot.give(this.#calls, job)
    this.#timer ??= setInterval(() => this.#tick(), TICK_MS)
  }

  /** Ends runners whose first call is over every budget, and takes back what stands behind a long one. */
  #tick(): void {
    const now = performance.now()
    let busy = false
    for (const slot of this.#slots) {
      const { first } = slot
      if (!first) continue
      busy = true
      if (slot.isOverdue(now)) setTimeout(() => this.#killIfSilent(slot, first))
      else if (slot.isLong(now)) {
        for (const job of slot.takeBack()) this.#queue.pushFront(job.request.tenant, job)
      }
    }
    this.#dispatch()
    if (busy) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  /** An answer may have come in while this thread was busy itself; only then does the silence count. */
  #killIfSilent(slot: Slot, first: Sent): void {
    if (slot.first !== first) return
    this.#meters.stopped("killed")
    slot.killed = true
    slot.kill()
  }

  // Answers

  #onFrame(slot: Slot, frame: FromWorker): void {
    if (frame.kind === "ready") {
      slot.ready = true
      if (this.#slots.every(({ ready }) => ready)) this.#ready.resolve()
      this.#dispatch()
      return
    }
    if (this.#parked.answered(slot, frame)) return
    const now = performance.now()
    const ranMs = slot.ranMs(now)
    const sent = slot.answered(frame.call, frame.kind === "result", now)
    if (!sent) return
    if (frame.kind === "result" && sent.job) this.#tenants.ran(sent.job.request.tenant, ranMs)
    if (frame.kind === "result") this.#onResult(slot, sent.job, frame, now)
    else if (sent.job) this.#fail(sent.job, { code: "sandbox-crashed", detail: "the waiting run is gone" })
    this.#dispatch()
  }

  #onResult(slot: Slot, job: Job | undefined, frame: Extract<FromWorker, { kind: "result" }>, now: number): void {
    slot.failedStarts = 0
    if (!job) {
      if (frame.result.status === "waiting") slot.send({ kind: "discard", id: frame.id })
      return
    }
    const outcome = outcomeOf(frame.result, job.request, now - job.began)
    this.#meters.runMs.add(outcome.usage.cpuMs)
    if (frame.result.image) this.#meters.lookedUp(frame.result.image === "found")
    if (outcome.status === "failed" && outcome.failure.code === "handler-timeout") this.#meters.stopped("interrupted")
    if (outcome.status === "waiting") this.#parked.park({ slot, request: job.request })
    this.#settle(job, outcome)
  }

  #settle(job: Job, outcome: Outcome): void {
    this.#meters.answered(outcome.status === "failed" ? outcome.failure.code : undefined)
    job.resolve(outcome)
  }

  #fail(job: Job, failure: Failure): void {
    this.#settle(job, failedOutcome(failure, performance.now() - job.began))
  }

  #refuse(failure: Failure): Promise<Outcome> {
    return Promise.resolve(failedOutcome(failure, 0))
  }

  // Beginnings and endings

  #addSlot(): void {
    const slot = new Slot((self) =>
      this.#options.start({
        onFrame: (frame) => this.#onFrame(self, frame),
        onExit: (exit) => this.#onExit(self, exit),
      }),
    )
    this.#slots.push(slot)
  }

  /** One runner more, while long runs hold the others; one at a time, as the machine has room. */
  #grow(now: number): void {
    const held = this.#slots.filter((slot) => slot.isLong(now)).length
    const missing = this.#slots.length < wantedRunners(this.#options.size, held)
    if (!missing || this.#closed || this.#slots.some(({ ready }) => !ready) || !this.#options.hasRoom()) return
    this.#addSlot()
    this.#shrinking ??= setTimeout(() => this.#shrink(), this.#idleMs)
  }

  /** Ends runners beyond the least that nothing needs any more, and in which no run waits. */
  #shrink(): void {
    this.#shrinking = undefined
    const now = performance.now()
    const idle = this.#slots.filter((slot) => slot.idleMs(now) >= this.#idleMs && !this.#parked.needs(slot))
    const { least } = this.#options.size
    for (const slot of idle.slice(0, Math.max(0, this.#slots.length - least))) {
      slot.retired = true
      this.#slots.splice(this.#slots.indexOf(slot), 1)
      void slot.end()
    }
    if (this.#slots.length > least) this.#shrinking = setTimeout(() => this.#shrink(), this.#idleMs)
  }

  #onExit(slot: Slot, exit: RunnerExit): void {
    if (slot.retired) return
    const wasReady = slot.ready
    const ranMs = slot.ranMs(performance.now())
    const lost = slot.lose()
    this.#parked.lose(slot)
    const known = lost.length === 1 || lost.some(({ call }) => call === exit.call)
    for (const { call, job } of lost.toReversed()) {
      if (!job) continue
      if (known && wasReady && !this.#closed && (lost.length === 1 || call === exit.call)) {
        this.#tenants.ran(job.request.tenant, ranMs)
        this.#fail(job, blame(job, exit))
      } else if (job.slot || this.#closed) this.#fail(job, { code: "sandbox-crashed", detail: "its process ended" })
      else {
        job.suspect ||= !known
        this.#queue.pushFront(job.request.tenant, job)
      }
    }
    if (this.#closed) return
    this.#meters.restarted()
    if (exit.overdue && !slot.killed) this.#meters.stopped("terminated")
    slot.killed = false
    slot.failedStarts = wasReady ? slot.failedStarts : slot.failedStarts + 1
    this.#options.log(`a sandbox process ${exit.detail}${exit.overdue ? " for a run that did not stop" : ""}`)
    if (slot.failedStarts < MAX_FAILED_STARTS) slot.startAgain()
    else this.#giveUp(exit.detail)
    this.#dispatch()
  }

  /** A runner that does not start any more; when it was the last one, nothing that is queued can run. */
  #giveUp(detail: string): void {
    this.#ready.reject(new NexusError({ code: "unavailable", what: "The sandbox", detail }))
    const alive = this.#slots.some(({ failedStarts }) => failedStarts < MAX_FAILED_STARTS)
    if (alive) return
    for (const job of this.#queue.drain()) this.#fail(job, { code: "unavailable", what: "The sandbox", detail })
  }
}

function blame(job: Job, { overdue, detail }: RunnerExit): Failure {
  return overdue ? timeoutFailure(job.request, job.request.limits) : { code: "sandbox-crashed", detail }
}

function failedOutcome(failure: Failure, wallMs: number): Outcome {
  return { status: "failed", failure, effects: [], usage: { wallMs, cpuMs: 0, memoryBytes: 0, hostCalls: 0 } }
}
