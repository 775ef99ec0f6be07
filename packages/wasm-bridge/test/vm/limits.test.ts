import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { checkedEngine, engineFile } from "../../src/quickjs.ts"
import { withMaximumMemory } from "../../src/vm/limits.ts"

const wasm = readFileSync(engineFile())
const nothing = () => 0

function memoryOf(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Memory {
  const module = new WebAssembly.Module(bytes)
  const imports: { [module: string]: { [name: string]: () => number } } = {}
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] = { ...imports[from], [name]: nothing }
  }
  const { memory } = new WebAssembly.Instance(module, imports).exports
  if (!(memory instanceof WebAssembly.Memory)) throw new Error("no memory")
  return memory
}

it("a module with a declared maximum cannot grow past it", () => {
  const memory = memoryOf(withMaximumMemory(wasm, 20 * 1024 * 1024))
  const pages = memory.buffer.byteLength / 65_536
  memory.grow(320 - pages)
  expect(() => memory.grow(1)).toThrow(RangeError)
})

it("a maximum below the module's own minimum becomes the minimum", () => {
  const memory = memoryOf(withMaximumMemory(wasm, 1))
  expect(() => memory.grow(1)).toThrow(RangeError)
})

it("an engine module that is not the tested one is refused", () => {
  expect(checkedEngine(wasm)).toBe(wasm)
  const changed = Uint8Array.from(wasm)
  changed[100] = (changed[100] ?? 0) ^ 1
  expect(() => checkedEngine(changed)).toThrow("sha256")
})

it("bytes that are no module are refused", () => {
  expect(() => withMaximumMemory(wasm.subarray(0, 40), 1)).toThrow()
})
