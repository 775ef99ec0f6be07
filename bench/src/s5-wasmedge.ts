import { fork } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { wasmEdgeProcess } from "../../packages/wasm-bridge/src/engines/wasmedge/process.ts"
import { type ProcessType, v8Process } from "../../packages/wasm-bridge/src/process-type.ts"
import type { Contender, Goal } from "./measure.ts"

/**
 * S1's run on WasmEdge with the interpreter compiled ahead of time, beside V8. Both do it in a process of their own, for
 * WasmEdge's library may need its own dynamic loader; the figure is the time of one run there, without the way. Where
 * the library cannot be had there is nothing to compare, and one line says so.
 */
const wasmEdge = await wasmEdgeProcess(console.log).catch((error: Error) => {
  console.log(`S5 was not measured: ${error.message}`)
})

function inProcess({ command, before, library, wasmFile }: ProcessType): Contender {
  const script = fileURLToPath(new URL("sandbox-thread.ts", import.meta.url))
  const child = fork(script, library === "" ? [] : [library, wasmFile], { execPath: command, execArgv: [...before] })
  const run = async () => {
    child.send("run")
    const [milliseconds] = await once(child, "message")
    return milliseconds
  }
  return { run, close: () => child.kill(), warmups: 40, samples: 40 }
}

export const goal: Goal = {
  id: "S5",
  what: "S1's run on WasmEdge",
  contenders: wasmEdge ? { wasmedge: () => inProcess(wasmEdge), v8: () => inProcess(v8Process()) } : {},
  claims: wasmEdge ? [{ ours: "wasmedge", peer: "v8", timesSlower: 1.5 }] : [],
}
