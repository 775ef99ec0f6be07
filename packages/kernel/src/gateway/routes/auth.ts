import { endpoints, NexusError, type SignInAnswer } from "@nexus/protocol"
import type { CookieOptions, Request, Response } from "express"
import type { Accounts, SignedIn } from "../../accounts/accounts.ts"
import { READER_COOKIE, type Routes } from "../call.ts"
import type { RateLimits } from "../rate-limits.ts"

const COOKIE = "nexus_refresh"

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
    return answer(call.request, call.response, await accounts.register(call.body))
  })
  routes.open(endpoints.login, async (call) => {
    checkOrigin(call, false)
    // By account too: many addresses may guess at one password.
    await limits.take("auth", call.body.email, call.response)
    return answer(call.request, call.response, await accounts.login(call.body))
  })
  routes.open(endpoints.signInByLink, async (call) => {
    checkOrigin(call, false)
    return answer(call.request, call.response, await accounts.signInByLink(call.body.code))
  })
  routes.open(endpoints.refresh, async (call) => {
    checkOrigin(call, true)
    const token = refreshTokenOf(call.request)
    if (!token) throw new NexusError({ code: "unauthenticated", detail: "There is no sign-in to continue." })
    try {
      return answer(call.request, call.response, await accounts.refresh(token))
    } catch (error) {
      clearCookie(call.request, call.response)
      throw error
    }
  })
  routes.open(endpoints.logout, async (call) => {
    checkOrigin(call, true)
    const token = refreshTokenOf(call.request)
    if (token) await accounts.logout(token)
    clearCookie(call.request, call.response)
    return {}
  })
  routes.guarded(endpoints.me, async ({ identity }) => ({ user: identity.user }))
  routes.guarded(endpoints.renameMe, async ({ identity, body }) => ({
    user: await accounts.rename(identity.user.id, body.name),
  }))
}

function answer(request: Request, response: Response, signedIn: SignedIn): SignInAnswer {
  const { user, accessToken, expiresAt, refreshToken, refreshExpiresAt } = signedIn
  response.cookie(COOKIE, refreshToken, { ...cookieOptions(request), expires: new Date(refreshExpiresAt) })
  response.cookie(READER_COOKIE, accessToken, { ...readerOptions(request), expires: new Date(expiresAt) })
  return { user, accessToken, expiresAt }
}

function clearCookie(request: Request, response: Response): void {
  response.clearCookie(COOKIE, cookieOptions(request))
  response.clearCookie(READER_COOKIE, readerOptions(request))
}

function cookieOptions(request: Request): CookieOptions {
  return { httpOnly: true, sameSite: "strict", path: "/api/v1/auth", secure: request.secure }
}

function readerOptions(request: Request): CookieOptions {
  return { ...cookieOptions(request), path: "/api/v1/panels" }
}

function refreshTokenOf(request: Request): string | undefined {
  return /(?:^|;\s*)nexus_refresh=([\w-]{16,128})(?:;|$)/.exec(request.get("cookie") ?? "")?.[1]
}
