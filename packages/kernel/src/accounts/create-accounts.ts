import { NexusError } from "@nexus/protocol"
import type { Audit } from "../audit/audit.ts"
import type { Database } from "../storage/prisma/database.ts"
import { ACCESS_TOKEN_MS, createAccessTokens } from "./access-tokens.ts"
import type { Accounts, Client, SecondStep, SignedIn, User } from "./accounts.ts"
import { createApiKeys, isApiKey } from "./api-keys.ts"
import type { BreachedPasswords } from "./breached-passwords.ts"
import { createChallenges, type SignInMethod } from "./challenges.ts"
import { createEmbeds } from "./embeds.ts"
import { createEndings } from "./endings.ts"
import { createExternalIdentities, type ProviderPolicy } from "./external-identities.ts"
import { createInvitations } from "./invitations.ts"
import { createMembers } from "./members.ts"
import { createOwnAccount } from "./own-account.ts"
import { createPasswordRules } from "./password-rules.ts"
import { createPeople } from "./people.ts"
import { createProvider, type ProviderSettings } from "./provider.ts"
import { createProviderSignIn } from "./provider-sign-in.ts"
import type { IssuedRefresh } from "./refresh-tokens.ts"
import { createSeal } from "./seal.ts"
import { createSecondFactor } from "./second-factor.ts"
import { createSessions } from "./sessions.ts"
import { createShares } from "./shares.ts"
import { createSignInCodes } from "./sign-in-codes.ts"
import type { SigningKey } from "./signing-key.ts"

export interface AccountsParts {
  readonly database: Database
  /** Signs access tokens and challenges. */
  readonly signingKey: SigningKey
  /** Seals the secrets of second factors. */
  readonly sealingKey: Uint8Array
  readonly clock: () => number
  /** Where signing in, and failing to, is written down. */
  readonly audit: Pick<Audit, "record">
  /** Whether one more than so many members may be in a workspace; throws. */
  readonly admit?: (workspace: string, members: number) => Promise<void>
  readonly breached?: BreachedPasswords
  readonly provider?: ProviderSettings & ProviderPolicy
}

const NOWHERE: Client = { device: "", address: "" }
/** The process itself, which asks for a token when it starts and whenever it needs one. */
const THIS_MACHINE: Client = { device: "This machine", address: "" }

