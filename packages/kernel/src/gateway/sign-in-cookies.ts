import type { CookieOptions, Request, Response } from "express"
import type { SignedIn } from "../accounts/accounts.ts"
import { ATTEMPT_MS } from "../accounts/provider.ts"
import { READER_COOKIE } from "./call.ts"

export interface Exchange {
  readonly request: Request
  readonly response: Response
}

const COOKIE = "nexus_refresh"
const PROVIDER_COOKIE = "nexus_provider"

/** Two cookies that scripts cannot read, each sent where it is needed and nowhere else. */
export function setSignInCookies({ request, response }: Exchange, signedIn: SignedIn): void {
  const { accessToken, expiresAt, refreshToken, refreshExpiresAt } = signedIn
  response.cookie(COOKIE, refreshToken, { ...cookieOptions(request), expires: new Date(refreshExpiresAt) })
  response.cookie(READER_COOKIE, accessToken, { ...readerOptions(request), expires: new Date(expiresAt) })
}

export function clearSignInCookies({ request, response }: Exchange): void {
  response.clearCookie(COOKIE, cookieOptions(request))
  response.clearCookie(READER_COOKIE, readerOptions(request))
}

export function refreshTokenOf(request: Request): string | undefined {
  return /(?:^|;\s*)nexus_refresh=([\w-]{16,128})(?:;|$)/.exec(request.get("cookie") ?? "")?.[1]
}

/** What one attempt to sign in at a provider has to remember, sealed, in the browser that made it. */
export function setProviderCookie({ request, response }: Exchange, memo: string): void {
  response.cookie(PROVIDER_COOKIE, memo, { ...providerOptions(request), maxAge: ATTEMPT_MS })
}

/** Gives it once: whatever comes of the attempt, the next one begins anew. */
export function takeProviderCookie({ request, response }: Exchange): string | undefined {
  response.clearCookie(PROVIDER_COOKIE, providerOptions(request))
  return /(?:^|;\s*)nexus_provider=([\w-]{16,4096})(?:;|$)/.exec(request.get("cookie") ?? "")?.[1]
}

function providerOptions(request: Request): CookieOptions {
  return { ...cookieOptions(request), path: "/api/v1/auth/provider" }
}

function cookieOptions(request: Request): CookieOptions {
  return { httpOnly: true, sameSite: "strict", path: "/api/v1/auth", secure: request.secure }
}

function readerOptions(request: Request): CookieOptions {
  return { ...cookieOptions(request), path: "/api/v1/panels" }
}
