import { fetchFromDebian, findWasmEdge } from "@nexus/wasm-bridge/wasmedge"

// `npm run wasmedge`: brings the WasmEdge library where the machine has none that fits. Nothing is installed: Debian's
// packages are unpacked in a cache folder, and only sandbox processes on WasmEdge load what lies there.

const FETCH_MS = 600_000

const found = await findWasmEdge()
if (found.ok) console.log(`WasmEdge ${found.wasmEdge.version} is here: ${found.wasmEdge.library}`)
else {
  const fetched = await fetchFromDebian(FETCH_MS, console.log)
  const second = fetched.ok ? await findWasmEdge() : found
  if (second.ok) console.log(`WasmEdge ${second.wasmEdge.version} lies in ${second.wasmEdge.library}`)
  else {
    console.error(`WasmEdge was not fetched: ${fetched.ok ? second.why : fetched.why}`)
    process.exitCode = 1
  }
}
