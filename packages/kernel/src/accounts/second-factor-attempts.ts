import { NexusError } from "@nexus/protocol"
import type { Database } from "../storage/prisma/database.ts"

const MOST = 5
const WINDOW_MS = 15 * 60 * 1000

/** Counts one guess before it is looked at; throws `rate-limited` when too many were made. Kept across restarts. */
export async function countAttempt(database: Database, userId: string, now: number): Promise<void> {
  const fresh = await database.secondFactor.updateMany({
    where: { userId, attemptsSince: { lte: BigInt(now - WINDOW_MS) } },
    data: { attempts: 1, attemptsSince: BigInt(now) },
  })
  if (fresh.count === 1) return
  const { count } = await database.secondFactor.updateMany({
    where: { userId, attempts: { lt: MOST } },
    data: { attempts: { increment: 1 } },
  })
  if (count === 1) return
  const row = await database.secondFactor.findUnique({ where: { userId } })
  const over = Number(row?.attemptsSince ?? now) + WINDOW_MS
  throw new NexusError({ code: "rate-limited", retryAfterMs: Math.max(1000, over - now) })
}

/** A right code forgets the wrong ones before it. */
export async function forgetAttempts(database: Database, userId: string): Promise<void> {
  await database.secondFactor.updateMany({ where: { userId }, data: { attempts: 0 } })
}
