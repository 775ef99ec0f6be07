import type { Failure, Limits } from "@nexus/protocol"
import { type Machine, type MachineOptions, Machines } from "./machines.ts"
import type { Suspension } from "./snapshot.ts"
import { failureOf, guestErrorOf, memoryFailure, nxmlPosition, type Place, timeoutFailure } from "./vm/guest-failure.ts"
import { byteLength } from "./vm/marshal.ts"

/**
 * The runs of one thread, one turn at a time. A turn never throws for what the guest did: whatever comes out of the
 * machine becomes a `TurnResult`. A run that waits keeps its machine, with all its promises, until it is resumed,
 * suspended or discarded; every other machine goes back to be reset. A suspended run is data, and goes on in any thread
 * that has the same image.
 */
export interface TurnRequest extends Place {
  readonly id: string
  readonly tenant: string
  readonly source: string
  /** JSON text of what the guest's `turn` takes. */
  readonly input: string
  readonly nowMs: number
  readonly limits: Limits
}

export interface TurnResult {
  readonly status: "finished" | "failed" | "waiting"
  /** JSON texts: the value when finished, the effects, the host calls just made. */
  readonly value: string
  readonly effects: string
  readonly calls: string
  readonly failure?: Failure
  readonly cpuMs: number
  readonly memoryBytes: number
  readonly hostCalls: number
  /** Of a first turn: whether the handler's evaluated code was there already. */
  readonly image?: "found" | "made"
}

interface Run {
  readonly request: TurnRequest
  readonly machines: Machines
  readonly machine: Machine
}

/** A waiting run without an instance. */
interface Sleeper extends Omit<Run, "machine"> {
  readonly suspension: Suspension
}

export interface RunsOptions extends MachineOptions {
  /**
   * How many waiting runs keep their instance; of the others the difference of their memory is kept. Default all: an
   * instance is the quickest to go on with, but the address space of a browser's process holds no hundred of them.
   */
  readonly awake?: number
  /** The most a handler's stack may have, whatever its limits say: for where the thread's own is small. */
  readonly stackBytes?: number
  /** Told when a run begins that must be over after its budget, when its machine is ready at last, and when it is over. */
  readonly watch?: { begin(budgetMs: number): void; machineReady?(budgetMs: number): void; end(): void }
}

const MINIMUM_MEMORY_BYTES = 16 * 1024 * 1024
const MEGABYTE = 1024 * 1024
/** How many memory maxima have their machines ready at once. */
const MAXIMA = 6
/** The interpreter may take this much of the maximum beside what the handler allocates: stack and data. */
const ENGINE_BYTES = 2 * MEGABYTE
/** How long after a timeout the guest may take to hand over what it recorded. */
const COLLECT_GRACE_MS = 10
/** A machine that broke with this share of its maximum in use broke for lack of memory. */
const NEARLY_FULL = 0.75
const NEVER = "the handler waits for something that never comes: a promise that nothing will settle"

export class Runs {
  readonly #options: RunsOptions
  readonly #machines = new Map<number, Machines>()
  readonly #waiting = new Map<string, Run>()
  readonly #asleep = new Map<string, Sleeper>()

  constructor(options: RunsOptions) {
    this.#options = options
    this.#machinesFor(128 * MEGABYTE)
  }

  get waiting(): number {
    return this.#waiting.size + this.#asleep.size
  }

