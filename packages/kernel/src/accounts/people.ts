import { createId, NexusError } from "@nexus/protocol"
import type { Database } from "../storage/prisma/database.ts"
import type { User } from "./accounts.ts"
import { checkPassword, hashPassword } from "./passwords.ts"

interface UserRow {
  readonly id: string
  readonly name: string
  readonly email: string | null
}

/** The people this kernel knows. */
export interface People {
  find(id: string): Promise<User | undefined>
  register(input: { readonly email: string; readonly name: string; readonly password: string }): Promise<User>
  login(input: { readonly email: string; readonly password: string }): Promise<User>
  localOwner(): Promise<User>
  rename(id: string, name: string): Promise<User>
}

export function createPeople(database: Database, clock: () => number): People {
  const find = async (id: string) => {
    const row = await database.user.findUnique({ where: { id } })
    return row ? userOf(row) : undefined
  }
  return {
    find,
    async register({ email, name, password }) {
      const passwordHash = await hashPassword(password)
      const data = { id: createId("user"), email, name, passwordHash, createdAt: BigInt(clock()) }
      try {
        return userOf(await database.user.create({ data }))
      } catch (cause) {
        if (!isTaken(cause)) throw cause
        const detail = `There is an account for ${email} already. Sign in instead.`
        throw new NexusError({ code: "conflict", detail }, { cause })
      }
    },
    async login({ email, password }) {
      const row = await database.user.findUnique({ where: { email } })
      const matches = await checkPassword(row?.passwordHash ?? undefined, password)
      if (row && matches) return userOf(row)
      throw new NexusError({ code: "unauthenticated", detail: "Address and password do not match." })
    },
    async localOwner() {
      const row = await database.user.findFirst({ where: { local: true } })
      if (row) return userOf(row)
      const data = { id: createId("user"), name: "Owner", local: true, createdAt: BigInt(clock()) }
      return userOf(await database.user.create({ data }))
    },
    async rename(id, name) {
      await database.user.updateMany({ where: { id }, data: { name } })
      const user = await find(id)
      if (!user) throw new NexusError({ code: "not-found", what: "user", id })
      return user
    },
  }
}

export function userOf({ id, name, email }: UserRow): User {
  return { id, name, email: email ?? "" }
}

/** Prisma's code for a unique constraint that says no. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "P2002"
}
