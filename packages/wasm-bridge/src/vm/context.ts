import type { CompiledModule, EngineInstance } from "../engines/engine.ts"
import { Budget } from "./budget.ts"
import { type HostState, hostImports } from "./host-calls.ts"
import { GuestMemoryError, readText, writeText } from "./marshal.ts"

/**
 * One QuickJS world in one instance: evaluates text, calls guest functions with text, runs pending jobs. Values of the
 * guest are pointers into its memory; they mean the same in every instance that holds the same image, and no one
 * outside this folder sees them.
 */

/** An error that came out of the guest, as text. */
export class GuestException extends Error {
  readonly guestName: string
  readonly guestStack: string
  constructor(name: string, message: string, stack: string) {
    super(message)
    this.name = "GuestException"
    this.guestName = name
    this.guestStack = stack
  }
}

const FUNCTIONS = [
  "_initialize",
  "wasm_malloc",
  "wasm_free",
  "qjs_init",
  "qjs_set_interrupt_handler",
  "qjs_set_promise_rejection_handler",
  "qjs_set_memory_limit",
  "qjs_set_max_stack_size",
  "qjs_set_gc_threshold",
  "qjs_eval",
  "qjs_compile",
  "qjs_eval_bytecode",
  "qjs_call",
  "qjs_new_string",
  "qjs_get_undefined",
  "qjs_get_string_len",
  "qjs_free_cstring",
  "qjs_free_value",
  "qjs_is_exception",
  "qjs_get_exception",
  "qjs_get_prop_string",
  "qjs_is_job_pending",
  "qjs_execute_pending_job",
] as const
type FunctionName = (typeof FUNCTIONS)[number]
type Functions = { readonly [name in FunctionName]: (...args: number[]) => number }

export class Context {
  readonly instance: EngineInstance
  readonly host: HostState
  readonly #functions: Functions

  constructor(module: CompiledModule, cpuClock: () => number) {
    this.host = { budget: new Budget(cpuClock), nowMs: 0 }
    this.instance = module.instantiate(hostImports(this.host, () => this.instance))
    this.#functions = Object.fromEntries(FUNCTIONS.map((name) => [name, this.instance.call(name)])) as Functions
  }

  /** Starts the interpreter in a fresh instance. An instance that gets an image restored needs no start. */
  start(): void {
    const { _initialize, qjs_init, qjs_set_interrupt_handler } = this.#functions
    _initialize()
    if (qjs_init() !== 0) throw new Error("the interpreter did not start")
    qjs_set_interrupt_handler(1)
  }

  setLimits(memoryBytes: number, stackBytes: number): void {
    this.#functions.qjs_set_memory_limit(memoryBytes)
    this.#functions.qjs_set_max_stack_size(stackBytes)
  }

  setCollectThreshold(bytes: number): void {
    this.#functions.qjs_set_gc_threshold(bytes)
  }

  allocate(bytes: number): number {
    return this.#functions.wasm_malloc(bytes)
  }

  free(pointer: number): void {
    this.#functions.wasm_free(pointer)
  }

  get undefinedValue(): number {
    return this.#functions.qjs_get_undefined()
  }

  /** The value of a script. Throws `GuestException`. */
  evaluate(source: string, name: string): number {
    const { wasm_malloc, wasm_free, qjs_eval } = this.#functions
    const text = writeText(this.instance, wasm_malloc, source)
    const file = writeText(this.instance, wasm_malloc, name)
    const value = qjs_eval(text.pointer, text.length, file.pointer, 0)
    wasm_free(text.pointer)
    wasm_free(file.pointer)
    return this.#checked(value)
  }

  /** The bytecode of a script. Throws `GuestException`. */
  compile(source: string, name: string, flags: number): Uint8Array<ArrayBuffer> {
    const { wasm_malloc, qjs_compile } = this.#functions
    const text = writeText(this.instance, wasm_malloc, source)
    const file = writeText(this.instance, wasm_malloc, name)
    const length = wasm_malloc(4)
    const code = qjs_compile(text.pointer, text.length, file.pointer, 0, flags, length)
    if (code === 0) throw this.#exception()
    const bytes = this.instance.bytes()
    const size = new DataView(bytes.buffer).getUint32(length, true)
    return bytes.slice(code, code + size)
  }

  /** The value of a compiled script. Throws `GuestException`. */
  run(bytecode: Uint8Array): number {
    const { wasm_malloc, wasm_free, qjs_eval_bytecode } = this.#functions
    const pointer = wasm_malloc(bytecode.length)
    if (pointer === 0) throw new GuestMemoryError()
    this.instance.bytes().set(bytecode, pointer)
    const value = qjs_eval_bytecode(pointer, bytecode.length)
    wasm_free(pointer)
    return this.#checked(value)
  }

  property(object: number, name: string): number {
    const text = writeText(this.instance, this.#functions.wasm_malloc, name)
    const value = this.#functions.qjs_get_prop_string(object, text.pointer)
    this.#functions.wasm_free(text.pointer)
    return value
  }

  newString(text: string): number {
    const { wasm_malloc, wasm_free, qjs_new_string } = this.#functions
    const { pointer, length } = writeText(this.instance, wasm_malloc, text)
    const value = qjs_new_string(pointer, length)
    wasm_free(pointer)
    return this.#checked(value)
  }

  /** Calls `callee` with values already written at `argv`. Throws `GuestException`. */
  call(callee: number, receiver: number, count: number, argv: number): number {
    return this.#checked(this.#functions.qjs_call(callee, receiver, count, argv))
  }

  /** Runs jobs until none is pending or the interpreter was told to stop. */
  runJobs(): void {
    const { qjs_is_job_pending, qjs_execute_pending_job } = this.#functions
    while (qjs_is_job_pending() && !this.host.budget.check()) {
      if (qjs_execute_pending_job() < 0) throw this.#exception()
    }
  }

  freeValue(value: number): void {
    this.#functions.qjs_free_value(value)
  }

  /** The text of a guest string; of anything else what the guest's own conversion gives. */
  stringOf(value: number): string {
    const { wasm_malloc, wasm_free, qjs_get_string_len, qjs_free_cstring } = this.#functions
    const lengthPointer = wasm_malloc(4)
    if (lengthPointer === 0) return ""
    const pointer = qjs_get_string_len(value, lengthPointer)
    if (pointer === 0) return ""
    const length = new DataView(this.instance.bytes().buffer).getUint32(lengthPointer, true)
    const text = readText(this.instance, { pointer, length })
    qjs_free_cstring(pointer)
    wasm_free(lengthPointer)
    return text
  }

  #checked(value: number): number {
    if (value === 0 || this.#functions.qjs_is_exception(value)) throw this.#exception()
    return value
  }

  #exception(): GuestException {
    const error = this.#functions.qjs_get_exception()
    const read = (name: string) => this.stringOf(this.property(error, name))
    return new GuestException(read("name"), read("message"), read("stack"))
  }
}
