import { readFileSync } from "node:fs"
import { inThread, machineOptions } from "./sandbox-handler.ts"

// A process that does S1's run, on WasmEdge when its library and the compiled interpreter are named, else on V8. For each
// message it answers with the milliseconds of one run.

const RUNS = 100
const [library, wasmFile] = process.argv.slice(2)

const run = inThread({ ...machineOptions(), ...(await onWasmEdge()) })
process.on("message", () => {
  const start = performance.now()
  for (let count = 0; count < RUNS; count += 1) run()
  process.send?.((performance.now() - start) / RUNS)
})

/** Loads the binding only where it is used. */
async function onWasmEdge() {
  if (!library || !wasmFile) return {}
  const { wasmEdge } = await import("../../packages/wasm-bridge/src/engines/wasmedge/engine.ts")
  return { engine: wasmEdge(library), wasm: readFileSync(wasmFile) }
}
