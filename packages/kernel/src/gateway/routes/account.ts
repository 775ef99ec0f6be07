import { endpoints, NexusError } from "@nexus/protocol"
import type { Accounts } from "../../accounts/accounts.ts"
import type { Routes } from "../call.ts"
import type { RateLimits } from "../rate-limits.ts"
import { clearSignInCookies } from "../sign-in-cookies.ts"

const DAY_MS = 24 * 60 * 60 * 1000

export interface AccountRouteParts {
  readonly accounts: Accounts
  readonly limits: RateLimits
  readonly clock: () => number
}

/** What a person sees and changes of their own account: name, password, second step, sessions, keys. */
export function accountRoutes(routes: Routes, { accounts, limits, clock }: AccountRouteParts): void {
  routes.guarded(endpoints.renameMe, async ({ identity, body, response }) => {
    const { name, email, password } = body
    let user = identity.user
    if (name !== undefined) user = await accounts.rename(user.id, name)
    if (email !== undefined && email !== user.email) {
      await limits.take("auth", user.id, response)
      user = await accounts.changeEmail(user.id, { email, password })
    }
    return { user }
  })
  routes.guarded(endpoints.changePassword, async ({ identity, body, response }) => {
    if (!identity.user.email) {
      const detail = "Give your address first: signing in by password takes both."
      throw new NexusError({ code: "conflict", detail })
    }
    await limits.take("auth", identity.user.id, response)
    const { current, password } = body
    const change = { current, password, session: identity.session }
    return { ended: await accounts.changePassword(identity.user.id, change) }
  })

  routes.guarded(endpoints.listSessions, async ({ identity }) => ({
    sessions: [...(await accounts.sessionsOf(identity.user.id, identity.session))],
  }))
  routes.guarded(endpoints.endSession, async ({ identity, params }) => {
    await accounts.endSession(identity.user.id, params.session)
    return {}
  })
  routes.guarded(endpoints.logoutEverywhere, async (call) => {
    const { user, session } = call.identity
    const keep = call.query.here === "keep"
    await accounts.logoutEverywhere(user.id, keep ? session : undefined)
    if (!keep) clearSignInCookies(call)
    return {}
  })

  routes.guarded(endpoints.readSecondFactor, ({ identity }) => accounts.secondFactorOf(identity.user.id))
  routes.guarded(endpoints.enrolSecondFactor, async ({ identity, body, response }) => {
    await limits.take("auth", identity.user.id, response)
    return accounts.enrolSecondFactor(identity.user.id, body.password)
  })
  routes.guarded(endpoints.confirmSecondFactor, async ({ identity, body }) => {
    const { recoveryCodes } = await accounts.confirmSecondFactor(identity.user.id, body.code, identity.session)
    return { recoveryCodes: [...recoveryCodes] }
  })
  routes.guarded(endpoints.renewRecoveryCodes, async ({ identity, body }) => {
    const { recoveryCodes } = await accounts.renewRecoveryCodes(identity.user.id, body.code)
    return { recoveryCodes: [...recoveryCodes] }
  })
  routes.guarded(endpoints.disableSecondFactor, async ({ identity, body, response }) => {
    await limits.take("auth", identity.user.id, response)
    await accounts.disableSecondFactor(identity.user.id, { password: body.password, code: body.code })
    return {}
  })

  routes.guarded(endpoints.listKeys, async ({ identity }) => ({ keys: [...(await accounts.keysOf(identity.user.id))] }))
  routes.guarded(endpoints.createKey, async ({ identity, body }) => {
    const { expiresInDays: days, ...key } = body
    return accounts.createKey(identity.user.id, { ...key, expiresAt: days && clock() + days * DAY_MS })
  })
  routes.guarded(endpoints.revokeKey, async ({ identity, params }) => {
    await accounts.revokeKey(identity.user.id, params.key)
    return {}
  })
}
