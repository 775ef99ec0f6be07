import { fileURLToPath } from "node:url"
import { engineFile } from "./quickjs.ts"
import { sandboxSources } from "./stripped-sources.ts"

/** What differs between the processes of one engine and another: how they start, what they may do, what they load. */
export interface ProcessType {
  readonly command: string
  /** Arguments before Node's own. */
  readonly before: readonly string[]
  /** Node's flags. */
  readonly rights: readonly string[]
  /** The interpreter, as the engine takes it. */
  readonly wasmFile: string
  /** The engine's library; empty where the engine is V8's own. */
  readonly library: string
}

/**
 * A process on V8's own WebAssembly: it may read its own sources and its two libraries, and start a worker. No other
 * file, process, address, add-on or environment.
 */
export function v8Process(): ProcessType {
  return {
    command: process.execPath,
    before: [],
    rights: rightsToRead([engineFile()]),
    wasmFile: engineFile(),
    library: "",
  }
}

/** The flags that take every right from a Node process but to read the files it needs to start, and `files`. */
export function rightsToRead(files: readonly string[]): string[] {
  const codec = fileURLToPath(new URL(".", import.meta.resolve("msgpackr")))
  const readable = [...sandboxSources().readable, `${codec}*`, ...files]
  const quiet = ["--disable-warning=SecurityWarning", "--disable-warning=ExperimentalWarning"]
  return ["--permission", ...readable.map((path) => `--allow-fs-read=${path}`), "--allow-worker", ...quiet]
}
