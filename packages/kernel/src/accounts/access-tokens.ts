import { NexusError } from "@nexus/protocol"
import type { SigningKey } from "./signing-key.ts"

/**
 * Access tokens: JWTs good for 15 minutes, for this kernel alone. Each names the session it belongs to, and that session
 * is looked up whenever the token is used: who signs out is out at once, not when the token ends.
 */
const ACCESS = { type: "at+jwt", audience: "nexus-kernel", name: "access token" }

export const ACCESS_TOKEN_MS = 15 * 60 * 1000

export interface AccessTokens {
  sign(userId: string, sessionId: string): Promise<{ readonly token: string; readonly expiresAt: number }>
  /** Whose a valid token is, and of which session; `unauthenticated` otherwise. */
  verify(token: string): Promise<{ readonly userId: string; readonly sessionId: string }>
}

export function createAccessTokens(key: SigningKey): AccessTokens {
  return {
    sign: (userId, sessionId) => key.sign(ACCESS, { sub: userId, sid: sessionId }, ACCESS_TOKEN_MS),
    async verify(token) {
      const { sub, sid } = await key.verify(ACCESS, token)
      if (sub && typeof sid === "string") return { userId: sub, sessionId: sid }
      throw new NexusError({ code: "unauthenticated", detail: "The access token is not valid." })
    },
  }
}
