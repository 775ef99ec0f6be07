import { readFile, writeFile } from "node:fs/promises"
import { basename, join } from "node:path"
import { createId, NexusError } from "@nexus/protocol"
import pg from "pg"
import { alone, type Leases } from "../workspace/lease.ts"
import type { Journal } from "./journal.ts"
import { opening } from "./opening.ts"
import { createPostgresJournal } from "./postgres-journal.ts"
import { createPostgresLeases } from "./postgres-leases.ts"
import { type Database, openDatabase } from "./prisma/database.ts"
import { openPostgresDatabase } from "./prisma/postgres-database.ts"
import { createSqliteJournal } from "./sqlite-journal.ts"

/**
 * Where a kernel keeps the truth: two SQLite files in its data folder, or a PostgreSQL server that other kernels use as
 * well. Everything else (files, Git, recorded runs, the record) stays in the data folder of each kernel either way.
 */
export interface Stores {
  readonly journal: Journal
  readonly database: Database
  readonly leases: Leases
  /**
   * Opens a key file that all kernels on one database have in common: `open` makes it where there is none, the first
   * kernel's goes into the database, and the others find it written into their own file.
   */
  openKey<Key>(file: string, open: () => Promise<Key>): Promise<Key>
  /** Only one kernel at a time does this. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>
  /** Tells the other kernels where this one is. */
  announce(url: string): Promise<void>
  closeJournal(): Promise<void>
}

export interface StoresOptions {
  readonly dataDir: string
  /** `postgres://…`; absent: SQLite. */
  readonly database: string | undefined
  readonly journalBytes: number | undefined
  readonly log: (message: string, detail: object) => void
}

export function openStores(options: StoresOptions): Promise<Stores> {
  const { database, log } = options
  return database === undefined ? openFiles(options) : onServer(database, () => openServer(database, log))
}

async function openFiles({ dataDir, journalBytes }: StoresOptions): Promise<Stores> {
  const journalFile = join(dataDir, "journal.sqlite")
  const journal = await opening("The journal", journalFile, () =>
    createSqliteJournal(journalFile, journalBytes ? { maxBytes: journalBytes } : {}),
  )
  const accountsFile = join(dataDir, "accounts.sqlite")
  try {
    const database = await opening("The list of accounts", accountsFile, () => openDatabase(accountsFile))
    return {
      journal,
      database,
      leases: alone,
      openKey: (_file, open) => open(),
      alone: (work) => work(),
      announce: async () => undefined,
      closeJournal: () => journal.close(),
    }
  } catch (error) {
    await journal.close()
    throw error
  }
}

async function openServer(url: string, log: StoresOptions["log"]): Promise<Stores> {
  const note = (error: Error) => log("a connection to PostgreSQL failed", { error: error.message })
  const pod = createId("pod")
  const journal = await createPostgresJournal(url, { pod, log: note })
  const opened: { close(): Promise<unknown> }[] = [journal]
  try {
    const leases = await createPostgresLeases(url, { pod, log })
    opened.unshift(leases)
    const database = await openPostgresDatabase(url, note)
    return {
      journal,
      database,
      leases,
      openKey: async (file, open) => {
        const opened = await open()
        return (await shareKey(url, file)) ? open() : opened
      },
      alone: (work) => withLock(url, work),
      announce: leases.announce,
      closeJournal: async () => {
        await leases.close()
        await journal.close()
      },
    }
  } catch (error) {
    for (const part of opened) await part.close()
    throw error
  }
}

/** Whatever the driver says leaves as one sentence, with the server and the database but never with the password. */
async function onServer<Result>(url: string, open: () => Promise<Result>): Promise<Result> {
  try {
    return await open()
  } catch (cause) {
    if (cause instanceof NexusError) throw cause
    const { host, pathname } = new URL(url)
    const reason = cause instanceof Error ? cause.message.trim().split("\n").at(-1) || String(cause) : String(cause)
    const detail = `${host}${pathname} cannot be used (${reason}). Nothing was changed. See that the server runs, and that NEXUS_DATABASE names it, a database on it and a user who may make tables there.`
    throw new NexusError({ code: "unavailable", what: "PostgreSQL", detail }, { cause })
  }
}

const FIRST_START_LOCK = 7_202_614

async function withLock<Result>(url: string, work: () => Promise<Result>): Promise<Result> {
  return withClient(url, async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [FIRST_START_LOCK])
    return work()
  })
}

/** The file that is there becomes everybody's, or what is everybody's becomes the file; then true. */
async function shareKey(url: string, file: string): Promise<boolean> {
  const ours = await readFile(file)
  const shared = await withClient(url, async (client) => {
    const values = [basename(file), ours.toString("base64")]
    await client.query("INSERT INTO journal.keys (name, key) VALUES ($1, $2) ON CONFLICT DO NOTHING", values)
    const { rows } = await client.query<{ key: string }>("SELECT key FROM journal.keys WHERE name = $1", [values[0]])
    return Buffer.from(rows[0]?.key ?? "", "base64")
  })
  if (shared.equals(ours)) return false
  await writeFile(file, shared, { mode: 0o600, flush: true })
  return true
}

async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, application_name: "nexus-start" })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
