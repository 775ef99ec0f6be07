import { createMemoryRunRecords } from "./memory-run-records.ts"
import { createRunRecorder, type RunRecorder } from "./recorder.ts"
import type { RecordLimits } from "./run-records.ts"
import { createSqliteRunRecords } from "./sqlite-run-records.ts"

const IN_MEMORY = { workspaceRuns: 200, workspaceBytes: 4 * 1024 * 1024 }

/** The recorder of a kernel. A file that cannot be opened stops nobody: runs are recorded in memory then, and it is logged. */
export async function openRunRecorder(
  path: string,
  { queue: capacity, ...limits }: RecordLimits & { readonly queue: number },
  clock: () => number,
  log: (message: string, detail: object) => void,
): Promise<RunRecorder> {
  const store = await createSqliteRunRecords(path, limits).catch((error: unknown) => {
    log("runs are recorded in memory alone; move the file away to begin a new one", { path, error: String(error) })
    return createMemoryRunRecords({ ...limits, ...IN_MEMORY })
  })
  return createRunRecorder({ store, limits, capacity, clock, log })
}
