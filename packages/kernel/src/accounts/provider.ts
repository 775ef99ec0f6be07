import { NexusError } from "@nexus/protocol"
import * as client from "openid-client"
import * as z from "zod"
import type { Seal } from "./seal.ts"

/**
 * Signing in at an OpenID provider: code flow with PKCE, state and nonce (openid-client). What belongs to one attempt is
 * sealed into a cookie of the browser that began it, so an answer counts in that browser, for that purpose, for ten
 * minutes, and nothing waits in memory. The provider's tokens are read once and dropped; who somebody is there is all
 * that stays.
 */
export interface Provider {
  readonly label: string
  /** `about` is what it is for; only the same can finish it. */
  begin(redirectUri: string, about: string): Promise<{ readonly url: string; readonly memo: string }>
  /** `answer` is what stood behind `?` when the person came back. Throws `unauthenticated`. */
  complete(memo: string | undefined, answer: string, about: string): Promise<ProviderClaims>
}

export interface ProviderClaims {
  readonly issuer: string
  readonly subject: string
  readonly name: string
  /** Lower case; absent unless the provider says that it is the person's. */
  readonly verifiedEmail?: string
}

export interface ProviderSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret?: string | undefined
  readonly label: string
}

export const ATTEMPT_MS = 10 * 60 * 1000
const ASK_WITHIN_S = 10
const SEALED_ABOUT = "provider attempt"

const Memo = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  redirectUri: z.string(),
  about: z.string(),
  expiresAt: z.number(),
})

const Claims = z.object({
  name: z.string().trim().min(1).max(100).optional().catch(undefined),
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()).optional().catch(undefined),
  email_verified: z.boolean().optional().catch(undefined),
})

export function createProvider(settings: ProviderSettings, seal: Seal, clock: () => number): Provider {
  const { issuer, clientId, clientSecret, label } = settings
  let known: Promise<client.Configuration> | undefined
  const configuration = (): Promise<client.Configuration> => {
    known ??= client.discovery(new URL(issuer), clientId, clientSecret, undefined, {
      timeout: ASK_WITHIN_S,
      // A provider on this machine may speak http; any other speaks TLS.
      ...(isLocal(issuer) ? { execute: [client.allowInsecureRequests] } : {}),
    })
    known.catch(() => {
      known = undefined
    })
    return known.catch((cause: unknown) => {
      const detail = "it does not answer. Try again in a minute, or sign in with a password."
      throw new NexusError({ code: "unavailable", what: "The sign-in provider", detail }, { cause })
    })
  }
  return {
    label,
    async begin(redirectUri, about) {
      const config = await configuration()
      const [state, nonce] = [client.randomState(), client.randomNonce()]
      const verifier = client.randomPKCECodeVerifier()
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: "openid profile email",
        response_type: "code",
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      })
      const memo = { state, nonce, verifier, redirectUri, about, expiresAt: clock() + ATTEMPT_MS }
      return { url: url.href, memo: seal.seal(JSON.stringify(memo), SEALED_ABOUT) }
    },
    async complete(sealed, answer, about) {
      const memo = readMemo(sealed, seal)
      if (!memo || memo.about !== about || memo.expiresAt <= clock()) {
        throw refused("This sign-in was not begun in this browser, or took too long.")
      }
      const config = await configuration()
      const url = new URL(memo.redirectUri)
      url.search = answer
      try {
        const tokens = await client.authorizationCodeGrant(config, url, {
          expectedState: memo.state,
          expectedNonce: memo.nonce,
          pkceCodeVerifier: memo.verifier,
          idTokenExpected: true,
        })
        return await claimsOf(config, tokens)
      } catch (cause) {
        throw refused(sentenceOf(cause), cause)
      }
    },
  }
}

type Tokens = Awaited<ReturnType<typeof client.authorizationCodeGrant>>

/** What the ID token says; what it leaves out is asked for once, with the access token that is dropped then. */
async function claimsOf(config: client.Configuration, tokens: Tokens): Promise<ProviderClaims> {
  const token = tokens.claims()
  if (!token) throw new Error("no ID token")
  const more =
    token.email === undefined && config.serverMetadata().userinfo_endpoint
      ? await client.fetchUserInfo(config, tokens.access_token, token.sub)
      : {}
  const { name, email, email_verified } = Claims.parse({ ...token, ...more })
  const verified = email !== undefined && email_verified === true
  return {
    issuer: token.iss,
    subject: token.sub,
    name: name ?? (verified ? (email.split("@")[0] ?? email) : "Somebody"),
    ...(verified ? { verifiedEmail: email } : {}),
  }
}

function readMemo(sealed: string | undefined, seal: Seal): z.infer<typeof Memo> | undefined {
  const text = sealed === undefined ? undefined : seal.open(sealed, SEALED_ABOUT)
  return text === undefined ? undefined : Memo.parse(JSON.parse(text))
}

function refused(detail: string, cause?: unknown): NexusError {
  return new NexusError({ code: "unauthenticated", detail }, { cause })
}

function sentenceOf(cause: unknown): string {
  if (cause instanceof client.AuthorizationResponseError) {
    return cause.error === "access_denied" ? "It was cancelled at the provider." : "The provider refused."
  }
  return "The provider's answer does not belong to this sign-in."
}

export function isLocal(address: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(address).hostname)
}
