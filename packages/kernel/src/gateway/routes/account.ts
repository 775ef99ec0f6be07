import { type AuditAction, type AuditDetail, endpoints, NexusError } from "@nexus/protocol"
import type { Accounts } from "../../accounts/accounts.ts"
import { auditOf, type Routes } from "../call.ts"
import type { RateLimits } from "../rate-limits.ts"
import { clearSignInCookies } from "../sign-in-cookies.ts"
import type { WorkspaceRouteParts } from "./workspaces.ts"

const DAY_MS = 24 * 60 * 60 * 1000

export interface AccountRouteParts {
  readonly accounts: Accounts
  readonly audit: WorkspaceRouteParts["audit"]
  readonly limits: RateLimits
  readonly clock: () => number
}

/** What a person sees and changes of their own account: name, password, second step, sessions, keys. */
export function accountRoutes(routes: Routes, { accounts, audit, limits, clock }: AccountRouteParts): void {
  /** Written down as done by the person to their own account, or to `target` of it. */
  const note = (call: Parameters<typeof auditOf>[0], action: AuditAction, target?: string, detail?: AuditDetail) =>
    audit.record({ ...auditOf(call), action, target: target ?? call.identity.user.id, detail })

  routes.guarded(endpoints.renameMe, async (call) => {
    const { name, email, password } = call.body
    let user = call.identity.user
    if (name !== undefined) user = await accounts.rename(user.id, name)
    if (email !== undefined && email !== user.email) {
      await limits.take("auth", user.id, call.response)
      user = await accounts.changeEmail(user.id, { email, password })
    }
    await note(call, "account.renamed")
    return { user }
  })
  routes.guarded(endpoints.readPreferences, async ({ identity }) => ({
    preferences: await accounts.preferencesOf(identity.user.id),
  }))
  routes.guarded(endpoints.savePreferences, async ({ identity, body }) => ({
    preferences: await accounts.savePreferences(identity.user.id, body),
  }))
  routes.guarded(endpoints.changePassword, async (call) => {
    const { user, session } = call.identity
    if (!user.email) {
      const detail = "Give your address first: signing in by password takes both."
      throw new NexusError({ code: "conflict", detail })
    }
    await limits.take("auth", user.id, call.response)
    const { current, password } = call.body
    const ended = await accounts.changePassword(user.id, { current, password, session })
    await note(call, "password.changed", undefined, { ended })
    return { ended }
  })

  routes.guarded(endpoints.listSessions, async ({ identity }) => ({
    sessions: [...(await accounts.sessionsOf(identity.user.id, identity.session))],
  }))
  routes.guarded(endpoints.endSession, async (call) => {
    await accounts.endSession(call.identity.user.id, call.params.session)
    await note(call, "sign-in.ended", undefined, { session: call.params.session })
    return {}
  })
  routes.guarded(endpoints.logoutEverywhere, async (call) => {
    const { user, session } = call.identity
    const keep = call.query.here === "keep"
    await accounts.logoutEverywhere(user.id, keep ? session : undefined)
    if (!keep) clearSignInCookies(call)
    await note(call, "sessions.ended")
    return {}
  })

  routes.guarded(endpoints.readSecondFactor, ({ identity }) => accounts.secondFactorOf(identity.user.id))
  routes.guarded(endpoints.enrolSecondFactor, async ({ identity, body, response }) => {
    await limits.take("auth", identity.user.id, response)
    return accounts.enrolSecondFactor(identity.user.id, body.password)
  })
  routes.guarded(endpoints.confirmSecondFactor, async (call) => {
    const { user, session } = call.identity
    const { recoveryCodes } = await accounts.confirmSecondFactor(user.id, call.body.code, session)
    await note(call, "second-factor.enrolled")
    return { recoveryCodes: [...recoveryCodes] }
  })
  routes.guarded(endpoints.renewRecoveryCodes, async (call) => {
    const { recoveryCodes } = await accounts.renewRecoveryCodes(call.identity.user.id, call.body.code)
    await note(call, "recovery-codes.made")
    return { recoveryCodes: [...recoveryCodes] }
  })
  routes.guarded(endpoints.disableSecondFactor, async (call) => {
    const { password, code } = call.body
    await limits.take("auth", call.identity.user.id, call.response)
    await accounts.disableSecondFactor(call.identity.user.id, { password, code })
    await note(call, "second-factor.removed")
    return {}
  })

  routes.guarded(endpoints.listKeys, async ({ identity }) => ({ keys: [...(await accounts.keysOf(identity.user.id))] }))
  routes.guarded(endpoints.createKey, async (call) => {
    const { expiresInDays: days, ...key } = call.body
    const made = await accounts.createKey(call.identity.user.id, { ...key, expiresAt: days && clock() + days * DAY_MS })
    await note(call, "api-key.created", made.id, { scope: made.scope })
    return made
  })
  routes.guarded(endpoints.revokeKey, async (call) => {
    await accounts.revokeKey(call.identity.user.id, call.params.key)
    await note(call, "api-key.revoked", call.params.key)
    return {}
  })
}
