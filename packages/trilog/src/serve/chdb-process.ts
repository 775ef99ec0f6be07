import { type ChildProcess, fork } from "node:child_process"
import { randomBytes } from "node:crypto"
import { mkdir, mkdtemp, rm } from "node:fs/promises"
import { Agent } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { Orders, Report } from "./main.ts"

/**
 * Owns the chDB child process. In our own process the engine would stall the event loop and take the kernel down when
 * it crashes; behind a socket it can do neither. It listens on a Unix socket in a folder only this user can enter, with
 * a password made for this process. A crash after it was ready is answered by starting it again at the same address.
 */
export interface ChdbProcess {
  readonly address: {
    readonly socketPath: string
    readonly url: string
    readonly username: string
    readonly password: string
    readonly agent: Agent
  }
  /** Absent between a crash and the next start. */
  readonly pid: number | undefined
  /** Lets the engine write what it holds; ends it when that takes longer. */
  close(withinMs?: number): Promise<void>
}

export interface ChdbOptions {
  readonly dataDir: string
  readonly log: (line: string) => void
  /** Told when the process ended by itself, and when it answers again. */
  readonly onCrash?: (reason: string) => void
  readonly onReady?: () => void
  /** Gives up a start that is under way. */
  readonly signal?: AbortSignal
}

/** Rejects with the reason when chDB cannot run here. */
export async function startChdb(options: ChdbOptions): Promise<ChdbProcess> {
  const directory = join(options.dataDir, "chdb")
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const folder = await mkdtemp(join(tmpdir(), "nexus-chdb-"))
  const orders: Orders = {
    directory,
    socketPath: join(folder, "sock"),
    password: randomBytes(24).toString("base64url"),
  }
  const agent = new Agent({ keepAlive: true, maxSockets: 8, socketPath: orders.socketPath } as object)
  let child: ChildProcess | undefined
  let closed = false
  let retry: NodeJS.Timeout | undefined

  async function start(delayMs: number): Promise<void> {
    await rm(orders.socketPath, { force: true })
    if (closed) return
    child = await spawnReady(orders, options.signal)
    const started = Date.now()
    child.once("exit", (code, signal) => {
      if (closed) return
      const reason = `the chDB process ended with ${signal ?? code}`
      options.log(reason)
      options.onCrash?.(reason)
      again(Date.now() - started > 10_000 ? 50 : Math.min(delayMs * 2, 5000))
    })
    options.onReady?.()
  }

  function again(delayMs: number): void {
    retry = setTimeout(() => {
      start(delayMs).catch((error: unknown) => {
        options.log(`chDB did not start again: ${String(error)}`)
        again(Math.min(delayMs * 2, 5000))
      })
    }, delayMs)
  }

  async function close(withinMs = 1200): Promise<void> {
    closed = true
    clearTimeout(retry)
    agent.destroy()
    if (isRunning(child)) {
      const ended = new Promise((resolve) => child?.once("exit", resolve))
      if (child.connected) child.disconnect()
      const overdue = setTimeout(() => child?.kill("SIGKILL"), withinMs)
      await ended
      clearTimeout(overdue)
    }
    await rm(folder, { recursive: true, force: true })
  }

  try {
    await start(50)
  } catch (error) {
    await close()
    throw error
  }
  return {
    address: {
      url: "http://chdb.local:8123",
      username: "nexus",
      password: orders.password,
      agent,
      socketPath: orders.socketPath,
    },
    get pid() {
      return isRunning(child) ? child.pid : undefined
    },
    close,
  }
}

function isRunning(child: ChildProcess | undefined): child is ChildProcess {
  return child !== undefined && child.exitCode === null && child.signalCode === null
}

function spawnReady(orders: Orders, signal: AbortSignal | undefined): Promise<ChildProcess> {
  const main = fileURLToPath(new URL("./main.ts", import.meta.url))
  const { NODE_COMPILE_CACHE } = process.env
  const child = fork(main, [], {
    execArgv: [],
    killSignal: "SIGKILL",
    ...(signal && { signal }),
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    env: { UV_THREADPOOL_SIZE: "8", TZ: "UTC", ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }) },
  })
  return new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("exit", (code, signal) =>
      reject(new Error(`the chDB process ended with ${signal ?? code} before it was ready`)),
    )
    child.once("message", (report: Report) => {
      if (report.kind === "failed") return reject(new Error(report.reason))
      child.removeAllListeners("exit")
      resolve(child)
    })
    child.send(orders)
  })
}
