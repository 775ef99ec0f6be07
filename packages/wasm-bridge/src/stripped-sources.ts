import { createHash } from "node:crypto"
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { stripTypeScriptTypes } from "node:module"
import { dirname, join, relative, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { guestSource, preludeFiles, recorderFile } from "./guest-source.ts"

/**
 * What a sandbox process runs, without types and with the prelude made: reading types out of some thirty files was a
 * quarter of its start, and a process that ended for a run that did not stop starts again while others wait. Made once
 * for these very sources, for the folder's name is their hash: it cannot be older than they are. Node's own compile
 * cache would do it too, but only for a process that may write to the cache, which no guest's process may.
 *
 * It lies beside the packages and is as trusted as they are. Where that cannot be written, processes read the sources.
 */
export interface SandboxSources {
  /** The entry. */
  readonly main: string
  /** The prelude, or what it is made of. */
  readonly prelude: string
  /** What a process must be let to read, with wildcards. */
  readonly readable: readonly string[]
}

const here = fileURLToPath(new URL(".", import.meta.url))
const kept = fileURLToPath(new URL("../../../node_modules/.cache/nexus-sandbox/", import.meta.url))
const entry = fileURLToPath(new URL("./main.ts", import.meta.url))
const RELATIVE_IMPORT = /(\bfrom |\bimport\(|\bnew URL\()"(\.[^"]+)\.ts"/g

const TYPES_ALONE = /^import type [^"]*"[^"]+"$/gm

let made: SandboxSources | undefined

export function sandboxSources(): SandboxSources {
  made ??= stripped() ?? asTheyAre()
  return made
}

function stripped(): SandboxSources | undefined {
  const files = withImports([entry])
  const hash = createHash("sha256").update(process.version)
  for (const [file, text] of files) hash.update(`\n${relative(here, file)}\n${text}`)
  for (const file of preludeFiles(recorderFile())) hash.update(`\n${readFileSync(file, "utf8")}`)
  const folder = join(kept, hash.digest("hex").slice(0, 32))
  const main = join(folder, "main.mjs")
  try {
    if (!existsSync(main)) write(folder, files)
  } catch {
    return undefined
  }
  return existsSync(main) ? { main, prelude: join(folder, "prelude.js"), readable: [`${folder}/*`] } : undefined
}

function asTheyAre(): SandboxSources {
  const recorder = recorderFile()
  const manifest = fileURLToPath(new URL("../package.json", import.meta.url))
  const readable = [`${here}*`, manifest, `${dirname(recorder)}/record*`]
  return { main: entry, prelude: recorder, readable }
}

/** In one step, for two processes may come to need it at once. */
function write(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(kept, { recursive: true })
  const part = mkdtempSync(join(kept, "part-"))
  for (const [file, text] of files) {
    const to = join(part, relative(here, file).replace(/\.ts$/, ".mjs"))
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, stripTypeScriptTypes(text).replace(RELATIVE_IMPORT, '$1"$2.mjs"'))
  }
  writeFileSync(join(part, "prelude.js"), guestSource(recorderFile()))
  // Who installs may be another user than who serves.
  chmodSync(part, 0o755)
  try {
    renameSync(part, folder)
  } catch {
    rmSync(part, { recursive: true })
  }
}

/** The files and all that they import of this package, each with its text. */
function withImports(entries: readonly string[], found = new Map<string, string>()): ReadonlyMap<string, string> {
  for (const file of entries) {
    if (found.has(file)) continue
    const text = readFileSync(file, "utf8")
    found.set(file, text)
    const imports = [...text.replaceAll(TYPES_ALONE, "").matchAll(RELATIVE_IMPORT)].map(([, , path]) =>
      resolve(dirname(file), `${path}.ts`),
    )
    withImports(imports, found)
  }
  return found
}
