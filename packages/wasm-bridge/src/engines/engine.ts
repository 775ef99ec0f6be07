/**
 * What the sandbox needs of a WebAssembly engine: compile bytes once, make instances of them. Images of linear memory
 * cross engines both ways, so everything above this port is the same for all.
 */
export interface Engine {
  readonly name: string
  compile(bytes: Uint8Array<ArrayBuffer>): CompiledModule
}

export interface CompiledModule {
  instantiate(imports: EngineImports): EngineInstance
}

export interface EngineImports {
  readonly [module: string]: { readonly [name: string]: (...args: never[]) => number }
}

/** The memory and functions of one instance. `bytes()` is a view of the memory as it is now; growth makes a new one. */
export interface EngineInstance {
  bytes(): Uint8Array<ArrayBuffer>
  grow(pages: number): void
  call(name: string): (...args: number[]) => number
  stackPointer: number
}
