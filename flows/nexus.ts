import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { createInterface } from "node:readline"

const root = resolve(import.meta.dirname, "..")

/** The whole system as a user starts it: one process on a free port, its own data folder. */
export interface Nexus {
  readonly pid: number
  readonly url: string
  readonly signIn: string
  readonly token: string
  readonly dataDir: string
  /** What the process wrote to standard error so far. */
  log(): string
  /** Asks it to stop; resolves with the exit code and how long it took. */
  stop(): Promise<{ code: number | null; tookMs: number }>
  /** SIGKILL, as a crash would. The data folder stays. */
  kill(): Promise<void>
  close(): Promise<void>
}

/** Starts `nexus serve` on a free port. With `dataDir` it goes on where an earlier one stopped. */
export async function startNexus(
  options: { dataDir?: string; port?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<Nexus> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "nexus-flow-")))
  const child = spawn(
    process.execPath,
    ["apps/cli/bin/nexus.js", "serve", "--json", "--port", String(options.port ?? 0), "--data", dataDir],
    { cwd: root, stdio: ["ignore", "pipe", "pipe"], env: cleanEnv(options.env) },
  )
  let log = ""
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text
  })
  const ready = await readyLine(child, () => log)
  const stop = async () => {
    const startedMs = performance.now()
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM")
      await once(child, "exit")
    }
    return { code: child.exitCode, tookMs: performance.now() - startedMs }
  }
  return {
    ...ready,
    pid: child.pid ?? 0,
    dataDir,
    log: () => log,
    stop,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill("SIGKILL")
      await once(child, "exit")
    },
    async close() {
      await stop()
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}

/** Tests decide about the model; the machine's own settings must not leak in. */
function cleanEnv(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { OPENAI_API_KEY: _key, OPENAI_BASE_URL: _url, NEXUS_MODEL: _model, ...rest } = process.env
  return { ...rest, ...extra }
}

async function readyLine(child: ChildProcess, log: () => string): Promise<Pick<Nexus, "url" | "signIn" | "token">> {
  if (!child.stdout) throw new Error("nexus serve has no standard output")
  const lines = createInterface({ input: child.stdout })
  const exited = once(child, "exit").then(([code]) => {
    throw new Error(`nexus serve ended with ${code} before it was ready:\n${log()}`)
  })
  const [line] = (await Promise.race([once(lines, "line"), exited])) as [string]
  exited.catch(() => {})
  return JSON.parse(line)
}
