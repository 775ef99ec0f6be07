import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { statfs } from "node:fs/promises"
import { createRequire } from "node:module"
import { ADVICE, findWasmEdge } from "@nexus/wasm-bridge/wasmedge"
import { type ExitCode, type Io, printJson } from "../io.ts"

interface Finding {
  readonly name: string
  readonly status: "good" | "careful" | "wrong"
  readonly found: string
  readonly advice?: string
}

/** Looks at this machine and says what Nexus has, lacks and should get. Exit code 1 when something needed is missing. */
export async function doctor(io: Io, options: { json?: boolean }): Promise<ExitCode> {
  const findings = [node(), git(), chdb(), await disk(), chromium(), await wasmedge(), model(io)]
  const wrong = findings.some(({ status }) => status === "wrong")
  if (options.json) printJson(io, { ok: !wrong, findings })
  else for (const finding of findings) io.out(line(finding))
  return wrong ? 1 : 0
}

const MARKS = { good: "✓", careful: "•", wrong: "✗" } as const

function line({ name, status, found, advice }: Finding): string {
  return `${MARKS[status]} ${name.padEnd(10)} ${found}${advice ? `\n  ${" ".repeat(10)} ${advice}` : ""}\n`
}

function node(): Finding {
  const major = Number(process.versions.node.split(".")[0])
  const found = `Node ${process.versions.node}`
  if (major >= 26) return { name: "node", status: "good", found }
  const advice = "Run through npm (npm start, npx nexus): it puts the pinned Node 26 first."
  return { name: "node", status: "wrong", found, advice }
}

function git(): Finding {
  const result = spawnSync("git", ["--version"], { encoding: "utf8" })
  if (result.status === 0) return { name: "git", status: "good", found: result.stdout.trim() }
  return {
    name: "git",
    status: "careful",
    found: "not found: commits, history and checkout are off, everything else works",
    advice: "Debian, Ubuntu: apt-get install git · Fedora: dnf install git · macOS: xcode-select --install",
  }
}

function chdb(): Finding {
  try {
    createRequire(import.meta.resolve("@nexus/trilog")).resolve("chdb")
    return { name: "trilog", status: "good", found: "embedded ClickHouse (chDB)" }
  } catch {
    const found = "chDB has no build for this platform: time travel reads the journal"
    return {
      name: "trilog",
      status: "careful",
      found,
      advice: "Set NEXUS_TRILOG to a ClickHouse server's URL to use that one.",
    }
  }
}

async function disk(): Promise<Finding> {
  const { bavail, bsize } = await statfs(process.cwd())
  const freeMb = Math.round((bavail * bsize) / 1048576)
  const found = `${freeMb} MB free here`
  if (freeMb > 1024) return { name: "disk", status: "good", found }
  return { name: "disk", status: "careful", found, advice: "Free some space or put --data on another disk." }
}

function chromium(): Finding {
  const path = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((candidate) => existsSync(candidate))
  if (path) return { name: "chromium", status: "good", found: `${path} (only the tests use it)` }
  const found = "not found; only the tests use it"
  return { name: "chromium", status: "careful", found, advice: "Debian: apt-get install chromium" }
}

/** Good either way, for V8 needs nothing; the advice is for those who want the other engine. */
async function wasmedge(): Promise<Finding> {
  const found = await findWasmEdge()
  if (found.ok) {
    const { version, library } = found.wasmEdge
    return { name: "engines", status: "good", found: `V8; WasmEdge ${version} (${library})` }
  }
  return {
    name: "engines",
    status: "good",
    found: `V8; no WasmEdge: ${found.why}`,
    advice: `For --engine wasmedge: ${ADVICE}`,
  }
}

function model(io: Io): Finding {
  const name = io.env.NEXUS_MODEL
  if (name) return { name: "assistant", status: "good", found: `model ${name}` }
  const advice = "Set OPENAI_API_KEY and NEXUS_MODEL, and OPENAI_BASE_URL for another provider."
  return { name: "assistant", status: "careful", found: "no model configured", advice }
}
