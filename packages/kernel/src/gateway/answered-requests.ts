import { createHash } from "node:crypto"
import { NexusError } from "@nexus/protocol"
import type { Database } from "../storage/prisma/database.ts"

/**
 * A POST with an Idempotency-Key is done once: who repeats it within a day, because the answer was lost, is told the first
 * answer again, also by the next kernel. The key's row is written before the work begins, so of two that come at once one
 * is refused. What failed is forgotten: nothing was done, and the same request may be tried again.
 *
 * A kernel that ends between work and answer leaves a row without one. Whoever asks then does the work again under the
 * same submission id, and the journal answers with the first change.
 */
export interface AnsweredRequests {
  once(request: Keyed, work: () => Promise<Told>): Promise<Told & { readonly again: boolean }>
}

export interface Keyed {
  readonly user: string
  readonly key: string
  /** Everything that was asked, as text. */
  readonly asked: string
  /** The answer holds what is told once, and is not kept. */
  readonly tellsSecret: boolean
}

export interface Told {
  readonly status: number
  readonly answer: unknown
}

const KEPT_MS = 24 * 60 * 60 * 1000
const SWEEP_MS = 10 * 60 * 1000
/** Another kernel may be at work on a request for so long. */
const LOST_MS = 5 * 60 * 1000

export function createAnsweredRequests(database: Database, clock: () => number): AnsweredRequests {
  const startedAt = clock()
  const underWay = new Set<string>()
  let sweptAt = startedAt
  const table = database.answeredRequest

  const sweep = async (): Promise<void> => {
    if (clock() - sweptAt < SWEEP_MS) return
    sweptAt = clock()
    await table.deleteMany({ where: { expiresAt: { lt: BigInt(clock()) } } })
  }

  /** Takes the key for this request; what was told before, when it is taken for good. */
  const take = async (id: { userId: string; keyHash: string }, fingerprint: string): Promise<Told | undefined> => {
    const now = BigInt(clock())
    const times = { createdAt: now, expiresAt: now + BigInt(KEPT_MS) }
    try {
      await table.create({ data: { ...id, fingerprint, ...times } })
      return undefined
    } catch (error) {
      if (!isTaken(error)) throw error
    }
    const row = await table.findUnique({ where: { userId_keyHash: id } })
    if (!row || row.expiresAt < now) {
      await table.deleteMany({ where: { ...id, expiresAt: { lt: now } } })
      return take(id, fingerprint)
    }
    if (row.fingerprint !== fingerprint)
      throw conflict("This Idempotency-Key was used for another request. Take a new one.")
    if (row.status !== null) {
      if (row.answer === null) throw conflict("This was done already, and what it told is told once. Take a new key.")
      return { status: row.status, answer: JSON.parse(row.answer) }
    }
    const before = BigInt(Math.max(startedAt, clock() - LOST_MS))
    const { count } = await table.updateMany({
      where: { ...id, status: null, createdAt: { lt: before } },
      data: { createdAt: now },
    })
    if (count === 0) throw conflict("The first request with this Idempotency-Key is still under way.")
    return undefined
  }

  return {
    async once({ user, key, asked, tellsSecret }, work) {
      const id = { userId: user, keyHash: hash(key) }
      const name = `${user} ${id.keyHash}`
      if (underWay.has(name)) throw conflict("The first request with this Idempotency-Key is still under way.")
      underWay.add(name)
      try {
        await sweep()
        const before = await take(id, hash(asked))
        if (before) return { ...before, again: true }
        const told = await work().catch(async (error: unknown) => {
          await table.deleteMany({ where: { ...id, status: null } })
          throw error
        })
        const answer = tellsSecret ? {} : { answer: JSON.stringify(told.answer) }
        await table.updateMany({ where: id, data: { status: told.status, ...answer } })
        return { ...told, again: false }
      } finally {
        underWay.delete(name)
      }
    },
  }
}

/** What ids are made from when a request has a key: the same for the same key of the same person, always. */
export function keyedSeed(user: string, key: string): string {
  return hash(`${user}\n${key}`).slice(0, 40)
}

function conflict(detail: string): NexusError {
  return new NexusError({ code: "conflict", detail })
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex")
}

/** Prisma's word for a row that is there already. */
function isTaken(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "P2002"
}
