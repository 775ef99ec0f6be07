import { readFileSync } from "node:fs"
import { libraryVersion, openLibrary } from "./library.ts"

/**
 * The entry of a process that only looks or compiles, so that a library that is broken or too old takes nobody along:
 * `library` says its version; `library wasm out` compiles to machine code, which the file at `out` then holds beside
 * the WebAssembly it came from.
 */
const [file = "", wasmFile, outFile] = process.argv.slice(2)
/** WebAssembly with machine code in a section of its own, rather than a shared object. */
const WASM_FORMAT = 1

if (wasmFile && outFile) {
  const library = openLibrary(file)
  const configure = library.configure()
  library.setOutputFormat(configure, WASM_FORMAT)
  const wasm = readFileSync(wasmFile)
  const result = library.compileBytes(library.compiler(configure), wasm, wasm.length, outFile)
  if (result !== 0) throw new Error(library.resultMessage(result))
} else process.stdout.write(libraryVersion(file))
