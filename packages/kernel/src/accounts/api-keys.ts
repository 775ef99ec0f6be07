import { createId, type KeyAnswer, KeyScope, NexusError } from "@nexus/protocol"
import * as z from "zod"
import type { Database } from "../storage/prisma/database.ts"
import type { Identity, NewKey } from "./accounts.ts"
import type { Endings } from "./endings.ts"
import { userOf } from "./people.ts"
import { createSecret, hashSecret } from "./secrets.ts"

/**
 * Keys for programs: a person's own rights, narrowed, without their password or second factor. A key is 256 random bits,
 * shown once and stored hashed; its first characters stay readable so that a list can name it, and secret scanners know
 * `nxk_`. It opens nothing of the account itself: no key can make another or change a password.
 */
export interface ApiKeys {
  create(userId: string, key: NewKey): Promise<KeyAnswer & { readonly key: string }>
  list(userId: string): Promise<readonly KeyAnswer[]>
  revoke(userId: string, keyId: string): Promise<void>
  revokeAll(userId: string): Promise<void>
  /** Those of `ids` that are keys and still good. */
  goodAmong(ids: readonly string[]): Promise<readonly string[]>
  /** Throws `unauthenticated`. */
  authenticate(key: string): Promise<Identity>
}

const PREFIX = "nxk_"
const SHOWN = 12
const MOST_KEYS = 100
/** How exact "last used" is: a key in use costs one write a minute. */
const USED_WITHIN_MS = 60_000

export function isApiKey(token: string): boolean {
  return token.startsWith(PREFIX)
}

export function createApiKeys(database: Database, clock: () => number, endings: Endings): ApiKeys {
  return {
    async create(userId, { name, scope, workspaces, expiresAt }) {
      if ((await database.apiKey.count({ where: { userId, revokedAt: null } })) >= MOST_KEYS) {
        throw new NexusError({ code: "conflict", detail: `You have ${MOST_KEYS} keys. Revoke one that is not used.` })
      }
      const key = `${PREFIX}${createSecret()}`
      const row = await database.apiKey.create({
        data: {
          id: createId("key"),
          userId,
          name,
          prefix: key.slice(0, SHOWN),
          hash: hashSecret(key),
          scope,
          workspaces: workspaces ? JSON.stringify(workspaces) : null,
          createdAt: BigInt(clock()),
          expiresAt: expiresAt === undefined ? null : BigInt(Math.ceil(expiresAt)),
        },
      })
      return { ...answerOf(row), key }
    },
    async list(userId) {
      const rows = await database.apiKey.findMany({
        where: { userId, revokedAt: null },
        orderBy: [{ createdAt: "desc" }, { id: "asc" }],
      })
      return rows.map(answerOf)
    },
    async revoke(userId, keyId) {
      const { count } = await database.apiKey.updateMany({
        where: { id: keyId, userId, revokedAt: null },
        data: { revokedAt: BigInt(clock()) },
      })
      if (count === 0) throw new NexusError({ code: "not-found", what: "API key", id: keyId })
      endings.tell({ user: userId, ids: [keyId] })
    },
    async revokeAll(userId) {
      const rows = await database.apiKey.findMany({ where: { userId, revokedAt: null } })
      const ids = rows.map(({ id }) => id)
      await database.apiKey.updateMany({ where: { id: { in: ids } }, data: { revokedAt: BigInt(clock()) } })
      endings.tell({ user: userId, ids })
    },
    async goodAmong(ids) {
      const now = BigInt(clock())
      const rows = await database.apiKey.findMany({
        where: { id: { in: [...ids] }, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
        select: { id: true },
      })
      return rows.map(({ id }) => id)
    },
    async authenticate(key) {
      const row = await database.apiKey.findUnique({ where: { hash: hashSecret(key) }, include: { user: true } })
      const now = clock()
      if (!row || row.revokedAt !== null || (row.expiresAt !== null && Number(row.expiresAt) <= now)) {
        const detail = "This API key is not valid: it was revoked, has expired, or never was one."
        throw new NexusError({ code: "unauthenticated", detail })
      }
      if (Number(row.lastUsedAt ?? 0) < now - USED_WITHIN_MS) {
        await database.apiKey.updateMany({ where: { id: row.id }, data: { lastUsedAt: BigInt(now) } })
      }
      const { id, scope, workspaces } = answerOf(row)
      return { user: userOf(row.user), key: { id, scope, workspaces } }
    },
  }
}

type Row = Awaited<ReturnType<Database["apiKey"]["findMany"]>>[number]

function answerOf({ id, name, prefix, scope, workspaces, createdAt, expiresAt, lastUsedAt }: Row): KeyAnswer {
  return {
    id,
    name,
    prefix,
    scope: KeyScope.parse(scope),
    ...(workspaces === null ? {} : { workspaces: z.array(z.string()).parse(JSON.parse(workspaces)) }),
    createdAt: Number(createdAt),
    ...(expiresAt === null ? {} : { expiresAt: Number(expiresAt) }),
    ...(lastUsedAt === null ? {} : { lastUsedAt: Number(lastUsedAt) }),
  }
}
