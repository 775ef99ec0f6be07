import pg from "pg"

/**
 * Connections to PostgreSQL with what both stores need of them. Durability is the server's to give: a commit that is
 * answered before it is on the disk, or a server that never waits for the disk, makes every acknowledgement a lie, so
 * the settings are said on each connection and read back once (`assertDurable`) before anything is written.
 */
export interface PoolOptions {
  readonly isolation: "read committed" | "serializable"
  readonly connections: number
  /** Told of connections that break while nobody uses them. */
  readonly log: (error: Error) => void
}

const CONNECT_MS = 5_000
/** A server that does not answer for so long is taken for gone. */
const ANSWER_MS = 15_000

export function createPool(url: string, { isolation, connections, log }: PoolOptions): pg.Pool {
  const settings = {
    default_transaction_isolation: isolation.replace(" ", "\\ "),
    synchronous_commit: "on",
    statement_timeout: ANSWER_MS,
  }
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  const pool = new pg.Pool({
    connectionString: url,
    options: options.join(" "),
    max: connections,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
    application_name: "nexus",
  })
  pool.on("error", log)
  return pool
}

/** Throws when the server would acknowledge what a power cut can take back. */
export async function assertDurable(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<Record<string, string>>(
    `SELECT current_setting('synchronous_commit') AS "synchronous_commit", current_setting('fsync') AS "fsync",
       current_setting('full_page_writes') AS "full_page_writes"`,
  )
  for (const [name, value] of Object.entries(rows[0] ?? { fsync: "unknown" })) {
    if (value === "on" || (name === "synchronous_commit" && value === "remote_apply")) continue
    throw new Error(`Nexus needs ${name}=on, PostgreSQL says ${value}`)
  }
}
