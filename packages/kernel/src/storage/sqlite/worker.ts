import { createHash } from "node:crypto"
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads"
import type { Answer, Answered, Asked, Request } from "./request.ts"
import { openDatabase } from "./schema.ts"

/**
 * The journal's thread. Group commit needs no timer: while one transaction waits for the disk, requests pile up on the
 * port, and the next transaction takes them all. Answers leave only after COMMIT returned, so an answer means durable.
 * On the kernel's own thread every fsync would stop the event loop.
 */
const { path, maxBytes } = workerData as { path: string; maxBytes: number | undefined }
if (!parentPort) throw new Error("the journal's worker runs as a worker thread")
const port = parentPort
const database = openDatabase(path, maxBytes)

const statements = {
  create: database.prepare("INSERT INTO workspaces (id) VALUES (?) ON CONFLICT DO NOTHING"),
  workspaces: database.prepare("SELECT id FROM workspaces ORDER BY id"),
  acquire: database.prepare("UPDATE workspaces SET epoch = epoch + 1 WHERE id = ? RETURNING epoch"),
  epoch: database.prepare("SELECT epoch FROM workspaces WHERE id = ?"),
  append: database.prepare(`
    INSERT INTO changes (workspace, seq, submission, body)
    SELECT id, :seq, :submission, :body FROM workspaces
    WHERE id = :workspace AND epoch = :epoch
      AND :seq = 1 + coalesce((SELECT max(seq) FROM changes WHERE workspace = :workspace), 0)
    ON CONFLICT DO NOTHING`),
  changes: database.prepare("SELECT body FROM changes WHERE workspace = ? AND seq > ? ORDER BY seq LIMIT ?"),
  find: database.prepare("SELECT body FROM changes WHERE workspace = ? AND submission = ?"),
  saveSnapshotPiece: database.prepare(`
    INSERT INTO snapshot_pieces (workspace, piece, seq, body)
    SELECT id, :piece, :seq, :body FROM workspaces WHERE id = :workspace AND epoch = :epoch
    ON CONFLICT DO UPDATE SET body = excluded.body`),
  endSnapshot: database.prepare(`
    INSERT INTO whole_snapshots (workspace, seq, pieces, checksum)
    SELECT id, :seq, :pieces, :checksum FROM workspaces WHERE id = :workspace AND epoch = :epoch
    ON CONFLICT DO UPDATE SET pieces = excluded.pieces, checksum = excluded.checksum`),
  // A new piece takes the place of the old ones with its number, so that no single transaction removes a whole snapshot.
  prunePieces: database.prepare(`
    DELETE FROM snapshot_pieces WHERE workspace = :workspace AND piece = :piece AND seq <> :seq AND seq NOT IN
      (SELECT seq FROM whole_snapshots WHERE workspace = :workspace ORDER BY seq DESC LIMIT 2)`),
  pruneSnapshots: database.prepare(`
    DELETE FROM whole_snapshots WHERE workspace = :workspace AND seq NOT IN
      (SELECT seq FROM whole_snapshots WHERE workspace = :workspace ORDER BY seq DESC LIMIT 2)`),
  pruneRest: database.prepare(`
    DELETE FROM snapshot_pieces WHERE workspace = :workspace AND piece >= :pieces AND seq NOT IN
      (SELECT seq FROM whole_snapshots WHERE workspace = :workspace AND seq <> :seq)`),
  wholeSnapshots: database.prepare(
    "SELECT seq, pieces, checksum FROM whole_snapshots WHERE workspace = ? ORDER BY seq DESC LIMIT 2",
  ),
  pieces: database.prepare(
    "SELECT body FROM snapshot_pieces WHERE workspace = ? AND seq = ? AND piece < ? ORDER BY piece",
  ),
  get: database.prepare(`SELECT value FROM "values" WHERE workspace = ? AND space = ? AND key = ?`),
  set: database.prepare(`
    INSERT INTO "values" (workspace, space, key, value) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET value = excluded.value`),
  unset: database.prepare(`DELETE FROM "values" WHERE workspace = ? AND space = ? AND key = ?`),
  list: database.prepare(`
    SELECT key, value FROM "values" WHERE workspace = ? AND space = ? AND substr(key, 1, length(?3)) = ?3
    ORDER BY key LIMIT ?4`),
}

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

/** One transaction for all of them. A request that is refused (lost, taken) does not harm its neighbours. */
function writeTogether(asked: readonly Asked[]): Answered[] {
  try {
    database.exec("BEGIN IMMEDIATE")
    const answered = asked.map(({ id, request }): Answered => ({ id, answer: write(request) }))
    database.exec("COMMIT")
    return answered
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK")
    const answer = failed(error)
    return asked.map(({ id }) => ({ id, answer }))
  }
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
    return { id, answer: done(readValue(request)) }
  } catch (error) {
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
    case "list":
      return statements.list
        .all(request.workspace, request.space, request.prefix, request.limit)
        .map(({ key, value }) => [key, value])
    case "close":
      database.close()
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
