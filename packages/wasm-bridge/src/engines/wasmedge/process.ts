import { createHash } from "node:crypto"
import { existsSync, readFileSync, statSync } from "node:fs"
import { mkdir, rename, rm } from "node:fs/promises"
import { createRequire } from "node:module"
import { cpus } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { NexusError } from "@nexus/protocol"
import { ENGINE_SHA256 } from "../../engine-hash.ts"
import { type ProcessType, rightsToRead } from "../../process-type.ts"
import { engineFile } from "../../quickjs.ts"
import { ADVICE, cacheFolder, findWasmEdge, runBeside, type WasmEdge } from "./installed.ts"

const COMPILE_MS = 600_000
const KEY_LENGTH = 32
const ONLY_MINE = 0o700
const OTHERS_WRITE = 0o022

/**
 * A process on WasmEdge. It may do what a process on V8 may, read koffi and the compiled interpreter, and load add-ons:
 * koffi is one. That right is weaker than V8's process, for whoever gets to run JavaScript outside of the guest there
 * can load any library. Compiles the interpreter when this machine has not done so yet. Throws `unavailable`.
 */
export async function wasmEdgeProcess(log: (line: string) => void): Promise<ProcessType> {
  const found = await findWasmEdge()
  if (!found.ok) throw unavailable(`${found.why} ${ADVICE}`)
  const { wasmEdge } = found
  const wasmFile = await compiledEngine(wasmEdge, log)
  return {
    command: wasmEdge.command,
    before: wasmEdge.before,
    rights: [...rightsToRead([wasmFile, ...bindingFiles()]), "--allow-addons"],
    wasmFile,
    library: wasmEdge.library,
  }
}

/** The interpreter with its machine code, made once for this version of the engine, processor and interpreter. */
async function compiledEngine(wasmEdge: WasmEdge, log: (line: string) => void): Promise<string> {
  const folder = join(cacheFolder(), "compiled")
  await mkdir(folder, { recursive: true, mode: ONLY_MINE })
  const { uid, mode } = statSync(folder)
  if (uid !== process.getuid?.() || (mode & OTHERS_WRITE) !== 0) {
    throw unavailable(`others may write to ${folder}, and what lies there is run as machine code.`)
  }
  const key = createHash("sha256").update([wasmEdge.version, processor(), ENGINE_SHA256].join("\n")).digest("hex")
  const file = join(folder, `${key.slice(0, KEY_LENGTH)}.wasm`)
  if (existsSync(file)) return file
  log("compiling the interpreter for WasmEdge, once for this machine (about half a minute) …")
  const part = `${file}.${process.pid}`
  const { ok, output } = await runBeside(wasmEdge, [engineFile(), part], COMPILE_MS)
  if (!ok) {
    await rm(part, { force: true })
    throw unavailable(`it does not compile the interpreter: ${output.trim().slice(-300)}`)
  }
  await rename(part, file)
  return file
}

/** What of the processor the machine code depends on: it uses all that this one can do. */
function processor(): string {
  try {
    const features = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))
    if (features?.[1]) return `${process.platform} ${process.arch}${features[1]}`
  } catch {
    // Other systems have no such file.
  }
  return `${process.platform} ${process.arch} ${cpus()[0]?.model}`
}

/** The folders of koffi and of its build for this platform. */
function bindingFiles(): string[] {
  const koffi = import.meta.resolve("koffi")
  const build = createRequire(koffi).resolve(`@koromix/koffi-${process.platform}-${process.arch}`)
  return [`${dirname(fileURLToPath(koffi))}/*`, `${dirname(build)}/*`]
}

function unavailable(detail: string): NexusError {
  return new NexusError({ code: "unavailable", what: "The WasmEdge engine", detail })
}
