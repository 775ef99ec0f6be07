import { setTimeout as wait } from "node:timers/promises"
import { PrismaPg } from "@prisma/adapter-pg"
import {
  type ColumnType,
  ColumnTypeEnum,
  isDriverAdapterError,
  type ResultValue,
  type SqlQuery,
  type SqlQueryable,
  type SqlResultSet,
} from "@prisma/driver-adapter-utils"
import pg from "pg"
import { getPrismaClientClass } from "../../../generated/prisma/internal/class-postgresql.ts"
import { assertDurable, createPool } from "../postgres/pool.ts"
import type { Database } from "./database.ts"
import { applyMigrations, readMigrations } from "./schema-engine.ts"

/**
 * The relational store on PostgreSQL. Whoever writes to a `Database` says in one statement what must still be true,
 * and SQLite, which lets one writer in at a time, makes that enough. PostgreSQL lets many in: two owners who leave at
 * once would each see the other still there. So every statement here is a transaction of its own at SERIALIZABLE, and
 * one that the server refuses for its neighbour's sake is asked again; then both databases keep the same promises, and
 * no code above has to know on which it runs. Locks taken by hand in each place were refused: the one that is forgotten
 * shows up years later.
 */
export async function openPostgresDatabase(url: string, log: (error: Error) => void): Promise<Database> {
  const pool = createPool(url, { isolation: "serializable", connections: CONNECTIONS, log })
  try {
    const adapter = new SerializablePg(pool, { disposeExternalPool: true })
    await assertDurable(pool)
    await migrate(pool, adapter)
    const PrismaClient = getPrismaClientClass()
    const database = new PrismaClient({ adapter })
    // A client that never asked anything would leave the pool open when it is told to disconnect.
    await database.$connect()
    return database
  } catch (error) {
    await pool.end()
    throw error
  }
}

const CONNECTIONS = 10
const MOST_TRIES = 30

/** PostgreSQL as Prisma sees it, for this store and for the schema engine. */
export class SerializablePg extends PrismaPg {
  override async connect(): ReturnType<PrismaPg["connect"]> {
    const connected = await super.connect()
    const { queryRaw, executeRaw } = connected
    const ask = async (query: SqlQuery): Promise<SqlResultSet> => {
      try {
        return await queryRaw.call(connected, query)
      } catch (error) {
        if (!isDriverAdapterError(error) || error.cause.kind !== "UnsupportedNativeDataType") throw error
        return readLetters(connected.underlyingDriver(), query)
      }
    }
    const again: Pick<SqlQueryable, "queryRaw" | "executeRaw"> = {
      queryRaw: (query) => askAgain(() => ask(query)),
      executeRaw: (query) => askAgain(() => executeRaw.call(connected, query)),
    }
    return Object.assign(connected, again)
  }
}

/**
 * The schema engine reads tables of the system that keep one letter in a column of the type `"char"`, which Prisma's
 * driver does not know. So such questions, which only read, are asked here, with the few types that those tables have.
 */
async function readLetters(pool: pg.Pool, { sql, args }: SqlQuery): Promise<SqlResultSet> {
  const { fields, rows } = await pool.query<ResultValue[]>({ text: sql, values: args, rowMode: "array" })
  const { builtins } = pg.types
  const types = new Map<number, ColumnType>([
    [builtins.CHAR, ColumnTypeEnum.Character],
    [builtins.BOOL, ColumnTypeEnum.Boolean],
    [builtins.INT2, ColumnTypeEnum.Int32],
    [builtins.INT4, ColumnTypeEnum.Int32],
    [builtins.INT8, ColumnTypeEnum.Int64],
    [builtins.OID, ColumnTypeEnum.Int64],
  ])
  return {
    columnNames: fields.map(({ name }) => name),
    columnTypes: fields.map(({ dataTypeID }) => types.get(dataTypeID) ?? ColumnTypeEnum.Text),
    rows,
  }
}

/** A refused transaction has done nothing, so it may be asked again: later each time, and not all at once. */
async function askAgain<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask()
    } catch (error) {
      if (tries === MOST_TRIES || !isWriteConflict(error)) throw error
      await wait(Math.random() * Math.min(200, 2 ** tries))
    }
  }
}

function isWriteConflict(error: unknown): boolean {
  return isDriverAdapterError(error) && error.cause.kind === "TransactionWriteConflict"
}

/** Kernels that start at once take turns: the second finds nothing to do. */
const MIGRATION_LOCK = 7_202_611

async function migrate(pool: pg.Pool, adapter: PrismaPg): Promise<void> {
  const migrations = await readMigrations("postgresql")
  const holder = await pool.connect()
  try {
    await holder.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK])
    const applied = await appliedMigrations(holder)
    if (migrations.some(({ name }) => !applied.has(name))) await applyMigrations(adapter, migrations)
  } finally {
    // Closed, not given back: with the session its lock is gone, whatever happened.
    holder.release(true)
  }
}

async function appliedMigrations(client: pg.PoolClient): Promise<ReadonlySet<string>> {
  const { rows: tables } = await client.query("SELECT to_regclass('_prisma_migrations') AS found")
  if (tables[0]?.found === null) return new Set()
  const { rows } = await client.query<{ migration_name: string }>(
    "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  )
  return new Set(rows.map((row) => row.migration_name))
}
