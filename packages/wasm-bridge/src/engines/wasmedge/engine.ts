import type { CompiledModule, Engine, EngineImports, EngineInstance } from "../engine.ts"
import {
  type Address,
  givenText,
  type Library,
  memoryView,
  type NativeHostFunction,
  openLibrary,
  readInteger,
  registerHostFunction,
  TYPE_OFFSET,
  textOf,
  VALUE_BYTES,
  writeInteger,
} from "./library.ts"

/**
 * WasmEdge behind the engine port. The bytes to compile are those that `compileAhead` made: the same WebAssembly with
 * machine code in a section of its own, so the maximum of its memory is rewritten like that of any module. One guest
 * call of a thread is under way at a time and host functions never call back, so all instances share one set of host
 * functions, which act for the instance whose call it is. Each thread opens an engine of its own.
 */
const PAGE_BYTES = 65_536
const MOST_PARAMETERS = 8
const VALUE_CELLS = VALUE_BYTES / 4
const TYPE_BYTES = 8
/** Where in a type its code stands. */
const TYPE_CODE = 2
const I32 = 0x7f
const I64 = 0x7e
/** The result of a host function that failed. */
const FAILED = 2

export function wasmEdge(file: string): Engine {
  const thread = new Thread(openLibrary(file))
  return {
    name: "wasmedge",
    compile(bytes) {
      const module = thread.parse(bytes)
      return { instantiate: (imports) => thread.instantiate(module, imports) } satisfies CompiledModule
    },
  }
}

/** The library as one thread uses it: its executor, its host functions, the room for a call's values. */
class Thread {
  readonly library: Library
  readonly executor: Address
  readonly #configure: Address
  readonly #store: Address
  readonly #hosts = new Set<string>()
  readonly #given = new Uint8Array(MOST_PARAMETERS * VALUE_BYTES)
  readonly #cells = new Int32Array(this.#given.buffer)
  readonly #result = new Uint8Array(VALUE_BYTES)
  readonly #resultCell = new Int32Array(this.#result.buffer, 0, 1)
  readonly #gone: FinalizationRegistry<Address>
  #imports: EngineImports = {}
  #thrown: { readonly error: unknown } | undefined

