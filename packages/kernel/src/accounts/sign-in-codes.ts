import { NexusError } from "@nexus/protocol"
import type { Database } from "../storage/prisma/database.ts"
import { createSecret, hashSecret } from "./secrets.ts"

/** One-time codes behind sign-in links: stored hashed, good once, for a while. */
export interface SignInCodes {
  create(userId: string, ttlMs: number): Promise<string>
  /** Spends the code and gives its user's id; `unauthenticated` when it is unknown, spent or too old. */
  spend(code: string): Promise<string>
}

export function createSignInCodes(database: Database, clock: () => number): SignInCodes {
  return {
    async create(userId, ttlMs) {
      const code = createSecret()
      const now = clock()
      await database.signInCode.deleteMany({ where: { userId, expiresAt: { lt: BigInt(now) } } })
      await database.signInCode.create({ data: { hash: hashSecret(code), userId, expiresAt: BigInt(now + ttlMs) } })
      return code
    },
    async spend(code) {
      const hash = hashSecret(code)
      const now = BigInt(clock())
      const { count } = await database.signInCode.updateMany({
        where: { hash, usedAt: null, expiresAt: { gt: now } },
        data: { usedAt: now },
      })
      const row = count === 1 ? await database.signInCode.findUnique({ where: { hash } }) : null
      if (row) return row.userId
      const detail = "This sign-in link was used before or is too old; start Nexus again to get a new one."
      throw new NexusError({ code: "unauthenticated", detail })
    },
  }
}
