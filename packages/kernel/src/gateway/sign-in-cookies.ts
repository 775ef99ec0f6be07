import type { CookieOptions, Request, Response } from "express"
import type { SignedIn } from "../accounts/accounts.ts"
import { READER_COOKIE } from "./call.ts"

interface Exchange {
  readonly request: Request
  readonly response: Response
}

const COOKIE = "nexus_refresh"

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

function cookieOptions(request: Request): CookieOptions {
  return { httpOnly: true, sameSite: "strict", path: "/api/v1/auth", secure: request.secure }
}

function readerOptions(request: Request): CookieOptions {
  return { ...cookieOptions(request), path: "/api/v1/panels" }
}
