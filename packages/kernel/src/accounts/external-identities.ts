import { type IdentityAnswer, NexusError } from "@nexus/protocol"
import type { Database } from "../storage/prisma/database.ts"
import type { User } from "./accounts.ts"
import type { People } from "./people.ts"
import type { ProviderClaims } from "./provider.ts"
import { hashSecret } from "./secrets.ts"

/** Who may come in from a provider. */
export interface ProviderPolicy {
  /** Domains of verified addresses that are let in; empty: everybody the provider knows. */
  readonly domains: readonly string[]
  /** Makes an account for whoever comes for the first time. */
  readonly createAccounts: boolean
  /** Gives an account that exists to who has its address verified at the provider. */
  readonly linkByAddress: boolean
}

/**
 * Accounts elsewhere that sign a person in here, by issuer and subject: addresses change hands, subjects do not. Nobody
 * here has shown that an address is theirs, so an account that was made with somebody's address beforehand must not stay
 * its maker's: by address an account is joined only where the operator says so, and then its password, second factor,
 * keys and sessions end with it (`takeOver`).
 */
export interface ExternalIdentities {
  /** The person these claims sign in, found, joined or made by the policy. Throws `forbidden` or `conflict`. */
  personOf(claims: ProviderClaims): Promise<User>
  connect(userId: string, claims: ProviderClaims): Promise<IdentityAnswer>
  list(userId: string): Promise<readonly IdentityAnswer[]>
  /** `conflict` when it is the person's last way in. */
  remove(userId: string, identityId: string): Promise<void>
}

export function createExternalIdentities(
  database: Database,
  clock: () => number,
  people: People,
  policy: ProviderPolicy,
  takeOver: (userId: string) => Promise<void>,
): ExternalIdentities {
  const add = async (userId: string, { issuer, subject, verifiedEmail = "" }: ProviderClaims) => {
    const now = BigInt(clock())
    const times = { createdAt: now, lastUsedAt: now }
    const row = await database.externalIdentity.create({
      data: { issuer, subject, userId, email: verifiedEmail, ...times },
    })
    return answerOf(row)
  }
  const find = (issuer: string, subject: string) =>
    database.externalIdentity.findUnique({ where: { issuer_subject: { issuer, subject } } })
  const user = async (id: string): Promise<User> => {
    const found = await people.find(id)
    if (found) return found
    throw new NexusError({ code: "unauthenticated", detail: "This account no longer exists." })
  }

  return {
    async personOf(claims) {
      const { issuer, subject, verifiedEmail, name } = claims
      const known = await find(issuer, subject)
      if (known) {
        const data = { lastUsedAt: BigInt(clock()) }
        await database.externalIdentity.updateMany({ where: { issuer, subject }, data })
        return user(known.userId)
      }
      requireDomain(policy.domains, verifiedEmail)
      const taken = verifiedEmail === undefined ? undefined : await people.byEmail(verifiedEmail)
      if (taken && !policy.linkByAddress) {
        const detail = `There is an account for ${verifiedEmail} already. Sign in to it, then connect this one in the settings.`
        throw new NexusError({ code: "conflict", detail })
      }
      if (taken) await takeOver(taken.id)
      else if (!policy.createAccounts) {
        throw new NexusError({
          code: "forbidden",
          detail: "There is no account for you here. Ask an owner to make one.",
        })
      }
      const person = taken ?? (await people.create({ name, email: verifiedEmail }))
      await add(person.id, claims)
      return person
    },
    async connect(userId, claims) {
      requireDomain(policy.domains, claims.verifiedEmail)
      const known = await find(claims.issuer, claims.subject)
      if (!known) return add(userId, claims)
      if (known.userId === userId) return answerOf(known)
      const detail = "This account is connected to another person here. Disconnect it there first."
      throw new NexusError({ code: "conflict", detail })
    },
    async list(userId) {
      const rows = await database.externalIdentity.findMany({ where: { userId }, orderBy: { createdAt: "asc" } })
      return rows.map(answerOf)
    },
    async remove(userId, identityId) {
      const rows = await database.externalIdentity.findMany({ where: { userId } })
      const row = rows.find((one) => idOf(one) === identityId)
      if (!row) throw new NexusError({ code: "not-found", what: "connected account", id: identityId })
      if (rows.length === 1 && (await people.passwordHashOf(userId)) === "") {
        const detail = "This is your only way to sign in. Set a password first, then disconnect it."
        throw new NexusError({ code: "conflict", detail })
      }
      const { issuer, subject } = row
      await database.externalIdentity.deleteMany({ where: { issuer, subject, userId } })
    },
  }
}

function requireDomain(domains: readonly string[], email: string | undefined): void {
  if (domains.length === 0 || domains.some((domain) => email?.endsWith(`@${domain.toLowerCase()}`))) return
  const detail = `Only people with a verified address of ${domains.join(" or ")} may sign in this way.`
  throw new NexusError({ code: "forbidden", detail })
}

type Row = Awaited<ReturnType<Database["externalIdentity"]["findMany"]>>[number]

function answerOf(row: Row): IdentityAnswer {
  const { issuer, email, createdAt, lastUsedAt } = row
  return { id: idOf(row), issuer, email, createdAt: Number(createdAt), lastUsedAt: Number(lastUsedAt) }
}

/** Its name in paths: a subject may be any text. */
function idOf({ issuer, subject }: Pick<Row, "issuer" | "subject">): string {
  return `identity_${hashSecret(`${issuer} ${subject}`).slice(0, 22)}`
}
