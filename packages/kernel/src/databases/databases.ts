import { existsSync, mkdirSync } from "node:fs"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { Worker } from "node:worker_threads"
import { Json, NexusError } from "@nexus/protocol"
import * as z from "zod"
import { compiledOnly } from "../storage/compiled.ts"
import { Columns, type DatabaseAnswer, type DatabaseRequest, TableName, type TablesRequest } from "./request.ts"

/**
 * Each workspace's own SQLite database: a file of its own, in a thread of its own, opened when it is asked for and closed
 * when nobody asks any more. What takes long stops its own workspace's next question and nothing else.
 */
export interface Databases {
  /** Throws `invalid-input`, `too-large`, `quota-exceeded`, `rate-limited` or `unavailable`. */
  ask(workspace: string, request: DatabaseRequest): Promise<Json>
  /** The tables there are, by name; none where no handler ever asked for one. */
  tables(workspace: string): Promise<readonly TableShape[]>
  /** Removes the database of a workspace that is gone. */
  forget(workspace: string): Promise<void>
  close(): Promise<void>
}

/** A table as `createTable` would make it. */
const TableShape = z.object({ table: TableName, columns: Columns })
export type TableShape = z.output<typeof TableShape>

export interface DatabaseLimits {
  /** The whole database of one workspace. */
  readonly workspaceBytes: number
  /** Rows that one question is answered with, as JSON. */
  readonly answerBytes: number
  readonly timeoutMs: number
  /** A database that nobody asks is closed after so long. */
  readonly idleMs: number
}

export const DEFAULT_DATABASE_LIMITS: DatabaseLimits = {
  workspaceBytes: 64 * 1024 * 1024,
  answerBytes: 512 * 1024,
  timeoutMs: 5000,
  idleMs: 60_000,
}

const MOST_WAITING = 200

/** `dir` holds a folder a workspace; without it databases are in memory and end with `close`. */
export function createDatabases(dir: string | undefined, limits: DatabaseLimits = DEFAULT_DATABASE_LIMITS): Databases {
  const open = new Map<string, OpenDatabase>()
  const closing = new Map<string, Promise<void>>()
  let closed = false

  const release = (workspace: string): Promise<void> => {
    const held = open.get(workspace)
    if (!held) return closing.get(workspace) ?? Promise.resolve()
    open.delete(workspace)
    const gone = held.close().finally(() => closing.delete(workspace))
    closing.set(workspace, gone)
    return gone
  }
  const openOne = (workspace: string): OpenDatabase => {
    const known = open.get(workspace)
    if (known) return known
    const folder = dir === undefined ? undefined : join(dir, folderOf(workspace))
    if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 })
    const path = folder === undefined ? ":memory:" : join(folder, "data.sqlite")
    // In memory there is nothing to open again.
    const idleMs = folder === undefined ? undefined : limits.idleMs
    const opened = new OpenDatabase(path, limits, idleMs, () => {
      if (open.get(workspace) === opened) release(workspace)
    })
    open.set(workspace, opened)
    return opened
  }

  return {
    async ask(workspace, request) {
      await closing.get(workspace)
      if (closed) throw unavailable("the kernel is stopping")
      return openOne(workspace).ask(request)
    },
    async tables(workspace) {
      await closing.get(workspace)
      const asked = open.has(workspace) || (dir !== undefined && existsSync(join(dir, folderOf(workspace))))
      if (!asked || closed) return []
      return z.array(TableShape).parse(await openOne(workspace).ask({ kind: "tables" }))
    },
    async forget(workspace) {
      await release(workspace)
      if (dir !== undefined) await rm(join(dir, folderOf(workspace)), { recursive: true, force: true })
    },
    async close() {
      closed = true
      await Promise.all([...[...open.keys()].map(release), ...closing.values()])
    },
  }
}

class OpenDatabase {
  readonly #limits: DatabaseLimits
  readonly #idleMs: number | undefined
  readonly #onEnd: () => void
  readonly #worker: Worker
  readonly #exited: Promise<void>
  #tail: Promise<unknown> = Promise.resolve()
  #waiting = 0
  #idle: NodeJS.Timeout | undefined
  #ended: string | undefined

