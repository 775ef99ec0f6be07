import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { TRIED_VERSION } from "./tried-version.ts"

/**
 * Which WasmEdge this machine has. A library may also lie in a side root, which `fetchFromDebian` fills: it then runs
 * under the side root's own dynamic loader, with the C library it was built against, and this machine's Node. Whatever
 * is found is asked for its version in a process of its own, for a broken or foreign library takes its process along.
 */
export interface WasmEdge {
  readonly library: string
  readonly version: string
  /** What starts Node so that it can load the library, and the arguments before Node's own. */
  readonly command: string
  readonly before: readonly string[]
}

export type Found = { readonly ok: true; readonly wasmEdge: WasmEdge } | { readonly ok: false; readonly why: string }

const PROBE_MS = 30_000

/** What to do where there is none, for people. */
export const ADVICE =
  `WasmEdge ${TRIED_VERSION} is needed. Debian 13, Ubuntu 25.04: apt-get install libwasmedge0 · other Debian and Ubuntu: npm run wasmedge ` +
  `(fetches Debian's packages into your cache folder) · Fedora: dnf install wasmedge-rt · macOS: brew install wasmedge · ` +
  "a library elsewhere: NEXUS_WASMEDGE=/path/to/it"

/** How Debian names this machine's processor, its libraries' folder and its dynamic loader. */
export interface DebianNames {
  readonly architecture: string
  readonly folder: string
  readonly loader: string
}

const DEBIAN_NAMES: { readonly [arch: string]: DebianNames } = {
  x64: { architecture: "amd64", folder: "x86_64-linux-gnu", loader: "ld-linux-x86-64.so.2" },
  arm64: { architecture: "arm64", folder: "aarch64-linux-gnu", loader: "ld-linux-aarch64.so.1" },
}

export function debianNames(): DebianNames | undefined {
  return process.platform === "linux" ? DEBIAN_NAMES[process.arch] : undefined
}

/** Where fetched libraries and compiled code lie. All of it can be made again. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "nexus", "wasmedge")
}

/** Where Debian's packages are unpacked. */
export function sideRoot(): string {
  return join(cacheFolder(), `debian-13-${process.arch}`)
}

/** The first library that is there and of a version that was tried, else what is in the way. */
export async function findWasmEdge(): Promise<Found> {
  const refused: string[] = []
  for (const candidate of candidates()) {
    if (!existsSync(candidate.library)) continue
    const version = await ask(candidate)
    if (version?.startsWith(`${TRIED_VERSION}.`)) return { ok: true, wasmEdge: { ...candidate, version } }
    refused.push(version ? `${candidate.library} is version ${version}` : `${candidate.library} does not load`)
  }
  return { ok: false, why: refused.length > 0 ? `${refused.join(", ")}.` : "no library was found." }
}

/** Runs the script beside this file that compiles or asks for the version; its output, or what went wrong. */
export function runBeside(
  { command, before, library }: Omit<WasmEdge, "version">,
  args: readonly string[],
  timeoutMs: number,
): Promise<{ readonly ok: boolean; readonly output: string }> {
  const script = fileURLToPath(new URL("compile-ahead.ts", import.meta.url))
  const child = spawn(command, [...before, script, library, ...args], {
    env: {},
    stdio: ["ignore", "pipe", "pipe"],
    timeout: timeoutMs,
    killSignal: "SIGKILL",
  })
  let output = ""
  let complaint = ""
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text
  })
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text
  })
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ ok: false, output: error.message }))
    child.on("close", (code) => resolve(code === 0 ? { ok: true, output } : { ok: false, output: complaint }))
  })
}

async function ask(candidate: Omit<WasmEdge, "version">): Promise<string | undefined> {
  const { ok, output } = await runBeside(candidate, [], PROBE_MS)
  return ok ? output.trim() : undefined
}

function candidates(): Omit<WasmEdge, "version">[] {
  const names = debianNames()
  const mine = process.env.NEXUS_WASMEDGE
  const folders = [
    ...(names ? [`/usr/lib/${names.folder}`] : []),
    "/usr/lib64",
    "/usr/lib",
    "/usr/local/lib",
    "/opt/homebrew/lib",
    join(homedir(), ".wasmedge/lib"),
  ]
  const file = process.platform === "darwin" ? "libwasmedge.dylib" : "libwasmedge.so.0"
  const natural = (library: string) => ({ library, command: process.execPath, before: [] })
  if (mine) return [natural(mine)]
  return [...folders.map((folder) => natural(join(folder, file))), ...(names ? [beside(names, file)] : [])]
}

/** The library in the side root, under the side root's own loader. */
function beside({ folder, loader }: DebianNames, file: string): Omit<WasmEdge, "version"> {
  const libraries = join(sideRoot(), "usr/lib", folder)
  return {
    library: join(libraries, file),
    command: join(libraries, loader),
    before: ["--library-path", libraries, process.execPath],
  }
}