  constructor(library: Library) {
    this.library = library
    this.#configure = library.configure()
    this.executor = library.executor(this.#configure, null)
    this.#store = library.store()
    this.#gone = new FinalizationRegistry((module) => library.deleteModule(module))
    for (let index = 0; index < MOST_PARAMETERS; index += 1) {
      this.#given.set(library.i32, index * VALUE_BYTES + TYPE_OFFSET)
    }
  }

  /** A module that is read, validated, and whose imports are registered. */
  parse(bytes: Uint8Array): Address {
    const { library } = this
    const room = new BigUint64Array(1)
    this.check(library.parse(library.loader(this.#configure), room, bytes, bytes.length))
    const module = room[0] ?? 0n
    this.check(library.validate(library.validator(this.#configure), module))
    this.#registerImports(module)
    return module
  }

  instantiate(module: Address, imports: EngineImports): EngineInstance {
    const room = new BigUint64Array(1)
    this.#imports = imports
    this.check(this.library.instantiate(this.executor, room, this.#store, module))
    const owner = {}
    this.#gone.register(owner, room[0] ?? 0n)
    return new WasmEdgeInstance(this, room[0] ?? 0n, imports, owner)
  }

  /** Calls a guest function of `i32` parameters; the answer is its result, if it has one. */
  invoke(callee: Address, imports: EngineImports, args: readonly number[], count: number, results: number): number {
    this.#imports = imports
    for (let index = 0; index < count; index += 1) this.#cells[index * VALUE_CELLS] = args[index] ?? 0
    const result = this.library.invoke(this.executor, callee, this.#given, count, this.#result, results)
    if (this.#thrown) {
      const { error } = this.#thrown
      this.#thrown = undefined
      throw error
    }
    this.check(result)
    return results === 0 ? 0 : (this.#resultCell[0] ?? 0)
  }

  /** Throws what every engine throws for a trap. */
  check(result: number): void {
    if (result !== 0) throw new WebAssembly.RuntimeError(this.library.resultMessage(result))
  }

  /** Makes the host functions that a module imports and this thread has not made yet. */
  #registerImports(module: Address): void {
    const { library } = this
    const addresses = new BigUint64Array(library.importsLength(module))
    library.imports(module, addresses, addresses.length)
    const fresh = new Map<string, Address>()
    for (const address of addresses) {
      const from = textOf(library.importModule(address))
      const name = textOf(library.importName(address))
      const type = library.importType(module, address)
      if (type === null) throw new Error(`the engine module imports ${name}, which is no function`)
      if (this.#hosts.has(from)) continue
      const host = fresh.get(from) ?? library.hostModule(givenText(from))
      fresh.set(from, host)
      const callback = registerHostFunction(this.#hostFunction(from, name, type))
      library.addFunction(host, givenText(name), library.hostFunction(type, callback, null, 0))
    }
    for (const [from, host] of fresh) {
      this.check(library.registerImport(this.executor, this.#store, host))
      this.#hosts.add(from)
    }
  }

  /** What one host throws is thrown again where the guest was called, as other engines do. */
  #hostFunction(from: string, name: string, type: Address): NativeHostFunction {
    const parameters = this.typeCodes(type)
    return (_data, _frame, given, results) => {
      try {
        const args = parameters.map((code, index) =>
          readInteger(given + BigInt(index * VALUE_BYTES), code === I64 ? "int64" : "int32"),
        )
        const callee = this.#imports[from]?.[name] as ((...args: (number | bigint)[]) => number) | undefined
        if (!callee) throw new Error(`nothing was given for the import ${from}.${name}`)
        writeInteger(results, callee(...args))
        return 0
      } catch (error) {
        this.#thrown = { error }
        return FAILED
      }
    }
  }

  /** The parameters of a function type, each by its code in WebAssembly. */
  typeCodes(type: Address): number[] {
    const { library } = this
    const length = library.parametersLength(type)
    const types = new Uint8Array(length * TYPE_BYTES)
    library.parameters(type, types, length)
    return Array.from({ length }, (_, index) => types[index * TYPE_BYTES + TYPE_CODE] ?? 0)
  }
}

class WasmEdgeInstance implements EngineInstance {
  readonly #thread: Thread
  readonly #module: Address
  readonly #imports: EngineImports
  readonly #memory: Address
  readonly #stackPointer: Address
  readonly #owner: object
  #pages = 0
  #bytes = new Uint8Array(0)
  /** True when the guest may have grown its memory since it was looked at. */
  #stale = true

  constructor(thread: Thread, module: Address, imports: EngineImports, owner: object) {
    const memory = thread.library.findMemory(module, givenText("memory"))
    const stackPointer = thread.library.findGlobal(module, givenText("__stack_pointer"))
    if (memory === null || stackPointer === null) {
      throw new Error("the engine module exports no memory or no __stack_pointer")
    }
    this.#thread = thread
    this.#module = module
    this.#imports = imports
    this.#memory = memory
    this.#stackPointer = stackPointer
    this.#owner = owner
  }

  bytes(): Uint8Array<ArrayBuffer> {
    if (this.#stale) this.#look()
    return this.#bytes
  }

  grow(pages: number): void {
    this.#thread.check(this.#thread.library.growMemory(this.#memory, pages))
    this.#look()
  }

  call(name: string): (...args: number[]) => number {
    const { library } = this.#thread
    const callee = library.findFunction(this.#module, givenText(name))
    if (callee === null) throw new Error(`the engine module exports no function ${name}`)
    const type = library.functionType(callee)
    const results = library.returnsLength(type)
    const parameters = this.#thread.typeCodes(type)
    if (parameters.length > MOST_PARAMETERS || parameters.some((code) => code !== I32)) {
      throw new Error(`the function ${name} of the engine module takes more than whole numbers`)
    }
    return (...args) => {
      this.#stale = true
      return this.#thread.invoke(callee, this.#imports, args, parameters.length, results)
    }
  }

  get stackPointer(): number {
    return Number(this.#thread.library.globalValue(this.#stackPointer).Low)
  }

  set stackPointer(value: number) {
    const Type = { Data: this.#thread.library.i32 }
    this.#thread.check(this.#thread.library.setGlobalValue(this.#stackPointer, { Low: value, High: 0, Type, Rest: 0 }))
  }

  /** The memory lies at one address for good, in address space reserved for all it may become. */
  #look(): void {
    this.#stale = false
    const pages = this.#thread.library.memoryPages(this.#memory)
    if (pages === this.#pages) return
    const length = pages * PAGE_BYTES
    this.#bytes = memoryView(this.#thread.library.memoryPointer(this.#memory, 0, length), length)
    this.#pages = pages
    owners.set(this.#bytes.buffer, this.#owner)
  }
}

/** Whoever holds a view of a memory holds its instance: the memory goes away with it. */
const owners = new WeakMap<ArrayBuffer, object>()
