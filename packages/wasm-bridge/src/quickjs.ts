import { createHash } from "node:crypto"
import { fileURLToPath } from "node:url"
import { ENGINE_SHA256 } from "./engine-hash.ts"

const ENGINE_BYTES = 637_405

/** Where the interpreter's module lies on this machine. */
export function engineFile(): string {
  return fileURLToPath(import.meta.resolve("quickjs-wasi/quickjs.wasm"))
}

/** The interpreter's bytes. Throws when they are not the ones this package was tested with. */
export function checkedEngine(bytes: Uint8Array): Uint8Array {
  const found = createHash("sha256").update(bytes).digest("hex")
  if (found !== ENGINE_SHA256) throw new Error(`quickjs.wasm has sha256 ${found} instead of ${ENGINE_SHA256}`)
  return bytes
}

/** The interpreter's bytes with machine code behind them. Throws when it is another interpreter that was compiled. */
export function checkedCompiledEngine(bytes: Uint8Array): Uint8Array {
  checkedEngine(bytes.subarray(0, ENGINE_BYTES))
  return bytes
}
