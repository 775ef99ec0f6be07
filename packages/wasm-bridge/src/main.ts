import { writeSync } from "node:fs"
import { Worker } from "node:worker_threads"
import { DUE_BYTES, DueTime, NOTICES, RUNNING_THREAD, TIMEOUT_EXIT_CODE, type WorkerData } from "./watchdog.ts"

/** The entry of a sandbox process: starts the one worker, and ends everything when a run does not stop. */
const [wasmFile = "", preludeFile = "", instances = "1", library = ""] = process.argv.slice(2)
const CHECK_MS = 10
const STACK_MEGABYTES = 8

const due = new SharedArrayBuffer(DUE_BYTES)
const workerData: WorkerData = { wasmFile, preludeFile, instances: Number(instances), library, due }
const worker = new Worker(new URL("./worker.ts", import.meta.url), {
  workerData,
  name: RUNNING_THREAD,
  env: {},
  resourceLimits: { stackSizeMb: STACK_MEGABYTES },
})
worker.on("error", (error) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(1)
})
worker.on("exit", () => process.exit(0))

const dueTime = new DueTime(due)
let announced = 0
setInterval(() => {
  const call = dueTime.longCall
  if (call !== 0 && call !== announced) {
    announced = call
    writeSync(NOTICES, `${call}\n`)
  }
  if (dueTime.overdue) process.exit(TIMEOUT_EXIT_CODE)
}, CHECK_MS)
