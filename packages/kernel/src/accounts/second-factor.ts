import { randomInt } from "node:crypto"
import { NexusError } from "@nexus/protocol"
import { Secret, TOTP } from "otpauth"
import type { Database } from "../storage/prisma/database.ts"
import type { Seal } from "./seal.ts"
import { countAttempt, forgetAttempts } from "./second-factor-attempts.ts"
import { hashSecret } from "./secrets.ts"

/**
 * A code of an authenticator (TOTP, RFC 6238: SHA-1, six digits, 30 s) as the second step of signing in, and ten recovery
 * codes for the day the authenticator is gone. A code is taken once: the newest time step that was taken is remembered,
 * and nothing at or before it counts again. Five guesses in a quarter of an hour, wherever they come from, counted before
 * they are looked at, so that a hundred at once are still five.
 */
export interface SecondFactor {
  /** `since` is absent while none is on. */
  read(userId: string): Promise<{ readonly since?: number; readonly left: number }>
  isOn(userId: string): Promise<boolean>
  /** A new secret, which counts when it is confirmed. `conflict` while one is on. */
  enrol(userId: string, label: string): Promise<{ readonly secret: string; readonly uri: string }>
  /** Takes the first code and gives the recovery codes. */
  confirm(userId: string, code: string): Promise<readonly string[]>
  /** Takes a code or a recovery code; throws `invalid-input` when it is wrong, `rate-limited` when it was tried too often. */
  take(userId: string, code: string): Promise<"code" | "recovery code">
  renewRecoveryCodes(userId: string): Promise<readonly string[]>
  remove(userId: string): Promise<void>
}

const PERIOD_S = 30
const RECOVERY_CODES = 10
/** No letters that read like others; 24 of 31 signs are 118 bits, so that a fast hash is enough for them. */
const SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"

export function createSecondFactor(database: Database, seal: Seal, clock: () => number): SecondFactor {
  const find = (userId: string) => database.secondFactor.findUnique({ where: { userId } })

  /** The time step of `code`, newer than any that was taken; `undefined` when it is of none around now. */
  const stepOf = (sealed: string, userId: string, code: string): number | undefined => {
    const secret = seal.open(sealed, userId)
    if (secret === undefined) throw new Error("a second factor was sealed with another key")
    const totp = new TOTP({ secret: Secret.fromBase32(secret), period: PERIOD_S })
    const delta = totp.validate({ token: code, window: 1, timestamp: clock() })
    return delta === null ? undefined : Math.floor(clock() / 1000 / PERIOD_S) + delta
  }
  const takeCode = async (userId: string, sealed: string, code: string): Promise<boolean> => {
    const step = /^\d{6}$/.test(code) ? stepOf(sealed, userId, code) : undefined
    if (step === undefined) return false
    const { count } = await database.secondFactor.updateMany({
      where: { userId, lastStep: { lt: BigInt(step) } },
      data: { lastStep: BigInt(step) },
    })
    return count === 1
  }
  const takeRecoveryCode = async (userId: string, code: string): Promise<boolean> => {
    const { count } = await database.recoveryCode.updateMany({
      where: { hash: hashRecovery(userId, code), userId, usedAt: null },
      data: { usedAt: BigInt(clock()) },
    })
    return count === 1
  }
  const renewRecoveryCodes = async (userId: string): Promise<readonly string[]> => {
    const codes = Array.from({ length: RECOVERY_CODES }, createRecoveryCode)
    await database.recoveryCode.deleteMany({ where: { userId } })
    await database.recoveryCode.createMany({
      data: codes.map((code) => ({ userId, hash: hashRecovery(userId, code) })),
    })
    return codes
  }
  return {
    async read(userId) {
      const [row, left] = [await find(userId), await database.recoveryCode.count({ where: { userId, usedAt: null } })]
      return row?.confirmedAt ? { since: Number(row.confirmedAt), left } : { left: 0 }
    },
    isOn: async (userId) => (await find(userId))?.confirmedAt != null,
    async enrol(userId, label) {
      const secret = new Secret({ size: 20 }).base32
      const fresh = { secret: seal.seal(secret, userId), createdAt: BigInt(clock()) }
      const row = await find(userId)
      if (row) {
        const where = { userId, confirmedAt: null }
        const { count } = await database.secondFactor.updateMany({ where, data: { ...fresh, lastStep: 0n } })
        if (count === 0) throw isOnAlready()
      } else await database.secondFactor.create({ data: { userId, ...fresh } })
      const totp = new TOTP({ issuer: "Nexus", label, secret: Secret.fromBase32(secret), period: PERIOD_S })
      return { secret, uri: totp.toString() }
    },
    async confirm(userId, code) {
      const row = await find(userId)
      if (!row)
        throw new NexusError({ code: "conflict", detail: "There is no authenticator to confirm. Set one up first." })
      if (row.confirmedAt !== null) throw isOnAlready()
      await countAttempt(database, userId, clock())
      if (!(await takeCode(userId, row.secret, code))) throw wrongCode()
      const codes = await renewRecoveryCodes(userId)
      const { count } = await database.secondFactor.updateMany({
        where: { userId, confirmedAt: null, secret: row.secret },
        data: { confirmedAt: BigInt(clock()) },
      })
      if (count === 0) throw isOnAlready()
      await forgetAttempts(database, userId)
      return codes
    },
    async take(userId, code) {
      const row = await find(userId)
      if (!row?.confirmedAt) throw new NexusError({ code: "conflict", detail: "Two-step sign-in is off." })
      await countAttempt(database, userId, clock())
      const plain = code.toLowerCase().replaceAll(/[\s-]/g, "")
      const byCode = await takeCode(userId, row.secret, plain)
      if (!byCode && !(await takeRecoveryCode(userId, plain))) throw wrongCode()
      await forgetAttempts(database, userId)
      return byCode ? "code" : "recovery code"
    },
    renewRecoveryCodes,
    async remove(userId) {
      await database.recoveryCode.deleteMany({ where: { userId } })
      await database.secondFactor.deleteMany({ where: { userId } })
    },
  }
}

function createRecoveryCode(): string {
  const signs = Array.from({ length: 24 }, () => SIGNS[randomInt(SIGNS.length)])
  return [0, 4, 8, 12, 16, 20].map((at) => signs.slice(at, at + 4).join("")).join("-")
}

/** Bound to its person: the same code of two people are two hashes. */
function hashRecovery(userId: string, code: string): string {
  return hashSecret(`${userId} ${code.replaceAll("-", "")}`)
}

function wrongCode(): NexusError {
  const detail =
    "this code is wrong or was used. Wait for the next one, and check the clock of the device that shows it."
  return new NexusError({ code: "invalid-input", detail, path: "code" })
}

function isOnAlready(): NexusError {
  const detail = "Two-step sign-in is on already. Turn it off first to use another authenticator."
  return new NexusError({ code: "conflict", detail })
}