  start(wanted: TurnRequest): TurnResult {
    const stackBytes = Math.min(wanted.limits.stackBytes, this.#options.stackBytes ?? wanted.limits.stackBytes)
    const request = { ...wanted, limits: { ...wanted.limits, stackBytes } }
    const machines = this.#machinesFor(request.limits.memoryBytes)
    this.#options.watch?.begin(request.limits.cpuMs)
    try {
      return this.#start(request, machines)
    } finally {
      this.#options.watch?.end()
    }
  }

  #start(request: TurnRequest, machines: Machines): TurnResult {
    const known = machines.knows(request.tenant, request.source)
    const image = machines.handler(request.tenant, request.source, request.limits.cpuMs)
    if (image.failure) return { ...refused(image.failure(request, request.limits)), image: known ? "found" : "made" }
    const run = { request, machines, machine: machines.take(request.tenant, image.layers) }
    const { context } = run.machine
    context.setLimits(request.limits.memoryBytes - ENGINE_BYTES, request.limits.stackBytes)
    this.#options.watch?.machineReady?.(request.limits.cpuMs)
    return { ...this.#turn(run, request.input, request.nowMs, image.handler), image: known ? "found" : "made" }
  }

  /** Goes on with a waiting run; `undefined` when there is none of this id. */
  resume(id: string, input: string, nowMs: number): TurnResult | undefined {
    const run = this.#waiting.get(id) ?? this.#woken(id)
    if (!run) return undefined
    this.#waiting.delete(id)
    this.#options.watch?.begin(run.request.limits.cpuMs)
    try {
      return this.#turn(run, input, nowMs)
    } finally {
      this.#options.watch?.end()
    }
  }

  /** What a run of this maximum starts from. */
  image(memoryBytes: number): Uint8Array<ArrayBuffer> {
    return this.#machinesFor(memoryBytes).image
  }

  /** The memory of a waiting run. The run goes on waiting here until it is discarded. */
  suspend(id: string): (Suspension & { readonly image: Uint8Array<ArrayBuffer> }) | undefined {
    const sleeper = this.#asleep.get(id)
    if (sleeper) return { ...sleeper.suspension, image: sleeper.machines.image }
    const run = this.#waiting.get(id)
    return run && { ...run.machines.suspend(run.machine), image: run.machines.image }
  }

  /** Goes on with a run that was suspended, here or elsewhere. `request.input` is what `resume` takes. */
  revive(request: TurnRequest, suspension: Suspension): TurnResult {
    const machines = this.#machinesFor(request.limits.memoryBytes)
    const run = { request, machines, machine: machines.revive(request.tenant, suspension) }
    this.#options.watch?.begin(request.limits.cpuMs)
    try {
      return this.#turn(run, request.input, request.nowMs)
    } finally {
      this.#options.watch?.end()
    }
  }

  discard(id: string): void {
    this.#asleep.delete(id)
    const run = this.#waiting.get(id)
    if (run && this.#waiting.delete(id)) run.machines.give(run.machine)
  }

  #turn(run: Run, input: string, nowMs: number, handler?: number): TurnResult {
    const { host } = run.machine.context
    host.nowMs = nowMs
    host.budget.begin(run.request.limits.cpuMs)
    let ending = attempt(run, () => play(run, input, handler))
    const cpuMs = host.budget.usedMs
    if (!ending.broken) {
      if (ending.failure) host.budget.begin(COLLECT_GRACE_MS)
      const collected = attempt(run, () => collect(run))
      ending = { ...collected, ...(ending.failure ? { failure: ending.failure } : {}) }
    }
    const result = settled(run, ending, cpuMs)
    if (result.status === "waiting") this.#wait(run)
    else if (!ending.broken) run.machines.give(run.machine)
    return result
  }

  /** Keeps a waiting run, and lets those that have waited longest go without their instance. */
  #wait(run: Run): void {
    this.#waiting.set(run.request.id, run)
    const { awake = Number.POSITIVE_INFINITY } = this.#options
    for (const [id, { request, machines, machine }] of this.#waiting) {
      if (this.#waiting.size <= awake) return
      this.#waiting.delete(id)
      this.#asleep.set(id, { request, machines, suspension: machines.suspend(machine) })
    }
  }

  #woken(id: string): Run | undefined {
    const sleeper = this.#asleep.get(id)
    if (!sleeper) return undefined
    this.#asleep.delete(id)
    const { request, machines, suspension } = sleeper
    return { request, machines, machine: machines.revive(request.tenant, suspension) }
  }