/** Accounts on the relational store. Closing them closes the store. */
export function createAccounts(parts: AccountsParts): Accounts {
  const { database, signingKey, sealingKey, clock, audit, breached, provider } = parts
  const seal = createSeal(sealingKey)
  const accessTokens = createAccessTokens(signingKey)
  const challenges = createChallenges(signingKey)
  const endings = createEndings()
  const people = createPeople(database, clock, createPasswordRules(breached))
  const sessions = createSessions(database, clock, endings, (user) =>
    audit.record({ action: "sign-in.reused", target: user }),
  )
  const secondFactor = createSecondFactor(database, seal, clock)
  const keys = createApiKeys(database, clock, endings)
  const codes = createSignInCodes(database, clock)
  const members = createMembers(database, clock, parts.admit)
  const embeds = createEmbeds(database, clock)

  const known = async (id: string): Promise<User> => {
    const user = await people.find(id)
    if (user) return user
    throw new NexusError({ code: "unauthenticated", detail: "This account no longer exists." })
  }
  const signedIn = async (user: User, session: string, refresh: IssuedRefresh): Promise<SignedIn> => {
    const { token, expiresAt } = await accessTokens.sign(user.id, session)
    const { token: refreshToken, expiresAt: refreshExpiresAt } = refresh
    return { user, session, accessToken: token, expiresAt, refreshToken, refreshExpiresAt }
  }
  const signIn = async (user: User, method: SignInMethod, from: Client, ttlMs?: number): Promise<SignedIn> => {
    const { session, refresh } = await sessions.start(user.id, method, from, ttlMs)
    await audit.record({
      actor: user.id,
      action: "sign-in.succeeded",
      target: user.id,
      detail: { method, device: from.device },
      address: from.ip,
    })
    return signedIn(user, session, refresh)
  }
  const firstStep = async (user: User, method: SignInMethod, from: Client): Promise<SignedIn | SecondStep> => {
    if (!(await secondFactor.isOn(user.id))) return signIn(user, method, from)
    return challenges.create({ userId: user.id, method, passwordHash: await people.passwordHashOf(user.id) })
  }

  const policy = provider ?? { domains: [], createAccounts: false, linkByAddress: false }
  const identities = createExternalIdentities(database, clock, people, policy, async (userId) => {
    await people.dropPassword(userId)
    await secondFactor.remove(userId)
    await keys.revokeAll(userId)
    await sessions.endAll(userId)
  })

  return {
    ...members,
    ...createShares(database, clock, endings, members),
    async removeWorkspace(workspaceId) {
      const ids = await embeds.of(workspaceId)
      await members.removeWorkspace(workspaceId)
      for (const id of ids) endings.tell({ user: id, ids: [id] })
    },
    embedHostsOf: embeds.hostsOf,
    lookIn: embeds.lookIn,
    ...createInvitations(database, clock, members),
    ...createProviderSignIn(provider && createProvider(provider, seal, clock), identities, (user, from = NOWHERE) =>
      firstStep(user, "provider", from),
    ),
    ...createOwnAccount({ people, sessions, secondFactor }),
    async register(input, from = NOWHERE) {
      const user = await people.register(input)
      await audit.record({ actor: user.id, action: "account.registered", target: user.id, address: from.ip })
      return signIn(user, "password", from)
    },
    async login(input, from = NOWHERE) {
      try {
        return await firstStep(await people.login(input), "password", from)
      } catch (error) {
        // Written for an unknown address as well: what is not written would be answered sooner.
        const target = (await people.byEmail(input.email))?.id
        await audit.record({ action: "sign-in.failed", target, address: from.ip })
        throw error
      }
    },
    async takeSecondStep({ challenge, code }, from = NOWHERE) {
      const { userId, method } = await challenges.read(challenge, people.passwordHashOf)
      try {
        const by = await secondFactor.take(userId, code)
        if (by === "recovery code") await audit.record({ actor: userId, action: "recovery-code.used", target: userId })
      } catch (error) {
        await audit.record({ action: "second-factor.failed", target: userId, address: from.ip })
        throw error
      }
      return signIn(await known(userId), method, from)
    },
    signInByLink: async (code, from = NOWHERE) => signIn(await known(await codes.spend(code)), "link", from),
    async refresh(refreshToken, from = NOWHERE) {
      const { userId, session, refresh } = await sessions.refresh(refreshToken, from)
      return signedIn(await known(userId), session, refresh)
    },
    async logout(refreshToken) {
      const user = await sessions.endByRefresh(refreshToken)
      if (user !== undefined) await audit.record({ actor: user, action: "sign-in.ended", target: user })
    },
    async authenticate(token) {
      if (isApiKey(token)) return keys.authenticate(token)
      const { userId, sessionId } = await accessTokens.verify(token)
      return { user: await sessions.check(sessionId, userId), session: sessionId }
    },
    async endedAmong(ids) {
      const live = new Set(
        (await Promise.all([sessions.openAmong(ids), keys.goodAmong(ids), embeds.liveAmong(ids)])).flat(),
      )
      return new Set(ids.filter((id) => !live.has(id)))
    },
    onEnded: (listener) => endings.on(listener),
    issue: async (userId) => signIn(await known(userId), "link", THIS_MACHINE, ACCESS_TOKEN_MS),
    createSignInCode: (userId, ttlMs) => codes.create(userId, ttlMs),
    localOwner: () => people.localOwner(),
    createKey: (userId, key) => keys.create(userId, key),
    keysOf: (userId) => keys.list(userId),
    revokeKey: (userId, keyId) => keys.revoke(userId, keyId),
    close: () => database.$disconnect(),
  }
}
