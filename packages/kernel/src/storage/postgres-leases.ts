import { randomInt } from "node:crypto"
import { NexusError } from "@nexus/protocol"
import pg from "pg"
import type { Lease, Leases } from "../workspace/lease.ts"
import { unavailable } from "./postgres/failures.ts"
import { createPool } from "./postgres/pool.ts"

/**
 * Leases on PostgreSQL. They last `ttlMs` by the database's clock and are renewed together in one statement. The owner
 * does not know that clock: it counts from the moment in which it asked, on its own monotonic clock, and stops after
 * three quarters, before anybody else may begin. So two kernels never both believe that a workspace is theirs, however
 * wrong their calendars are, and one that was frozen knows it at its first question.
 *
 * A session of its own holds an advisory lock for as long as this process lives. With the process its connection goes,
 * with that the lock, and whoever wants one of its workspaces sees that and need not wait for the lease to end.
 */
export interface PostgresLeases extends Leases {
  /** Where other kernels reach this one; said to whoever asks a kernel that does not own the workspace. */
  announce(url: string): Promise<void>
  close(): Promise<void>
}

export interface PostgresLeasesOptions {
  readonly pod: string
  readonly log: (message: string, detail: object) => void
  readonly ttlMs?: number
  /** A monotonic clock, in ms. */
  readonly now?: () => number
}

const TTL_MS = 3000
const RENEWALS = 3
const LOOKS = 12
const BACK_IN_MS = 200
/** Names our advisory locks among those of others in the database. */
const LOCKS = 7_202_613

const TAKE = `
  INSERT INTO journal.leases AS held (workspace, pod, until)
  VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
  ON CONFLICT (workspace) DO UPDATE SET pod = excluded.pod, until = excluded.until
  WHERE held.pod = excluded.pod OR held.until < clock_timestamp() OR NOT EXISTS (
    SELECT FROM journal.pods p
    JOIN pg_locks l ON l.locktype = 'advisory' AND l.objsubid = 2 AND l.granted
      AND l.classid = ${LOCKS} AND l.objid = p.alive::oid
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    WHERE p.id = held.pod)
  RETURNING workspace`
const RENEW = `
  UPDATE journal.leases SET until = clock_timestamp() + $2 * interval '1 millisecond'
  WHERE pod = $1 AND workspace = ANY ($3) RETURNING workspace`
const OWNER = "SELECT p.url FROM journal.leases l JOIN journal.pods p ON p.id = l.pod WHERE l.workspace = $1"

interface Held {
  until: number
  readonly onLost: () => void
}

export async function createPostgresLeases(url: string, options: PostgresLeasesOptions): Promise<PostgresLeases> {
  const { pod, log, ttlMs = TTL_MS, now = () => performance.now() } = options
  const fenceMs = ttlMs * 0.75
  const note = (error: unknown) => log("a connection for leases failed", { error: String(error) })
  const pool = createPool(url, { isolation: "read committed", connections: 3, log: note })
  const held = new Map<string, Held>()
  const alive = randomInt(1, 2 ** 31 - 1)
  let guard: pg.Client | undefined
  let closed = false

  const lose = (workspace: string, lease: Held): void => {
    if (held.get(workspace) !== lease) return
    held.delete(workspace)
    log("the lease of a workspace was lost", { workspace })
    lease.onLost()
  }
  /** Our sign of life. When its session breaks it is given again, and then it shows what was taken from us meanwhile. */
  const stayAlive = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: url, keepAlive: true, application_name: "nexus-alive" })
    client.on("error", note)
    client.once("end", () => {
      if (!closed && guard === client) comeBack()
    })
    await client.connect()
    await client.query("SELECT pg_advisory_lock($1, $2)", [LOCKS, alive])
    guard = client
  }
  const comeBack = (): void => {
    setTimeout(() => {
      if (closed) return
      stayAlive().then(renew, (error: unknown) => {
        note(error)
        comeBack()
      })
    }, BACK_IN_MS).unref()
  }
  const renew = async (): Promise<void> => {
    const leases = [...held]
    if (leases.length === 0) return
    const asked = now()
    const values = [pod, ttlMs, leases.map(([workspace]) => workspace)]
    const { rows } = await pool.query<{ workspace: string }>({ name: "renew", text: RENEW, values })
    const renewed = new Set(rows.map(({ workspace }) => workspace))
    for (const [workspace, lease] of leases) {
      if (renewed.has(workspace)) lease.until = asked + fenceMs
      else lose(workspace, lease)
    }
  }
  const look = (): void => {
    for (const [workspace, lease] of held) if (now() >= lease.until) lose(workspace, lease)
  }

  try {
    await stayAlive()
    await pool.query("INSERT INTO journal.pods (id, url, alive) VALUES ($1, '', $2)", [pod, alive])
  } catch (error) {
    closed = true
    await Promise.allSettled([guard?.end(), pool.end()])
    throw error
  }
  const renewing = setInterval(() => renew().catch(note), ttlMs / RENEWALS)
  const looking = setInterval(look, ttlMs / LOOKS)

  return {
    take: async (workspace, onLost): Promise<Lease> => {
      const asked = now()
      const { rowCount } = await pool.query(TAKE, [workspace, pod, ttlMs]).catch((error: unknown) => {
        if (isUnknownWorkspace(error)) throw new NexusError({ code: "not-found", what: "workspace", id: workspace })
        throw unavailable(error)
      })
      if (rowCount !== 1) {
        const { rows } = await pool.query<{ url: string }>(OWNER, [workspace])
        const owner = rows[0]?.url
        throw new NexusError({ code: "lease-lost", workspace, ...(owner ? { owner } : {}) })
      }
      const lease: Held = { until: asked + fenceMs, onLost }
      held.set(workspace, lease)
      return {
        get held() {
          return held.get(workspace) === lease && now() < lease.until
        },
        release: async () => {
          if (held.get(workspace) !== lease) return
          held.delete(workspace)
          await pool.query("DELETE FROM journal.leases WHERE workspace = $1 AND pod = $2", [workspace, pod]).catch(note)
        },
      }
    },
    announce: async (at) => {
      await pool.query("UPDATE journal.pods SET url = $2 WHERE id = $1", [pod, at])
    },
    close: async () => {
      closed = true
      clearInterval(renewing)
      clearInterval(looking)
      held.clear()
      // Leases that are still there fall with the sign of life.
      await pool.query("DELETE FROM journal.pods WHERE id = $1", [pod]).catch(note)
      await Promise.allSettled([guard?.end(), pool.end()])
    },
  }
}

/** The lease of a workspace points at the workspace. */
function isUnknownWorkspace(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "23503"
}
