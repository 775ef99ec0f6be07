import { rm, writeFile } from "node:fs/promises"
import { join } from "node:path"

/**
 * ClickHouse inside this process, one statement at a time on a connection of its own. Settings and parameters are `SET`
 * on that connection and die with it: chDB keeps what is set for as long as a connection lives, and binds parameters
 * process-wide, so a shared connection leaks one query's settings into the next. A connection costs 0.4 ms.
 *
 * Inserted bytes pass through a file: handed over in the statement, binary formats are cut at the first zero byte.
 */
export interface Statement {
  readonly sql: string
  readonly format: string
  readonly database: string | undefined
  readonly settings: readonly (readonly [name: string, value: string])[]
  /** The rows of an INSERT, in the format that its text names. */
  readonly rows: Uint8Array | undefined
}

export interface StatementResult {
  readonly bytes: Uint8Array
  readonly rowsRead: number
  readonly bytesRead: number
  readonly elapsedSeconds: number
}

export interface Engine {
  run(statement: Statement): Promise<StatementResult>
  close(): void
}

/** Loads chDB on `directory`. Rejects when this platform has no build of it, or another process holds the directory. */
export async function openEngine(directory: string): Promise<Engine> {
  const { Session } = await import("chdb")
  const root = new Session(join(directory, "data"))
  let files = 0

  return {
    async run({ sql, format, database, settings, rows }) {
      const connection = new Session(root.path)
      const file = rows && join(directory, `insert-${process.pid}-${files++}.rows`)
      try {
        if (database) await connection.queryAsync(`USE ${identifier(database)}`)
        if (settings.length > 0) {
          const list = settings.map(([name, value]) => `${identifier(name)} = ${literal(value)}`)
          await connection.queryAsync(`SET ${list.join(", ")}`)
        }
        if (file && rows) await writeFile(file, rows, { mode: 0o600 })
        const result = await connection.queryAsync(file ? fromFile(sql, file) : sql, { format })
        const { rowsRead, bytesRead, elapsed } = result
        return { bytes: result.bytes(), rowsRead, bytesRead, elapsedSeconds: elapsed }
      } finally {
        connection.close()
        if (file) await rm(file, { force: true })
      }
    },
    close: () => root.close(),
  }
}

/** `INSERT INTO t (a, b) FORMAT X` reading its rows from `file`. */
function fromFile(sql: string, file: string): string {
  const tail = /\s(?:SETTINGS\s[^;]*?\s)?FORMAT\s+\w+\s*;?\s*$/i.exec(sql)
  if (!tail) throw new Error("Code: 62. DB::Exception: an INSERT with rows ends in FORMAT and its name. (SYNTAX_ERROR)")
  return `${sql.slice(0, tail.index)} FROM INFILE ${literal(file)}${tail[0]}`
}

function literal(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`
}

function identifier(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    throw new Error(`Code: 115. DB::Exception: "${name}" is no name. (UNKNOWN_SETTING)`)
  return name
}
