import { createHash } from "node:crypto"
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads"
import type { Answer, Answered, Asked, Request } from "./request.ts"
import { openDatabase } from "./schema.ts"
import { prepareStatements } from "./statements.ts"

/**
 * The journal's thread. Group commit needs no timer: while one transaction waits for the disk, requests pile up on the
 * port, and the next transaction takes them all. Answers leave only after COMMIT returned, so an answer means durable.
 * On the kernel's own thread every fsync would stop the event loop.
 */
const { path, maxBytes } = workerData as { path: string; maxBytes: number | undefined }
if (!parentPort) throw new Error("the journal's worker runs as a worker thread")
const port = parentPort
/** Set by an error of the disk: nothing that this connection believes is believed until it was opened anew. */
let unsure = false
let { database, statements } = open()

const WRITES: ReadonlySet<Request["kind"]> = new Set([
  "create",
  "acquire",
  "append",
  "saveSnapshotPiece",
  "endSnapshot",
  "set",
])

port.on("message", (first: Asked) => {
  const waiting = [first]
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) waiting.push(next.message)
  for (let start = 0; start < waiting.length; ) {
    let end = start
    while (end < waiting.length && WRITES.has(waiting[end]?.request.kind ?? "close")) end += 1
    if (end > start) port.postMessage(writeTogether(waiting.slice(start, end)))
    else port.postMessage(waiting.slice(start, ++end).map(read))
    start = end
  }
})

const opened: readonly Answered[] = []
port.postMessage(opened)

function open() {
  const opened = openDatabase(path, maxBytes)
  return { database: opened, statements: prepareStatements(opened) }
}

/**
 * After a failed fsync the system may have dropped what was written and call the next fsync well, so to go on as if a second
 * try had worked would acknowledge what is nowhere. The file is closed, and opened as after a crash.
 */
function makeSure(): void {
  if (!unsure) return
  if (database.isOpen) closeAnyhow()
  ;({ database, statements } = open())
  unsure = false
}

function closeAnyhow(): void {
  try {
    database.close()
  } catch {
    // What it could not do to the file is done when it is opened.
  }
}

/** One transaction for all of them. A request that is refused (lost, taken) does not harm its neighbours. */
function writeTogether(asked: readonly Asked[]): Answered[] {
  try {
    makeSure()
    database.exec("BEGIN IMMEDIATE")
    const answered = asked.map(({ id, request }): Answered => ({ id, answer: write(request) }))
    database.exec("COMMIT")
    return answered
  } catch (error) {
    unsure ||= isOfTheDisk(error)
    if (database.isOpen && database.isTransaction) rollBack()
    const answer = failed(error)
    return asked.map(({ id }) => ({ id, answer }))
  }
}

/** Where the disk fails there is nothing to roll back to: the connection is not used again. */
function rollBack(): void {
  try {
    database.exec("ROLLBACK")
  } catch (error) {
    unsure ||= isOfTheDisk(error)
  }
}

const SQLITE_IOERR = 10

function isOfTheDisk(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === SQLITE_IOERR
}

function write(request: Request): Answer {
  switch (request.kind) {
    case "create":
      statements.create.run(request.workspace)
      return done(undefined)
    case "acquire": {
      const row = statements.acquire.get(request.workspace)
      return row ? done(row.epoch) : no("missing", request.workspace)
    }
    case "append": {
      const { workspace, epoch, seq, submission, body } = request
      const { changes } = statements.append.run({ workspace, epoch, seq, submission, body })
      return Number(changes) === 1 ? done(undefined) : whyNot(workspace, epoch)
    }
    case "saveSnapshotPiece": {
      const { workspace, epoch, seq, piece, body } = request
      const { changes } = statements.saveSnapshotPiece.run({ workspace, epoch, seq, piece, body })
      if (Number(changes) !== 1) return whyNot(workspace, epoch)
      statements.prunePieces.run({ workspace, piece, seq })
      return done(undefined)
    }
    case "endSnapshot": {
      const { workspace, epoch, seq, pieces, checksum } = request
      const { changes } = statements.endSnapshot.run({ workspace, epoch, seq, pieces, checksum })
      if (Number(changes) !== 1) return whyNot(workspace, epoch)
      statements.pruneSnapshots.run({ workspace })
      statements.pruneRest.run({ workspace, pieces, seq })
      return done(undefined)
    }
    case "set": {
      const { workspace, space, key, value } = request
      if (value === undefined) statements.unset.run(workspace, space, key)
      else statements.set.run(workspace, space, key, value)
      return done(undefined)
    }
    default:
      throw new Error(`${request.kind} does not write`)
  }
}

function read({ id, request }: Asked): Answered {
  try {
    if (request.kind !== "close") makeSure()
    return { id, answer: done(readValue(request)) }
  } catch (error) {
    unsure ||= isOfTheDisk(error)
    return { id, answer: failed(error) }
  }
}

function readValue(request: Request): unknown {
  switch (request.kind) {
    case "workspaces":
      return statements.workspaces.all().map(({ id }) => id)
    case "changes":
      return statements.changes.all(request.workspace, request.after, request.limit).map(({ body }) => body)
    case "find":
      return statements.find.get(request.workspace, request.submission)?.body
    case "loadSnapshot":
      return loadSnapshot(request.workspace)
    case "get":
      return statements.get.get(request.workspace, request.space, request.key)?.value
    case "spaces":
      return statements.spaces.all(request.workspace, request.prefix).map(({ space }) => space)
    case "list":
      return statements.list
        .all(request.workspace, request.space, request.prefix, request.limit)
        .map(({ key, value }) => [key, value])
    case "close":
      if (database.isOpen) closeAnyhow()
      setImmediate(() => port.close())
      return undefined
    default:
      throw new Error(`${request.kind} does not read`)
  }
}

/** The text of the newest snapshot that is whole. */
function loadSnapshot(workspace: string): string | undefined {
  for (const { seq, pieces, checksum } of statements.wholeSnapshots.all(workspace)) {
    const body = statements.pieces
      .all(workspace, seq ?? null, pieces ?? null)
      .map((row) => row.body)
      .join("")
    if (checksumOf(body) === checksum) return body
  }
  return undefined
}

function whyNot(workspace: string, epoch: number): Answer {
  const row = statements.epoch.get(workspace)
  if (!row) return no("missing", workspace)
  return row.epoch === epoch ? no("taken", "another change is there") : no("lost", `epoch ${epoch} is void`)
}

function checksumOf(body: string): string {
  return createHash("sha256").update(body).digest("hex")
}

function done(value: unknown): Answer {
  return { ok: true, value }
}

function no(why: "lost" | "taken" | "missing" | "failed", detail: string): Answer {
  return { ok: false, why, detail }
}

function failed(error: unknown): Answer {
  return no("failed", error instanceof Error ? error.message : String(error))
}
