import { NexusError } from "@nexus/protocol"
import type { Database } from "../storage/prisma/database.ts"
import type { AccessTokens } from "./access-tokens.ts"
import type { Accounts, SignedIn, User } from "./accounts.ts"
import { createMembers } from "./members.ts"
import { createPeople } from "./people.ts"
import { createRefreshTokens, type IssuedRefresh } from "./refresh-tokens.ts"
import { createShares } from "./shares.ts"
import { createSignInCodes } from "./sign-in-codes.ts"

/** Accounts on the relational store. Closing them closes the store. */
export function createAccounts(database: Database, accessTokens: AccessTokens, clock: () => number): Accounts {
  const people = createPeople(database, clock)
  const refreshTokens = createRefreshTokens(database, clock)
  const codes = createSignInCodes(database, clock)
  const members = createMembers(database, clock)

  const known = async (id: string): Promise<User> => {
    const user = await people.find(id)
    if (user) return user
    throw new NexusError({ code: "unauthenticated", detail: "This account no longer exists." })
  }
  const signedIn = async (user: User, refresh: IssuedRefresh): Promise<SignedIn> => {
    const { token, expiresAt } = await accessTokens.sign(user.id)
    const { token: refreshToken, expiresAt: refreshExpiresAt } = refresh
    return { user, accessToken: token, expiresAt, refreshToken, refreshExpiresAt }
  }
  const signIn = async (user: User) => signedIn(user, await refreshTokens.start(user.id))

  return {
    ...members,
    ...createShares(database, clock, members),
    register: async (input) => signIn(await people.register(input)),
    login: async (input) => signIn(await people.login(input)),
    signInByLink: async (code) => signIn(await known(await codes.spend(code))),
    refresh: async (refreshToken) => {
      const { userId, ...next } = await refreshTokens.rotate(refreshToken)
      return signedIn(await known(userId), next)
    },
    logout: (refreshToken) => refreshTokens.revoke(refreshToken),
    authenticate: async (accessToken) => ({ user: await known(await accessTokens.verify(accessToken)) }),
    issue: async (userId) => signIn(await known(userId)),
    createSignInCode: (userId, ttlMs) => codes.create(userId, ttlMs),
    localOwner: () => people.localOwner(),
    rename: (userId, name) => people.rename(userId, name),
    close: () => database.$disconnect(),
  }
}
