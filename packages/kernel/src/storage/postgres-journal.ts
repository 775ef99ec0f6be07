import { Change, NexusError, Snapshot } from "@nexus/protocol"
import type pg from "pg"
import type { Journal, ValueStore } from "./journal.ts"
import { Appends } from "./postgres/appends.ts"
import { unavailable } from "./postgres/failures.ts"
import { assertDurable, createPool } from "./postgres/pool.ts"
import { prepareJournal } from "./postgres/schema.ts"
import { loadSnapshot, saveSnapshot } from "./postgres/snapshots.ts"
import { readChange } from "./read-change.ts"

/**
 * The journal on PostgreSQL, for kernels on many machines. `pod` names this kernel among them: it can then take only
 * workspaces whose lease it holds (`postgres-leases.ts`). Whether it holds it and the new epoch are one statement, so
 * there is no moment in which a kernel without the lease voids the owner's epoch.
 */
export interface PostgresJournalOptions {
  readonly pod?: string
  readonly connections?: number
  readonly log?: (error: Error) => void
}

const ACQUIRE = `
  UPDATE journal.workspaces SET epoch = epoch + 1
  WHERE id = $1 AND ($2::text IS NULL OR EXISTS
    (SELECT FROM journal.leases WHERE workspace = $1 AND pod = $2 AND until > clock_timestamp()))
  RETURNING epoch`

export async function createPostgresJournal(url: string, options: PostgresJournalOptions = {}): Promise<Journal> {
  const { pod, connections = 8, log = () => undefined } = options
  const pool = createPool(url, { isolation: "read committed", connections, log })
  try {
    await assertDurable(pool)
    await prepareJournal(pool)
  } catch (error) {
    await pool.end()
    throw error
  }
  const appends = new Appends(pool)
  const ask = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> => {
    try {
      return (await pool.query<Row>(text, values)).rows
    } catch (error) {
      throw unavailable(error)
    }
  }
  return {
    create: async (workspace) => {
      await ask("INSERT INTO journal.workspaces (id) VALUES ($1) ON CONFLICT DO NOTHING", [workspace])
    },
    workspaces: async () => {
      const rows = await ask<{ id: string }>("SELECT id FROM journal.workspaces ORDER BY id")
      return rows.map(({ id }) => id)
    },
    acquire: async (workspace) => {
      const [row] = await ask<{ epoch: string }>(ACQUIRE, [workspace, pod ?? null])
      if (row) return Number(row.epoch)
      const known = await ask("SELECT FROM journal.workspaces WHERE id = $1", [workspace])
      if (known.length > 0) throw new NexusError({ code: "lease-lost", workspace })
      throw new NexusError({ code: "not-found", what: "workspace", id: workspace })
    },
    append: (change, epoch) => appends.append(change, epoch),
    changes: async (workspace, after, limit) => {
      const rows = await ask<{ body: string }>(
        "SELECT body FROM journal.changes WHERE workspace = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        [workspace, after, limit],
      )
      return rows.map(({ body }, index) => readChange(body, workspace, after + index + 1))
    },
    find: async (workspace, submission) => {
      const [row] = await ask<{ body: string }>(
        "SELECT body FROM journal.changes WHERE workspace = $1 AND submission = $2",
        [workspace, submission],
      )
      return row && Change.parse(JSON.parse(row.body))
    },
    saveSnapshot: async (snapshot, epoch) => {
      const { workspace } = snapshot
      const saved = await saveSnapshot(pool, snapshot, epoch).catch((error: unknown) => {
        throw unavailable(error)
      })
      if (!saved) throw await appends.whyNot(workspace, epoch)
    },
    loadSnapshot: async (workspace) => {
      const body = await loadSnapshot(pool, workspace).catch((error: unknown) => {
        throw unavailable(error)
      })
      return body === undefined ? undefined : Snapshot.parse(JSON.parse(body))
    },
    values: createValues(ask),
    close: async () => {
      await appends.settled()
      await pool.end()
    },
  }
}

function createValues(
  ask: <Row extends pg.QueryResultRow>(text: string, values: unknown[]) => Promise<Row[]>,
): ValueStore {
  return {
    get: async (workspace, space, key) => {
      const [row] = await ask<{ value: string }>(
        "SELECT value FROM journal.values WHERE workspace = $1 AND space = $2 AND key = $3",
        [workspace, space, key],
      )
      return row?.value
    },
    set: async (workspace, space, key, value) => {
      if (value === undefined) {
        await ask("DELETE FROM journal.values WHERE workspace = $1 AND space = $2 AND key = $3", [
          workspace,
          space,
          key,
        ])
        return
      }
      await ask(
        `INSERT INTO journal.values (workspace, space, key, value) VALUES ($1, $2, $3, $4)
         ON CONFLICT (workspace, space, key) DO UPDATE SET value = excluded.value`,
        [workspace, space, key, value],
      )
    },
    spaces: async (workspace, prefix) => {
      const rows = await ask<{ space: string }>(
        `SELECT DISTINCT space COLLATE "C" AS space FROM journal.values
         WHERE workspace = $1 AND starts_with(space, $2) ORDER BY 1`,
        [workspace, prefix],
      )
      return rows.map(({ space }) => space)
    },
    list: async (workspace, space, prefix, limit) => {
      const rows = await ask<{ key: string; value: string }>(
        `SELECT key, value FROM journal.values WHERE workspace = $1 AND space = $2 AND starts_with(key, $3)
         ORDER BY key LIMIT $4`,
        [workspace, space, prefix, limit],
      )
      return rows.map(({ key, value }) => [key, value] as const)
    },
  }
}
