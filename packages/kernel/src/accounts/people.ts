import { createId, NexusError, Preferences } from "@nexus/protocol"
import type { Database } from "../storage/prisma/database.ts"
import type { User } from "./accounts.ts"
import type { PasswordRules } from "./password-rules.ts"
import { checkPassword, hashPassword, isOutdated } from "./passwords.ts"

interface UserRow {
  readonly id: string
  readonly name: string
  readonly email: string | null
}

/** The people this kernel knows. */
export interface People {
  find(id: string): Promise<User | undefined>
  byEmail(email: string): Promise<User | undefined>
  /** Somebody without a password, who signs in elsewhere. */
  create(input: { readonly name: string; readonly email: string | undefined }): Promise<User>
  register(input: { readonly email: string; readonly name: string; readonly password: string }): Promise<User>
  login(input: { readonly email: string; readonly password: string }): Promise<User>
  localOwner(): Promise<User>
  rename(id: string, name: string): Promise<User>
  preferencesOf(id: string): Promise<Preferences>
  keepPreferences(id: string, preferences: Preferences): Promise<void>
  changeEmail(id: string, email: string): Promise<User>
  setPassword(id: string, password: string): Promise<void>
  dropPassword(id: string): Promise<void>
  /** The stored hash; "" for somebody without a password, or nobody. */
  passwordHashOf(id: string): Promise<string>
  /** With everything that hangs on them. */
  remove(id: string): Promise<void>
  /** Throws `invalid-input` unless it is the person's password; who has none needs none. */
  confirm(id: string, password: string | undefined, path?: string): Promise<void>
}

export function createPeople(database: Database, clock: () => number, rules: PasswordRules): People {
  const find = async (id: string) => {
    const row = await database.user.findUnique({ where: { id } })
    return row ? userOf(row) : undefined
  }
  const known = async (id: string) => {
    const user = await find(id)
    if (!user) throw new NexusError({ code: "not-found", what: "user", id })
    return user
  }
  const passwordHashOf = async (id: string) => (await database.user.findUnique({ where: { id } }))?.passwordHash ?? ""
  return {
    find,
    passwordHashOf,
    async byEmail(email) {
      const row = await database.user.findUnique({ where: { email } })
      return row ? userOf(row) : undefined
    },
    async create({ name, email }) {
      const data = { id: createId("user"), name, email: email ?? null, createdAt: BigInt(clock()) }
      return userOf(await database.user.create({ data }))
    },
    async dropPassword(id) {
      await database.user.updateMany({ where: { id }, data: { passwordHash: null } })
    },
    async register({ email, name, password }) {
      await rules.check(password, { email, name })
      const passwordHash = await hashPassword(password)
      const data = { id: createId("user"), email, name, passwordHash, createdAt: BigInt(clock()) }
      try {
        return userOf(await database.user.create({ data }))
      } catch (cause) {
        if (!isTaken(cause)) throw cause
        throw taken(email, cause)
      }
    },
    async login({ email, password }) {
      const row = await database.user.findUnique({ where: { email } })
      const stored = row?.passwordHash ?? undefined
      const matches = await checkPassword(stored, password)
      if (row && matches) {
        if (stored && isOutdated(stored)) {
          const passwordHash = await hashPassword(password)
          await database.user.updateMany({ where: { id: row.id, passwordHash: stored }, data: { passwordHash } })
        }
        return userOf(row)
      }
      throw new NexusError({ code: "unauthenticated", detail: "Address and password do not match." })
    },
    async localOwner() {
      const row = await database.user.findFirst({ where: { local: true } })
      if (row) return userOf(row)
      const data = { id: createId("user"), name: "Owner", local: true, createdAt: BigInt(clock()) }
      return userOf(await database.user.create({ data }))
    },
    async preferencesOf(id) {
      const row = await database.user.findUnique({ where: { id }, select: { preferences: true } })
      return Preferences.parse(JSON.parse(row?.preferences ?? "{}"))
    },
    async keepPreferences(id, preferences) {
      await database.user.updateMany({ where: { id }, data: { preferences: JSON.stringify(preferences) } })
    },
    async rename(id, name) {
      await database.user.updateMany({ where: { id }, data: { name } })
      return known(id)
    },
    async changeEmail(id, email) {
      try {
        await database.user.updateMany({ where: { id }, data: { email } })
      } catch (cause) {
        if (!isTaken(cause)) throw cause
        throw taken(email, cause)
      }
      return known(id)
    },
    async setPassword(id, password) {
      await rules.check(password, await known(id))
      await database.user.updateMany({ where: { id }, data: { passwordHash: await hashPassword(password) } })
    },
    async remove(id) {
      await database.user.deleteMany({ where: { id } })
    },
    async confirm(id, password, path = "password") {
      const stored = await passwordHashOf(id)
      if (stored === "") return
      if (password !== undefined && (await checkPassword(stored, password))) return
      throw new NexusError({
        code: "invalid-input",
        detail: "this is not your password. Type the one you have now.",
        path,
      })
    },
  }
}

export function userOf({ id, name, email }: UserRow): User {
  return { id, name, email: email ?? "" }
}

function taken(email: string, cause: unknown): NexusError {
  const detail = `There is an account for ${email} already. Sign in instead.`
  return new NexusError({ code: "conflict", detail }, { cause })
}

/** Prisma's code for a unique constraint that says no. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "P2002"
}
