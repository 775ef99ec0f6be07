import { PrismaLibSql } from "@prisma/adapter-libsql"
import { PrismaClient } from "../../../generated/prisma/client.ts"
import { applyMigrations, readMigrations } from "./schema-engine.ts"

/**
 * The relational store: accounts, members, tokens, shares, patches. A file of its own beside the journal's.
 *
 * The libsql driver gives a transaction the connection and opens another for whoever comes meanwhile, which then finds
 * the file busy. So nothing here uses transactions: every write is one statement, and what must not happen twice is an
 * `updateMany` whose `where` says what must still be true, and whose count says whether it was.
 */
export type Database = PrismaClient

/** Opens the file, applies the migrations it lacks and asserts that a commit means "on the disk". */
export async function openDatabase(file: string): Promise<Database> {
  const adapter = new PrismaLibSql({ url: `file:${file}` })
  const database = new PrismaClient({ adapter })
  try {
    await database.$queryRawUnsafe("PRAGMA journal_mode=WAL")
    const migrations = await readMigrations("sqlite")
    const applied = await appliedMigrations(database)
    // The engine is 5 MB of WebAssembly: it is loaded only when there is something to do.
    if (migrations.some(({ name }) => !applied.has(name))) await applyMigrations(adapter, migrations)
    const [row] = await database.$queryRawUnsafe<{ synchronous: bigint | number }[]>("PRAGMA synchronous")
    if (Number(row?.synchronous) < 2) throw new Error("the database driver opens files without synchronous=FULL")
    return database
  } catch (error) {
    await database.$disconnect()
    throw error
  }
}

async function appliedMigrations(database: Database): Promise<ReadonlySet<string>> {
  const tables = await database.$queryRawUnsafe<unknown[]>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'",
  )
  if (tables.length === 0) return new Set()
  const rows = await database.$queryRawUnsafe<{ migration_name: string }[]>(
    "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  )
  return new Set(rows.map((row) => row.migration_name))
}
