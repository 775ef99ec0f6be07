import { Pool } from "./pool.ts"
import { v8Process } from "./process-type.ts"
import type { Sandbox, SandboxOptions } from "./sandbox.ts"

/** Starts the processes and answers when all are ready. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { processes = 2, instances = 4, log = () => {} } = options
  const pool = new Pool({ type: v8Process(), processes, instances, log })
  await pool.ready()
  return pool
}
