import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { engineFile } from "../../src/quickjs.ts"
import { Budget } from "../../src/vm/budget.ts"
import { hostImports } from "../../src/vm/host-calls.ts"

const memory = new Uint8Array(64).fill(255)
const instance = { bytes: () => memory, grow: () => {}, call: () => () => 0, stackPointer: 0 }
const imports = hostImports({ budget: new Budget(() => 0), nowMs: 5 }, () => instance)

it("the interpreter imports one question, a clock that stands, and nothing that leads out", () => {
  const { env = {}, wasi_snapshot_preview1: wasi = {} } = imports
  const wanted = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(engineFile())))
  expect(wanted.map(({ module, name }) => imports[module]?.[name] !== undefined)).not.toContain(false)
  expect(Object.keys(env)).toHaveLength(6)
  expect(Object.keys(wasi)).toHaveLength(6)
  const call = (name: string, ...args: unknown[]) => (wasi[name] as (...args: unknown[]) => number)(...args)
  for (const name of ["fd_write", "fd_close", "fd_fdstat_get", "fd_seek"]) expect(call(name, 1, 0, 0, 0)).toBe(8)
  for (const name of ["host_call", "host_module_normalize", "host_module_load", "host_promise_rejection"]) {
    expect((env[name] as (...args: number[]) => number)(1, 2, 3)).toBe(0)
  }
  call("clock_time_get", 0, 0n, 8)
  call("random_get", 16, 4)
  expect(new DataView(memory.buffer).getBigUint64(8, true)).toBe(5_000_000n)
  expect([...memory.subarray(15, 21)]).toEqual([0, 0, 0, 0, 0, 255])
})
