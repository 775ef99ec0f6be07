import { NexusError } from "@nexus/protocol"
import type { Database } from "../storage/prisma/database.ts"
import { createSecret, hashSecret } from "./secrets.ts"

/**
 * Refresh tokens rotate: each is good for one trade, and the next belongs to the same family. A token that is traded
 * twice was copied, and nobody can tell the thief from the owner: the whole family is revoked and both sign in again.
 * A grace period for two tabs that refresh at once was refused, since a thief fits into it too; tabs take turns instead.
 */
export const REFRESH_TOKEN_MS = 30 * 24 * 60 * 60 * 1000

export interface IssuedRefresh {
  readonly token: string
  readonly expiresAt: number
}

export interface RefreshTokens {
  /** Starts the family of a session. */
  start(userId: string, familyId: string): Promise<IssuedRefresh>
  /** Trades a token for the next. `unauthenticated` when it is unknown, expired, revoked or was used before. */
  rotate(token: string): Promise<IssuedRefresh & { readonly userId: string; readonly familyId: string }>
  /** Revokes the token's family, and gives whose it was. */
  revoke(token: string): Promise<string | undefined>
}

interface FamilyEnds {
  /** Ends the session that the tokens belong to, and all of them with it. */
  readonly revokeFamily: (familyId: string) => Promise<void>
  /** A token of this person was traded twice. */
  readonly reused: (userId: string) => Promise<void>
}

export function createRefreshTokens(
  database: Database,
  clock: () => number,
  { revokeFamily, reused }: FamilyEnds,
): RefreshTokens {
  const issue = async (userId: string, familyId: string): Promise<IssuedRefresh> => {
    const token = createSecret()
    const now = clock()
    const expiresAt = now + REFRESH_TOKEN_MS
    const times = { createdAt: BigInt(now), expiresAt: BigInt(expiresAt) }
    await database.refreshToken.create({ data: { hash: hashSecret(token), familyId, userId, ...times } })
    return { token, expiresAt }
  }
  return {
    async start(userId, familyId) {
      await database.refreshToken.deleteMany({ where: { userId, expiresAt: { lt: BigInt(clock()) } } })
      return issue(userId, familyId)
    },
    async rotate(token) {
      const hash = hashSecret(token)
      const now = BigInt(clock())
      const { count } = await database.refreshToken.updateMany({
        where: { hash, usedAt: null, revokedAt: null, expiresAt: { gt: now } },
        data: { usedAt: now },
      })
      const row = await database.refreshToken.findUnique({ where: { hash } })
      if (count === 1 && row) {
        const next = await issue(row.userId, row.familyId)
        // A reuse that was seen while this trade was under way has revoked what existed then, not what it just made.
        if ((await database.refreshToken.findUnique({ where: { hash } }))?.revokedAt) await revokeFamily(row.familyId)
        return { ...next, userId: row.userId, familyId: row.familyId }
      }
      if (row?.usedAt) {
        await revokeFamily(row.familyId)
        await reused(row.userId)
      }
      throw new NexusError({ code: "unauthenticated", detail: "This sign-in has ended." })
    },
    async revoke(token) {
      const row = await database.refreshToken.findUnique({ where: { hash: hashSecret(token) } })
      if (row) await revokeFamily(row.familyId)
      return row?.userId
    },
  }
}
