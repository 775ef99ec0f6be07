import type { Failure, Limits } from "@nexus/protocol"
import { CompileCache } from "./compile-cache.ts"
import type { CompiledModule, Engine } from "./engines/engine.ts"
import {
  type Delta,
  deltaBytes,
  deltaOf,
  type Image,
  layered,
  restore,
  revive,
  type Suspension,
  scrub,
  suspensionOf,
  takeImage,
} from "./snapshot.ts"
import { Context } from "./vm/context.ts"
import { failureOf, guestErrorOf, handlerScript, type Place, SCRIPT_NAME, timeoutFailure } from "./vm/guest-failure.ts"
import { withMaximumMemory } from "./vm/limits.ts"

/**
 * The instances of one thread that share one memory maximum, and with it one module and one image: the interpreter
 * started, the prelude evaluated. A machine is taken for a run and given back after it; one that grew, trapped or saw
 * a host-level error is dropped instead, and a new one made from the image when it is needed.
 */
const SLACK_BYTES = 6 * 1024 * 1024
const COLLECT_THRESHOLD_BYTES = 4 * 1024 * 1024
const CACHE_BYTES = 32 * 1024 * 1024
const MAX_HANDLER_DELTA_BYTES = 4 * 1024 * 1024
const LARGE_BLOCK_BYTES = 2 * 1024 * 1024
const EVALUATION_STACK_BYTES = 256 * 1024
const STRIP_SOURCE = 16
const STRIP_LINES = 32

/** Where the image keeps the values the host calls. */
interface Door {
  readonly turn: number
  readonly collect: number
  readonly nothing: number
  /** Room for two arguments. */
  readonly argv: number
}

/** A handler's code as it stands in memory after it was evaluated, or why it cannot be. */
export type HandlerImage =
  | { readonly layers: Delta; readonly bytes: number; readonly handler: number; readonly failure?: undefined }
  | { readonly failure: (place: Place, limits: Limits) => Failure; readonly spent?: true }

export class Machine {
  readonly context: Context
  tenant = ""
  constructor(context: Context) {
    this.context = context
  }
}

export interface MachineOptions {
  readonly engine: Engine
  readonly wasm: Uint8Array
  readonly prelude: string
  /** Idle instances kept per memory maximum. */
  readonly instances: number
  /** Milliseconds that this thread has computed. */
  readonly cpuClock: () => number
}

export class Machines {
  readonly memoryBytes: number
  readonly door: Door
  readonly #image: Image
  readonly #pristine: Delta
  readonly #module: CompiledModule
  readonly #free: Machine[] = []
  /** By source, then by tenant. */
  readonly #handlers = new CompileCache<Map<string, HandlerImage>>(CACHE_BYTES)
  readonly #spare: number
  readonly #cpuClock: () => number

