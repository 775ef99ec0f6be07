import type { CompiledModule, Engine, EngineImports, EngineInstance } from "./engine.ts"

/** The WebAssembly of the JavaScript runtime itself: Node's and the browser's. Needs nothing installed. */
export const v8: Engine = {
  name: "v8",
  compile(bytes) {
    const module = new WebAssembly.Module(bytes)
    return { instantiate: (imports) => new V8Instance(module, imports) } satisfies CompiledModule
  },
}

class V8Instance implements EngineInstance {
  readonly #exports: WebAssembly.Exports
  readonly #memory: WebAssembly.Memory
  readonly #stackPointer: WebAssembly.Global
  #bytes: Uint8Array<ArrayBuffer>

  constructor(module: WebAssembly.Module, imports: EngineImports) {
    this.#exports = new WebAssembly.Instance(module, imports as WebAssembly.Imports).exports
    const { memory, __stack_pointer } = this.#exports
    if (!(memory instanceof WebAssembly.Memory) || !(__stack_pointer instanceof WebAssembly.Global)) {
      throw new Error("the engine module exports no memory or no __stack_pointer")
    }
    this.#memory = memory
    this.#stackPointer = __stack_pointer
    this.#bytes = new Uint8Array(memory.buffer)
  }

  bytes(): Uint8Array<ArrayBuffer> {
    if (this.#bytes.byteLength === 0) this.#bytes = new Uint8Array(this.#memory.buffer)
    return this.#bytes
  }

  grow(pages: number): void {
    this.#memory.grow(pages)
  }

  call(name: string): (...args: number[]) => number {
    const value = this.#exports[name]
    if (typeof value !== "function") throw new Error(`the engine module exports no function ${name}`)
    return value as (...args: number[]) => number
  }

  get stackPointer(): number {
    return this.#stackPointer.value
  }

  set stackPointer(value: number) {
    this.#stackPointer.value = value
  }
}
