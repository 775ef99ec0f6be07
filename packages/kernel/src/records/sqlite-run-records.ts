import { existsSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"
import { Worker } from "node:worker_threads"
import { NexusError } from "@nexus/protocol"
import * as z from "zod"
import { compiledOnly } from "../storage/compiled.ts"
import { RecordRow, RecordTexts, toRecord, toSummary } from "./bodies.ts"
import { DEFAULT_RECORD_LIMITS, type RecordLimits, type RunRecords } from "./run-records.ts"
import { listIn, readIn, workspacesIn } from "./sqlite/records-file.ts"
import type { RecordsAnswer, RecordsAsked, RecordsRequest } from "./sqlite/request.ts"

/** Records in one SQLite file, kept by a thread of its own. */
export async function createSqliteRunRecords(
  path: string,
  limits: RecordLimits = DEFAULT_RECORD_LIMITS,
): Promise<RunRecords> {
  const { ask, exited } = await startWorker(path, limits)
  return {
    put: async (entries) => {
      await ask({ kind: "put", entries })
    },
    list: async (workspace, wanted) => summaries(await ask({ kind: "list", workspace, wanted })),
    read: async (workspace, run) => whole(await ask({ kind: "read", workspace, run })),
    workspaces: async () => z.array(z.string()).parse(await ask({ kind: "workspaces" })),
    forget: async (workspace) => {
      await ask({ kind: "forget", workspace })
    },
    close: async () => {
      await ask({ kind: "close" })
      await exited
    },
  }
}

/** The same file for who only looks, while a kernel may be writing it. */
export type RunRecordsReader = Pick<RunRecords, "list" | "read" | "workspaces" | "close">

/** Throws `not-found` where there is no such file, `unavailable` where it cannot be read. */
export function openRunRecords(path: string): RunRecordsReader {
  if (!existsSync(path)) throw new NexusError({ code: "not-found", what: "file of recorded runs", id: path })
  let database: DatabaseSync
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 2000 })
    workspacesIn(database)
  } catch (cause) {
    throw unavailable(`${path} cannot be read (${cause instanceof Error ? cause.message : String(cause)})`, cause)
  }
  return {
    list: async (workspace, wanted) => summaries(listIn(database, workspace, wanted)),
    read: async (workspace, run) => whole(readIn(database, workspace, run)),
    workspaces: async () => workspacesIn(database),
    close: async () => database.close(),
  }
}

const Listed = z.object({ rows: z.array(RecordRow), more: z.boolean() })

function summaries(listed: unknown) {
  const { rows, more } = Listed.parse(listed)
  return { runs: rows.map(toSummary), more }
}

function whole(read: unknown) {
  const texts = RecordTexts.optional().parse(read)
  return texts && toRecord(texts)
}

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

async function startWorker(path: string, limits: RecordLimits) {
  const worker = new Worker(new URL("./sqlite/worker.ts", import.meta.url), {
    workerData: { path, limits },
    env: compiledOnly(),
  })
  const waiting = new Map<number, Waiting>()
  let ended: string | undefined
  let nextId = 0
  const end = (why: string): void => {
    ended ??= why
    for (const { reject } of waiting.values()) reject(unavailable(ended))
    waiting.clear()
  }
  const exited = new Promise<void>((resolve) => worker.once("exit", () => resolve()))
  await new Promise<void>((resolve, reject) => {
    worker.once("message", () => resolve())
    worker.once("error", reject)
  })
  worker.on("message", (answer: RecordsAnswer) => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if (answer.ok) asked?.resolve(answer.value)
    else asked?.reject(unavailable(answer.detail))
  })
  worker.on("error", (error) => end(error instanceof Error ? error.message : String(error)))
  worker.on("exit", () => end("their thread ended"))
  const ask = (request: RecordsRequest): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (ended !== undefined) return reject(unavailable(ended))
      const id = nextId++
      waiting.set(id, { resolve, reject })
      worker.postMessage({ id, request } satisfies RecordsAsked)
    })
  return { ask, exited }
}

function unavailable(detail: string, cause?: unknown): NexusError {
  return new NexusError({ code: "unavailable", what: "The records of runs", detail }, { cause })
}
