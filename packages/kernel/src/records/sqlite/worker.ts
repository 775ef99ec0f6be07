import { parentPort, workerData } from "node:worker_threads"
import type { RecordLimits } from "../run-records.ts"
import { RecordsFile } from "./records-file.ts"
import type { RecordsAnswer, RecordsAsked } from "./request.ts"

/** The thread of the file of records: packing and writing them is nothing that a kernel should wait for. */
const { path, limits } = workerData as { path: string; limits: RecordLimits }
if (!parentPort) throw new Error("the worker of records runs as a worker thread")
const port = parentPort
const file = new RecordsFile(path, limits)

port.on("message", ({ id, request }: RecordsAsked) => {
  port.postMessage(answer(id, request))
  if (request.kind === "close") port.close()
})
port.postMessage("ready")

function answer(id: number, request: RecordsAsked["request"]): RecordsAnswer {
  try {
    return { id, ok: true, value: perform(request) }
  } catch (error) {
    return { id, ok: false, detail: error instanceof Error ? error.message : String(error) }
  }
}

function perform(request: RecordsAsked["request"]): unknown {
  switch (request.kind) {
    case "put":
      return file.put(request.entries)
    case "list":
      return file.list(request.workspace, request.wanted)
    case "read":
      return file.read(request.workspace, request.run)
    case "workspaces":
      return file.workspaces()
    case "forget":
      return file.forget(request.workspace)
    case "close":
      return file.close()
  }
}
