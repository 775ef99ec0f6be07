import { constants, DatabaseSync, type StatementSync } from "node:sqlite"
import { parentPort, workerData } from "node:worker_threads"
import type { DatabaseAnswer, DatabaseRequest, TablesRequest } from "./request.ts"
import { type Statement, toStatements } from "./statement.ts"

/**
 * The thread of one workspace's database. Requests come one at a time. Behind the builder of statements stands SQLite's
 * own authorizer as a second wall: while a request is prepared and run, the table it names is the only one there is.
 */
const { path, maxBytes, answerBytes } = workerData as { path: string; maxBytes: number; answerBytes: number }
if (!parentPort) throw new Error("a database's worker runs as a worker thread")
const port = parentPort

const PAGE_BYTES = 4096
/** Answers to writings that are remembered, so that one that is asked again is not done again. */
const REMEMBERED = 1000
const FUNCTIONS = new Set(["count", "instr", "substr"])

const database = new DatabaseSync(path, {
  defensive: true,
  limits: { attach: 0, length: 4 * 1024 * 1024, sqlLength: 256 * 1024, triggerDepth: 1 },
})
database.exec(`PRAGMA page_size = ${PAGE_BYTES}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;
  PRAGMA max_page_count = ${Math.max(16, Math.floor(maxBytes / PAGE_BYTES))};
  CREATE TABLE IF NOT EXISTS nexus_calls (place INTEGER PRIMARY KEY, submission TEXT UNIQUE, answer TEXT) STRICT`)

port.on("message", (request: DatabaseRequest | TablesRequest | "close") => {
  if (request === "close") {
    database.close()
    port.close()
    return
  }
  port.postMessage(answer(request))
})

function answer(request: DatabaseRequest | TablesRequest): DatabaseAnswer {
  try {
    return { ok: true, value: request.kind === "tables" ? tables() : perform(request) }
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK")
    if (error instanceof TooLarge) return { ok: false, why: "large", detail: "" }
    const code = error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : 0
    const said = error instanceof Error ? error.message : String(error)
    // SQLite guesses that a name was meant as text; here it never is.
    const detail = said.replace(/ - should this be .*$/s, "")
    if (code === 13) return { ok: false, why: "full", detail }
    // What the request asked is wrong: no such table or column, another type, not unique, too big.
    return { ok: false, why: code === 1 || code === 18 || code === 19 || code === 20 ? "refused" : "failed", detail }
  }
}

function perform(request: DatabaseRequest): string {
  const statements = toStatements(request)
  switch (request.kind) {
    case "select": {
      const [{ sql, values }] = statements as [Statement]
      return within(request, () => read(database.prepare(sql), values))
    }
    case "count": {
      const [{ sql, values }] = statements as [Statement]
      return within(request, () => JSON.stringify(database.prepare(sql).get(...values)?.count))
    }
    case "createTable":
    case "dropTable": {
      const [{ sql }] = statements as [Statement]
      return within(request, () => {
        database.prepare(sql).run()
        return "null"
      })
    }
    default:
      return once(request.submission, () =>
        within(request, () => {
          const done = statements.map(({ sql, values }) => database.prepare(sql).run(...values))
          if (request.kind === "insert")
            return JSON.stringify(done.map(({ lastInsertRowid }) => Number(lastInsertRowid)))
          return JSON.stringify(Number(done[0]?.changes ?? 0))
        }),
      )
  }
}

/** Each table with its columns, as `createTable` takes them. */
function tables(): string {
  const names = database
    .prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'nexus_*'`,
    )
    .all()
    .map(({ name }) => String(name))
  const shapes = names.sort().map((table) => {
    const unique = database
      .prepare(`SELECT i.name AS name FROM pragma_index_list(?) l, pragma_index_info(l.name) i WHERE l.origin = 'u'`)
      .all(table)
      .map(({ name }) => name)
    const columns = database
      .prepare(`SELECT name, lower(type) AS type, "notnull" AS required FROM pragma_table_info(?) WHERE name <> 'id'`)
      .all(table)
      .map(({ name, type, required }) => [name, { type, required: required === 1, unique: unique.includes(name) }])
    return { table, columns: Object.fromEntries(columns) }
  })
  return JSON.stringify(shapes)
}

/** Rows as JSON, until they are too many bytes. Integers beyond what a number holds come as the nearest one. */
function read(statement: StatementSync, values: Statement["values"]): string {
  statement.setReadBigInts(true)
  const rows: string[] = []
  let size = 0
  for (const row of statement.iterate(...values)) {
    const text = JSON.stringify(row, (_, value) => (typeof value === "bigint" ? Number(value) : value))
    size += text.length + 1
    if (size > answerBytes) throw new TooLarge()
    rows.push(text)
  }
  return `[${rows.join(",")}]`
}

class TooLarge extends Error {}

/** All of a writing or nothing of it, and its answer with it. */
function once(submission: string, write: () => string): string {
  const known = database.prepare("SELECT answer FROM nexus_calls WHERE submission = ?").get(submission)
  if (known) return String(known.answer)
  database.exec("BEGIN IMMEDIATE")
  const value = write()
  const { lastInsertRowid } = database
    .prepare("INSERT INTO nexus_calls (submission, answer) VALUES (?, ?)")
    .run(submission, value)
  database.prepare("DELETE FROM nexus_calls WHERE place <= ?").run(Number(lastInsertRowid) - REMEMBERED)
  database.exec("COMMIT")
  return value
}

function within<Result>(request: DatabaseRequest, act: () => Result): Result {
  const { kind, table } = request
  const reads = kind === "select" || kind === "count"
  const defines = kind === "createTable" || kind === "dropTable"
  const isMine = (name: string | null) => name === table || (defines && name === "sqlite_master")
  database.setAuthorizer((action, first, second) => {
    const allowed = (() => {
      switch (action) {
        case constants.SQLITE_SELECT:
          return true
        case constants.SQLITE_READ:
          return isMine(first)
        case constants.SQLITE_FUNCTION:
          return FUNCTIONS.has(String(second))
        case constants.SQLITE_INSERT:
        case constants.SQLITE_UPDATE:
        case constants.SQLITE_DELETE:
          return !reads && isMine(first)
        case constants.SQLITE_CREATE_TABLE:
          return kind === "createTable" && first === table
        case constants.SQLITE_CREATE_INDEX:
        case constants.SQLITE_REINDEX:
          return kind === "createTable" && (second === table || second === null)
        case constants.SQLITE_DROP_TABLE:
          return kind === "dropTable" && first === table
        default:
          return false
      }
    })()
    return allowed ? constants.SQLITE_OK : constants.SQLITE_DENY
  })
  try {
    return act()
  } finally {
    database.setAuthorizer(null)
  }
}
