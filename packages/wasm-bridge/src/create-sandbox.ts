import { wasmEdgeProcess } from "./engines/wasmedge/process.ts"
import { hasRoomForProcess, mostProcesses } from "./machine-size.ts"
import { Pool } from "./pool.ts"
import { v8Process } from "./process-type.ts"
import type { Sandbox, SandboxOptions } from "./sandbox.ts"
import { SandboxProcess } from "./sandbox-process.ts"

/** Starts the processes and answers when all are ready. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { sandbox, ready } = await openSandbox(options)
  await ready
  return sandbox
}

/**
 * Starts the processes and answers at once, for who has something else to do meanwhile: what is to run before they are
 * ready waits for them. `ready` rejects when one cannot start; the sandbox is closed by who opened it all the same.
 */
export async function openSandbox(
  options: SandboxOptions = {},
): Promise<{ readonly sandbox: Sandbox; readonly ready: Promise<void> }> {
  const { engine = "v8", processes = { least: 2 }, instances = 4, log = () => {} } = options
  const type = engine === "wasmedge" ? await wasmEdgeProcess(log) : v8Process()
  const pool = new Pool({
    size:
      typeof processes === "number" ? { least: processes, most: processes } : { most: mostProcesses(), ...processes },
    hasRoom: hasRoomForProcess,
    log,
    start: (events) => new SandboxProcess(type, instances, log, events),
  })
  const ready = pool.ready()
  ready.catch(() => {})
  return { sandbox: pool, ready }
}