  /** Makes one instance that the next run finds ready; `false` when there are enough. For when there is nothing to run. */
  prewarm(): boolean {
    return [...this.#machines.values()].at(-1)?.prewarm() ?? false
  }

  /** Those of the maxima used last are kept; waiting runs keep theirs themselves. */
  #machinesFor(memoryBytes: number): Machines {
    const bytes = Math.ceil(Math.max(memoryBytes, MINIMUM_MEMORY_BYTES) / MEGABYTE) * MEGABYTE
    const machines = this.#machines.get(bytes) ?? new Machines(bytes, this.#options)
    this.#machines.delete(bytes)
    this.#machines.set(bytes, machines)
    const [oldest] = this.#machines.keys()
    if (this.#machines.size > MAXIMA && oldest !== undefined) this.#machines.delete(oldest)
    return machines
  }
}

/** How a guest call ended; `broken` when the machine cannot be used again. */
interface Ending {
  readonly text: string
  readonly failure?: Failure
  readonly broken: boolean
}

function attempt(run: Run, act: () => string): Ending {
  const { request } = run
  const { host } = run.machine.context
  try {
    const text = act()
    if (!host.budget.spent) return { text, broken: false }
    return { text, failure: timeoutFailure(request, request.limits), broken: false }
  } catch (error) {
    const { guest, broken } = guestErrorOf(error)
    const timedOut = host.budget.spent
    if (timedOut) return { text: "", failure: timeoutFailure(request, request.limits, guest.stack), broken }
    const full = broken && run.machine.context.instance.bytes().length > run.machines.memoryBytes * NEARLY_FULL
    const failure = full ? memoryFailure(request, request.limits) : failureOf(guest, request, request.limits)
    return { text: "", failure, broken }
  }
}

function play(run: Run, input: string, handler: number | undefined): string {
  const { context } = run.machine
  const { door } = run.machines
  const value = context.newString(input)
  const argv = new DataView(context.instance.bytes().buffer)
  argv.setUint32(door.argv, value, true)
  argv.setUint32(door.argv + 4, handler ?? door.nothing, true)
  context.freeValue(context.call(door.turn, door.nothing, 2, door.argv))
  context.freeValue(value)
  context.runJobs()
  return ""
}

function collect(run: Run): string {
  const { context } = run.machine
  const { door } = run.machines
  const value = context.call(door.collect, door.nothing, 0, 0)
  const text = context.stringOf(value)
  context.freeValue(value)
  return text
}

/** Reads what `collect` gave: a head of six fields, then the three texts they measure. */
function settled(run: Run, ending: Ending, cpuMs: number): TurnResult {
  const { request } = run
  const { limits } = request
  const head = ending.text.indexOf("\n")
  const [status = "", exceeded = "", calls = "", ...lengths] = ending.text.slice(0, Math.max(0, head)).split(",")
  const [valueLength = 0, effectsLength = 0] = lengths.map(Number)
  const effectsAt = head + 1 + valueLength
  const callsAt = effectsAt + effectsLength
  const value = ending.text.slice(head + 1, effectsAt)
  const effects = ending.text.slice(effectsAt, callsAt)
  const hostCalls = Number(calls) || 0
  const usage = {
    cpuMs,
    memoryBytes: run.machine.context.instance.bytes().length,
    hostCalls,
  }
  const failure =
    ending.failure ??
    exceededFailure(exceeded, hostCalls, request) ??
    statusFailure(status, value, request) ??
    sizeFailure("result", value, limits.resultBytes) ??
    sizeFailure("effects", effects, limits.effectBytes)
  if (failure)
    return { status: "failed", value: "", effects: exceeded ? "[]" : effects || "[]", calls: "[]", failure, ...usage }
  const kind = status === "finished" ? "finished" : "waiting"
  return { status: kind, value, effects, calls: ending.text.slice(callsAt), ...usage }
}

function statusFailure(status: string, text: string, request: TurnRequest): Failure | undefined {
  if (status === "finished" || status === "waiting") return undefined
  if (status === "failed") return failureOf(JSON.parse(text), request, request.limits)
  if (status === "stuck") return failureOf({ name: "", message: NEVER, stack: "" }, request, request.limits)
  return { code: "sandbox-crashed", detail: "the engine gave back no turn" }
}

function exceededFailure(exceeded: string, used: number, request: TurnRequest): Failure | undefined {
  const [what, at = ""] = exceeded.split(" ")
  const { hostCalls, effectBytes } = request.limits
  const position = nxmlPosition(at, request)
  if (what === "calls") {
    return { code: "quota-exceeded", what: "host calls", limit: hostCalls, used: used + 1, ...position }
  }
  if (what === "effects") return { code: "too-large", what: "effects", limit: effectBytes, unit: "bytes", ...position }
  return undefined
}

function sizeFailure(what: string, text: string, limit: number): Failure | undefined {
  if (text.length * 3 <= limit) return undefined
  const actual = byteLength(text)
  return actual > limit ? { code: "too-large", what, limit, actual, unit: "bytes" } : undefined
}

/** A turn that never began. */
export function refused(failure: Failure): TurnResult {
  const usage = { cpuMs: 0, memoryBytes: 0, hostCalls: 0 }
  return { status: "failed", value: "", effects: "[]", calls: "[]", failure, ...usage }
}
