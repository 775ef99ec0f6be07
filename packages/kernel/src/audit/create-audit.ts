import { randomBytes } from "node:crypto"
import { AuditAction, AuditDetail, type AuditEntry, type AuditHead } from "@nexus/protocol"
import * as z from "zod"
import type { Database } from "../storage/prisma/database.ts"
import type { Audit, AuditRecord, AuditScope } from "./audit.ts"
import { breakOf, hashOf, NO_HASH, type StoredEntry, sha256 } from "./chain.ts"

const PAGE = 500
const HEAD = 1
/** Another kernel may write at the same moment; then this one reads on and tries again. */
const TRIES = 20
/** What an entry about the kernel itself is about. */
export const INSTALLATION = "installation"
const FORMER_MEMBER = "Former member"

const Personal = z.object({ address: z.string() })

interface Waiting {
  readonly record: AuditRecord
  readonly at: number
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * The audit log in the relational store. What waits is written together, in one statement; the number of an entry is its
 * key, so that of two kernels that write at once one is refused and writes behind the other.
 */
export function createAudit(database: Database, clock: () => number): Audit {
  let waiting: Waiting[] = []
  let writing = false

  const last = async (): Promise<AuditHead> => {
    const row = await database.auditEntry.findFirst({ orderBy: { n: "desc" }, select: { n: true, hash: true } })
    return row ?? { n: 0, hash: NO_HASH }
  }
  const write = async (batch: readonly Waiting[]): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      const entries = chained(await last(), batch)
      try {
        await database.auditEntry.createMany({ data: entries.map((entry) => ({ ...entry, at: BigInt(entry.at) })) })
      } catch (error) {
        if (!isTaken(error) || tries === TRIES) throw error
        continue
      }
      const { n = 0, hash = NO_HASH } = entries.at(-1) ?? {}
      await database.$executeRaw`
        INSERT INTO "AuditHead" ("id", "n", "hash") VALUES (${HEAD}, ${n}, ${hash})
        ON CONFLICT ("id") DO UPDATE SET "n" = excluded."n", "hash" = excluded."hash" WHERE "AuditHead"."n" < excluded."n"`
      return
    }
  }
  const drain = async (): Promise<void> => {
    writing = true
    while (waiting.length > 0) {
      const batch = waiting.splice(0, PAGE)
      try {
        await write(batch)
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    writing = false
  }
  const told = async (rows: readonly Row[]): Promise<AuditEntry[]> => {
    const ids = [...new Set(rows.flatMap(({ actor }) => actor ?? []))]
    const users = await database.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
    const names = new Map(users.map(({ id, name }) => [id, name]))
    return rows.map((row) => toldOf(stored(row), names))
  }

  return {
    record: async (given) => {
      // Here and not when it is written: what is refused must not take along what waits beside it.
      const record = { ...given, detail: AuditDetail.parse(JSON.parse(JSON.stringify(given.detail ?? {}))) }
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      waiting = [...waiting, { record, at: clock(), resolve, reject }]
      if (!writing) drain()
      await promise
    },
    read: async ({ action, actor, since, until, before, limit, ...scope }) => {
      const rows = await database.auditEntry.findMany({
        where: {
          AND: [
            whereOf(scope),
            action === undefined ? {} : { action },
            actor === undefined ? {} : { actor },
            since === undefined ? {} : { at: { gte: BigInt(since) } },
            until === undefined ? {} : { at: { lt: BigInt(until) } },
            before === undefined ? {} : { n: { lt: before } },
          ],
        },
        orderBy: { n: "desc" },
        take: limit + 1,
      })
      return { entries: await told(rows.slice(0, limit)), more: rows.length > limit }
    },
    async *all(scope) {
      for (let after = 0; ; ) {
        const where = { AND: [whereOf(scope), { n: { gt: after } }] }
        const rows = await database.auditEntry.findMany({ where, orderBy: { n: "asc" }, take: PAGE })
        yield* await told(rows)
        after = rows.at(-1)?.n ?? after
        if (rows.length < PAGE) return
      }
    },
    verify: async (noted) => {
      let head: AuditHead = { n: 0, hash: NO_HASH }
      const verdict = (broken?: string, n = head.n + 1) => ({
        ok: broken === undefined,
        entries: head.n,
        head,
        ...(broken === undefined ? {} : { broken: { n, detail: broken } }),
      })
      const end = await database.auditHead.findUnique({ where: { id: HEAD } })
      for (;;) {
        const rows = await database.auditEntry.findMany({
          where: { n: { gt: head.n } },
          orderBy: { n: "asc" },
          take: PAGE,
        })
        for (const row of rows) {
          const entry = stored(row)
          const broken = breakOf(entry, head)
          if (broken) return verdict(broken, entry.n)
          if (noted?.n === entry.n && noted.hash !== entry.hash)
            return verdict("it is not the one noted earlier", entry.n)
          head = { n: entry.n, hash: entry.hash }
        }
        if (rows.length < PAGE) break
      }
      const most = Math.max(end?.n ?? 0, noted?.n ?? 0)
      if (head.n < most) return verdict(`entries ${head.n + 1} to ${most} are missing at the end`)
      return verdict()
    },
    head: last,
    forget: async (user) => {
      await database.auditEntry.updateMany({ where: whereOf({ person: user }), data: { personal: null } })
    },
  }
}

type Row = Omit<StoredEntry, "at"> & { readonly at: bigint }

function stored(row: Row): StoredEntry {
  return { ...row, at: Number(row.at) }
}

function chained(head: AuditHead, batch: readonly Waiting[]): StoredEntry[] {
  let { n, hash: previous } = head
  return batch.map(({ at, record: { actor, action, workspace, target, detail = {}, address } }) => {
    n += 1
    const personal = address === undefined ? null : JSON.stringify({ salt: randomBytes(16).toString("hex"), address })
    const open = {
      ...{ n, at, actor: actor ?? null, action, workspace: workspace ?? null, target: target ?? null },
      detail: JSON.stringify(detail),
      personalHash: personal === null ? null : sha256(personal),
      previous,
    }
    const entry = { ...open, personal, hash: hashOf(open) }
    previous = entry.hash
    return entry
  })
}

function toldOf(entry: StoredEntry, names: ReadonlyMap<string, string>): AuditEntry {
  const { n, at, actor, action, workspace, target, detail, personal, previous, hash } = entry
  return {
    n,
    at,
    action: AuditAction.parse(action),
    ...(actor === null ? {} : { actor: { id: actor, name: names.get(actor) ?? FORMER_MEMBER } }),
    ...(workspace === null ? {} : { workspace }),
    ...(target === null ? {} : { target }),
    detail: AuditDetail.parse(JSON.parse(detail)),
    ...(personal === null ? {} : { address: Personal.parse(JSON.parse(personal)).address }),
    previous,
    hash,
  }
}

function whereOf(scope: AuditScope) {
  if ("workspace" in scope) return { workspace: scope.workspace }
  if ("installation" in scope) return { target: INSTALLATION }
  return { OR: [{ actor: scope.person }, { target: scope.person }] }
}

/** Prisma's code for a unique constraint that says no. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "P2002"
}