  constructor(memoryBytes: number, options: MachineOptions) {
    const { engine, wasm, prelude, instances, cpuClock } = options
    this.#module = engine.compile(withMaximumMemory(wasm, memoryBytes))
    this.#cpuClock = cpuClock
    this.#spare = instances
    this.memoryBytes = memoryBytes
    const context = new Context(this.#module, this.#cpuClock)
    context.start()
    const { door, end } = prepared(context, compiled(this.#module, prelude), Math.min(SLACK_BYTES, memoryBytes / 4))
    this.door = door
    this.#image = takeImage(context.instance, end)
    this.#pristine = layered(this.#image, [])
  }

  /** A machine whose memory is what `layers` say, and which no other run uses. */
  take(tenant: string, layers: Delta): Machine {
    const same = this.#free.findLastIndex((machine) => machine.tenant === tenant)
    const machine = same < 0 ? (this.#free.pop() ?? this.#make()) : (this.#free.splice(same, 1)[0] ?? this.#make())
    if (machine.tenant !== tenant && machine.tenant !== "") scrub(machine.context.instance, this.#image)
    machine.tenant = tenant
    restore(machine.context.instance, this.#image, layers)
    return machine
  }

  /** Gives a machine back. One whose memory grew is dropped, for memory never shrinks. */
  give(machine: Machine): void {
    if (machine.context.instance.bytes().length === this.#image.memory.length && this.#free.length < this.#spare) {
      this.#free.push(machine)
    }
  }

  /** Makes one machine ahead; `false` when as many stand ready as are kept. */
  prewarm(): boolean {
    if (this.#free.length >= this.#spare) return false
    this.#free.push(this.#make())
    return true
  }

  knows(tenant: string, source: string): boolean {
    return this.#handlers.get(source)?.has(tenant) ?? false
  }

  /** What the image restores; runs are kept as differences to it, so it must be the same where they go on. */
  get image(): Uint8Array<ArrayBuffer> {
    return this.#image.memory.subarray(this.#image.start, this.#image.end)
  }

  /**
   * The machine's memory as a difference to the image. The end of the used heap is found with a block that no gap can
   * hold; it grows the memory, so what is kept is a copy from before, and the machine will be dropped.
   */
  suspend({ context }: Machine): Suspension {
    const memory = context.instance.bytes().slice()
    const probe = context.allocate(memory.length)
    if (probe === 0) return suspensionOf(memory, this.#image, memory.length)
    context.free(probe)
    return suspensionOf(memory, this.#image, probe)
  }

  /** A machine as it was when it was suspended, wherever that was. */
  revive(tenant: string, suspension: Suspension): Machine {
    const machine = this.take(tenant, this.#pristine)
    revive(machine.context.instance, this.#image, suspension)
    return machine
  }

  /** The image of a handler of a tenant, evaluated once within `budgetMs`. */
  handler(tenant: string, source: string, budgetMs: number): HandlerImage {
    const images = this.#handlers.get(source) ?? new Map<string, HandlerImage>()
    const known = images.get(tenant)
    if (known) return known
    const image = this.#evaluate(tenant, source, budgetMs)
    if (image.failure && image.spent) return image
    images.set(tenant, image)
    const bytes = [...images.values()].reduce((sum, each) => sum + (each.failure ? 0 : each.bytes), source.length * 2)
    this.#handlers.set(source, images, bytes)
    return image
  }

  #evaluate(tenant: string, source: string, budgetMs: number): HandlerImage {
    const machine = this.take(tenant, this.#pristine)
    const { context } = machine
    context.host.budget.begin(budgetMs)
    context.setLimits(this.memoryBytes, EVALUATION_STACK_BYTES)
    try {
      const code = context.compile(handlerScript(source), SCRIPT_NAME, STRIP_SOURCE)
      restore(context.instance, this.#image, this.#pristine)
      const handler = context.run(code)
      const grew = context.instance.bytes().length !== this.#image.memory.length
      const delta = grew ? [] : deltaOf(context.instance, this.#image, endOfHeap(context))
      this.give(machine)
      const bytes = deltaBytes(delta)
      if (grew || bytes > MAX_HANDLER_DELTA_BYTES) return { failure: tooMuchCode(source) }
      return { layers: layered(this.#image, delta), bytes, handler }
    } catch (error) {
      const { guest, broken } = guestErrorOf(error)
      if (!broken) this.give(machine)
      if (context.host.budget.spent)
        return { failure: (place, limits) => timeoutFailure(place, limits, guest.stack), spent: true }
      return { failure: (place, limits) => failureOf(guest, place, limits) }
    }
  }

  #make(): Machine {
    const context = new Context(this.#module, this.#cpuClock)
    const { instance } = context
    const missing = this.#image.memory.length - instance.bytes().length
    if (missing > 0) instance.grow(missing / 65_536)
    restore(instance, this.#image, this.#pristine)
    return new Machine(context)
  }
}

/** The prelude's bytecode, made in an instance of its own so that the parser's leavings are in no image. */
function compiled(module: CompiledModule, prelude: string): Uint8Array {
  const context = new Context(module, () => 0)
  context.start()
  return context.compile(prelude, "prelude", STRIP_SOURCE | STRIP_LINES)
}

/** Evaluates the prelude, touches what the interpreter makes lazily, and leaves the allocator its slack. */
function prepared(context: Context, prelude: Uint8Array, slackBytes: number): { door: Door; end: number } {
  context.setCollectThreshold(COLLECT_THRESHOLD_BYTES)
  const guest = context.run(prelude)
  const door = {
    turn: context.property(guest, "turn"),
    collect: context.property(guest, "collect"),
    nothing: context.undefinedValue,
    argv: context.allocate(8),
  }
  context.free(context.allocate(slackBytes))
  return { door, end: endOfHeap(context) }
}

/** Where the used heap ends: a block larger than any gap lies behind all that is used. */
function endOfHeap(context: Context): number {
  const end = context.allocate(LARGE_BLOCK_BYTES)
  if (end === 0) throw new Error("the memory maximum leaves no room for a run")
  context.free(end)
  return end
}

function tooMuchCode(source: string): (place: Place) => Failure {
  return () => ({
    code: "too-large",
    what: "handler",
    limit: MAX_HANDLER_DELTA_BYTES,
    actual: source.length,
    unit: "bytes",
  })
}
