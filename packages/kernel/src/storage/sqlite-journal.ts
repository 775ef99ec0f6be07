import { createHash } from "node:crypto"
import { Worker } from "node:worker_threads"
import { Change, NexusError, Snapshot } from "@nexus/protocol"
import * as z from "zod"
import type { Journal } from "./journal.ts"
import { readChange } from "./read-change.ts"
import { snapshotPieces } from "./snapshot-pieces.ts"
import type { Answered, Asked, Request } from "./sqlite/request.ts"

/** The journal in one SQLite file, written by a thread of its own. `maxBytes` bounds the file. */
export async function createSqliteJournal(path: string, options: { maxBytes?: number } = {}): Promise<Journal> {
  const ask = await startWorker(path, options.maxBytes)
  return {
    create: async (workspace) => {
      await ask({ kind: "create", workspace })
    },
    workspaces: async () => z.array(z.string()).parse(await ask({ kind: "workspaces" })),
    acquire: async (workspace) => z.int().parse(await ask({ kind: "acquire", workspace })),
    append: async (change, epoch) => {
      const { workspace, seq, submission } = change
      await ask({ kind: "append", workspace, epoch, seq, submission, body: JSON.stringify(change) })
    },
    changes: async (workspace, after, limit) =>
      z
        .array(z.string())
        .parse(await ask({ kind: "changes", workspace, after, limit }))
        .map((body, index) => readChange(body, workspace, after + index + 1)),
    find: async (workspace, submission) => {
      const body = z
        .string()
        .optional()
        .parse(await ask({ kind: "find", workspace, submission }))
      return body === undefined ? undefined : Change.parse(JSON.parse(body))
    },
    saveSnapshot: async (snapshot, epoch) => {
      const { workspace, seq } = snapshot
      const hash = createHash("sha256")
      let piece = 0
      for (const body of snapshotPieces(snapshot)) {
        hash.update(body)
        await ask({ kind: "saveSnapshotPiece", workspace, epoch, seq, piece, body })
        piece += 1
      }
      await ask({ kind: "endSnapshot", workspace, epoch, seq, pieces: piece, checksum: hash.digest("hex") })
    },
    loadSnapshot: async (workspace): Promise<Snapshot | undefined> => {
      const body = z
        .string()
        .optional()
        .parse(await ask({ kind: "loadSnapshot", workspace }))
      return body === undefined ? undefined : Snapshot.parse(JSON.parse(body))
    },
    values: {
      get: async (workspace, space, key) =>
        z
          .string()
          .optional()
          .parse(await ask({ kind: "get", workspace, space, key })),
      set: async (workspace, space, key, value) => {
        await ask({ kind: "set", workspace, space, key, value })
      },
      spaces: async (workspace, prefix) => z.array(z.string()).parse(await ask({ kind: "spaces", workspace, prefix })),
      list: async (workspace, space, prefix, limit) =>
        z.array(z.tuple([z.string(), z.string()])).parse(await ask({ kind: "list", workspace, space, prefix, limit })),
    },
    close: async () => {
      await ask({ kind: "close" })
    },
  }
}

type Ask = (request: Request) => Promise<unknown>

async function startWorker(path: string, maxBytes: number | undefined): Promise<Ask> {
  const worker = new Worker(new URL("./sqlite/worker.ts", import.meta.url), { workerData: { path, maxBytes } })
  const waiting = new Map<
    number,
    { request: Request; resolve: (value: unknown) => void; reject: (error: Error) => void }
  >()
  let ended: Error | undefined
  let nextId = 0

  const end = (error: Error): void => {
    ended ??= error
    for (const { reject } of waiting.values()) reject(unavailable(error.message))
    waiting.clear()
  }
  worker.on("message", (answers: readonly Answered[]) => {
    for (const { id, answer } of answers) {
      const asked = waiting.get(id)
      waiting.delete(id)
      if (answer.ok) asked?.resolve(answer.value)
      else asked?.reject(failureOf(asked.request, answer.why, answer.detail))
    }
  })
  worker.on("error", end)
  worker.on("exit", () => end(new Error("the journal is closed")))
  await new Promise<void>((resolve, reject) => {
    // The worker is online before it has opened the file; its first message says that it has.
    worker.once("message", () => resolve())
    worker.once("error", reject)
  })

  return (request) =>
    new Promise((resolve, reject) => {
      if (ended) return reject(unavailable(ended.message))
      const id = nextId++
      waiting.set(id, { request, resolve, reject })
      worker.postMessage({ id, request } satisfies Asked)
    })
}

function failureOf(request: Request, why: "lost" | "taken" | "missing" | "failed", detail: string): NexusError {
  const workspace = "workspace" in request ? request.workspace : ""
  switch (why) {
    case "lost":
      return new NexusError({ code: "lease-lost", workspace })
    case "taken":
      return new NexusError({ code: "conflict", detail: `The journal of ${workspace} has moved on: ${detail}.` })
    case "missing":
      return new NexusError({ code: "not-found", what: "workspace", id: workspace })
    case "failed":
      return unavailable(detail)
  }
}

function unavailable(detail: string): NexusError {
  return new NexusError({ code: "unavailable", what: "The journal", detail: `${detail}. Nothing was acknowledged.` })
}
