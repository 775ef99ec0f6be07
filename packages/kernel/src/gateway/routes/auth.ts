import { endpoints, NexusError, type SecondStep, type SignInAnswer } from "@nexus/protocol"
import type { Request } from "express"
import type { Accounts, SignedIn, SecondStep as StepNeeded } from "../../accounts/accounts.ts"
import type { Routes } from "../call.ts"
import { clientOf } from "../client-of.ts"
import type { RateLimits } from "../rate-limits.ts"
import { clearSignInCookies, type Exchange, refreshTokenOf, setSignInCookies } from "../sign-in-cookies.ts"

export interface AuthRouteParts {
  readonly accounts: Accounts
  readonly limits: RateLimits
  readonly allowsOrigin: (origin: string) => boolean
}

/** Signing in and out. The refresh token lives in a cookie that scripts cannot read and that goes nowhere but here. */
export function authRoutes(routes: Routes, { accounts, limits, allowsOrigin }: AuthRouteParts): void {
  const checkOrigin = ({ request }: { readonly request: Request }, required: boolean) => {
    const origin = request.get("origin")
    if (origin === undefined ? !required : allowsOrigin(origin)) return
    throw new NexusError({ code: "forbidden", detail: `Signing in is not open to pages of ${origin ?? "no origin"}.` })
  }

  routes.open(endpoints.register, async (call) => {
    checkOrigin(call, false)
    return answer(call, await accounts.register(call.body, clientOf(call.request)))
  })
  routes.open(endpoints.login, async (call) => {
    checkOrigin(call, false)
    // By account too: many addresses may guess at one password.
    await limits.take("auth", call.body.email, call.response)
    return answerOrStep(call, await accounts.login(call.body, clientOf(call.request)))
  })
  routes.open(endpoints.takeSecondStep, async (call) => {
    checkOrigin(call, false)
    return answer(call, await accounts.takeSecondStep(call.body, clientOf(call.request)))
  })
  routes.open(endpoints.signInByLink, async (call) => {
    checkOrigin(call, false)
    return answer(call, await accounts.signInByLink(call.body.code, clientOf(call.request)))
  })
  routes.open(endpoints.refresh, async (call) => {
    checkOrigin(call, true)
    const token = refreshTokenOf(call.request)
    if (!token) throw new NexusError({ code: "unauthenticated", detail: "There is no sign-in to continue." })
    try {
      return answer(call, await accounts.refresh(token, clientOf(call.request)))
    } catch (error) {
      clearSignInCookies(call)
      throw error
    }
  })
  routes.open(endpoints.logout, async (call) => {
    checkOrigin(call, true)
    const token = refreshTokenOf(call.request)
    if (token) await accounts.logout(token)
    clearSignInCookies(call)
    return {}
  })
  routes.open(endpoints.listSignInWays, async () => (accounts.provider ? { provider: accounts.provider } : {}))
  routes.guarded(endpoints.me, async ({ identity: { user } }) => ({
    user,
    operator: (await accounts.localOwner()).id === user.id,
  }))
}

/** The tokens into their cookies, the rest into the body. */
export function answer(exchange: Exchange, signedIn: SignedIn): SignInAnswer {
  setSignInCookies(exchange, signedIn)
  const { user, accessToken, expiresAt } = signedIn
  return { user, accessToken, expiresAt }
}

export function answerOrStep(exchange: Exchange, result: SignedIn | StepNeeded): SignInAnswer | SecondStep {
  return "challenge" in result ? result : answer(exchange, result)
}