  constructor(path: string, limits: DatabaseLimits, idleMs: number | undefined, onEnd: () => void) {
    this.#limits = limits
    this.#idleMs = idleMs
    this.#onEnd = onEnd
    const { workspaceBytes: maxBytes, answerBytes } = limits
    this.#worker = new Worker(new URL("./worker.ts", import.meta.url), {
      workerData: { path, maxBytes, answerBytes },
      env: compiledOnly(),
      resourceLimits: { maxOldGenerationSizeMb: 128 },
    })
    this.#worker.unref()
    this.#exited = new Promise((resolve) => this.#worker.once("exit", () => resolve()))
    const end = (why: string) => {
      this.#ended ??= why
      onEnd()
    }
    this.#worker.once("error", (error) => end(error instanceof Error ? error.message : String(error)))
    this.#worker.once("exit", () => end("its thread ended"))
  }

  async ask(request: DatabaseRequest | TablesRequest): Promise<Json> {
    if (this.#waiting >= MOST_WAITING) throw new NexusError({ code: "rate-limited", retryAfterMs: 1000 })
    this.#waiting += 1
    clearTimeout(this.#idle)
    const turn = this.#tail.then(() => this.#exchange(request))
    this.#tail = turn.catch(() => undefined)
    try {
      return this.#valueOf(await turn)
    } finally {
      this.#waiting -= 1
      if (this.#waiting === 0 && this.#idleMs !== undefined) this.#idle = setTimeout(this.#onEnd, this.#idleMs).unref()
    }
  }

  /** Lets what was asked end, then closes; a thread that does not end by itself is ended. */
  async close(): Promise<void> {
    clearTimeout(this.#idle)
    await this.#tail
    if (this.#ended === undefined) this.#worker.postMessage("close")
    const late = setTimeout(() => this.#worker.terminate(), 250)
    await this.#exited
    clearTimeout(late)
  }

  #exchange(request: DatabaseRequest | TablesRequest): Promise<DatabaseAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) return reject(unavailable(this.#ended))
      const end = () => {
        clearTimeout(timer)
        this.#worker.off("message", heard)
        this.#worker.off("exit", exited)
      }
      const heard = (answer: DatabaseAnswer) => {
        end()
        resolve(answer)
      }
      const exited = () => {
        end()
        reject(unavailable(this.#ended ?? "its thread ended"))
      }
      const timer = setTimeout(() => {
        end()
        this.#ended = `a question took longer than ${this.#limits.timeoutMs} ms`
        this.#worker.terminate()
        reject(unavailable(`${this.#ended}; it may have been done all the same`))
      }, this.#limits.timeoutMs)
      this.#worker.on("message", heard)
      this.#worker.once("exit", exited)
      this.#worker.postMessage(request)
    })
  }

  #valueOf(answer: DatabaseAnswer): Json {
    if (answer.ok) return Json.parse(JSON.parse(answer.value))
    const { answerBytes, workspaceBytes } = this.#limits
    switch (answer.why) {
      case "large":
        throw new NexusError({ code: "too-large", what: "answer of the database", limit: answerBytes, unit: "bytes" })
      case "full": {
        const what = "the database of this workspace, in bytes"
        throw new NexusError({ code: "quota-exceeded", what, limit: workspaceBytes, used: workspaceBytes })
      }
      case "refused":
        throw new NexusError({ code: "invalid-input", detail: `the database refused it: ${answer.detail}` })
      case "failed":
        throw unavailable(answer.detail)
    }
  }
}

/** A workspace's id is made so that it is a name on every disk; this holds it to that. */
function folderOf(workspace: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(workspace)) throw new Error(`no folder is called ${workspace}`)
  return workspace
}

function unavailable(detail: string): NexusError {
  return new NexusError({ code: "unavailable", what: "The database of this workspace", detail })
}
