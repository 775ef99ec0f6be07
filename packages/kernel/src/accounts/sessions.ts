import { createId, NexusError } from "@nexus/protocol"
import type { Database } from "../storage/prisma/database.ts"
import type { Client, SessionSummary, User } from "./accounts.ts"
import type { SignInMethod } from "./challenges.ts"
import type { Endings } from "./endings.ts"
import { userOf } from "./people.ts"
import { createRefreshTokens, type IssuedRefresh, REFRESH_TOKEN_MS } from "./refresh-tokens.ts"

/**
 * One sign-in on one device: a family of refresh tokens and a row that access tokens name. Ending it is writing one
 * row: the tokens that stand on it are looked up against it, and its sockets are told.
 */
export interface Sessions {
  start(userId: string, method: SignInMethod, from: Client, ttlMs?: number): Promise<StartedSession>
  /** Trades a refresh token; the session is used now. */
  refresh(token: string, from: Client): Promise<StartedSession & { readonly userId: string }>
  /** Whose the session is, as long as it lasts. Throws `unauthenticated`. */
  check(sessionId: string, userId: string): Promise<User>
  /** Those of `ids` that are sessions and have not ended. */
  openAmong(ids: readonly string[]): Promise<readonly string[]>
  list(userId: string, current: string | undefined): Promise<readonly SessionSummary[]>
  /** Throws `not-found` when the person has no such session. */
  end(userId: string, sessionId: string): Promise<void>
  /** Ends all, or all but one; gives how many. */
  endAll(userId: string, except?: string): Promise<number>
  /** Gives whose it was, when it was anybody's. */
  endByRefresh(token: string): Promise<string | undefined>
}

interface StartedSession {
  readonly session: string
  readonly refresh: IssuedRefresh
}

/** `reused` hears of the person whose refresh token was traded twice. */
export function createSessions(
  database: Database,
  clock: () => number,
  endings: Endings,
  reused: (userId: string) => Promise<void>,
): Sessions {
  const finish = async (where: { userId?: string; id?: string | { not: string } }): Promise<readonly string[]> => {
    const live = await database.session.findMany({ where: { ...where, endedAt: null } })
    const ids = live.map(({ id }) => id)
    const now = BigInt(clock())
    await database.session.updateMany({ where: { id: { in: ids } }, data: { endedAt: now } })
    await database.refreshToken.updateMany({
      where: { familyId: { in: ids }, revokedAt: null },
      data: { revokedAt: now },
    })
    for (const { id, userId } of live) endings.tell({ user: userId, ids: [id] })
    return ids
  }
  const revokeFamily = async (familyId: string) => {
    await finish({ id: familyId })
    // Whoever ended it before may not have seen the token that was just made.
    const data = { revokedAt: BigInt(clock()) }
    await database.refreshToken.updateMany({ where: { familyId, revokedAt: null }, data })
  }
  const refreshTokens = createRefreshTokens(database, clock, { revokeFamily, reused })
  return {
    async start(userId, method, { device, address }, ttlMs = REFRESH_TOKEN_MS) {
      const now = BigInt(clock())
      await database.session.deleteMany({ where: { userId, expiresAt: { lt: now } } })
      const id = createId("session")
      const times = { createdAt: now, lastUsedAt: now, expiresAt: now + BigInt(ttlMs) }
      await database.session.create({ data: { id, userId, method, device, address, ...times } })
      return { session: id, refresh: await refreshTokens.start(userId, id) }
    },
    async refresh(token, { device, address }) {
      const { userId, familyId, ...refresh } = await refreshTokens.rotate(token)
      await database.session.updateMany({
        where: { id: familyId },
        data: {
          lastUsedAt: BigInt(clock()),
          expiresAt: BigInt(refresh.expiresAt),
          ...(device ? { device, address } : {}),
        },
      })
      return { userId, session: familyId, refresh }
    },
    async check(sessionId, userId) {
      const row = await database.session.findUnique({ where: { id: sessionId }, include: { user: true } })
      if (row && row.userId === userId && row.endedAt === null) return userOf(row.user)
      throw new NexusError({ code: "unauthenticated", detail: "This sign-in has ended." })
    },
    async openAmong(ids) {
      const rows = await database.session.findMany({
        where: { id: { in: [...ids] }, endedAt: null },
        select: { id: true },
      })
      return rows.map(({ id }) => id)
    },
    async list(userId, current) {
      const rows = await database.session.findMany({
        where: { userId, endedAt: null, expiresAt: { gt: BigInt(clock()) } },
        orderBy: [{ lastUsedAt: "desc" }, { id: "asc" }],
      })
      return rows.map(({ id, device, address, method, createdAt, lastUsedAt }) => ({
        id,
        device,
        address,
        method: method === "link" || method === "provider" ? method : "password",
        createdAt: Number(createdAt),
        lastUsedAt: Number(lastUsedAt),
        current: id === current,
      }))
    },
    async end(userId, sessionId) {
      if ((await finish({ userId, id: sessionId })).length > 0) return
      throw new NexusError({ code: "not-found", what: "session", id: sessionId })
    },
    async endAll(userId, except) {
      return (await finish({ userId, ...(except === undefined ? {} : { id: { not: except } }) })).length
    },
    endByRefresh: (token) => refreshTokens.revoke(token),
  }
}
