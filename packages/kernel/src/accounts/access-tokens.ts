import { randomUUID } from "node:crypto"
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import { NexusError } from "@nexus/protocol"
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify, SignJWT } from "jose"

/**
 * Access tokens: JWTs signed with Ed25519, good for 15 minutes, for this kernel alone. Algorithm, audience, issuer and
 * type are pinned when a token is read, so that neither `none` nor another service's token can speak for anyone.
 */
const ALGORITHM = "EdDSA"
const ISSUER = "nexus"
const AUDIENCE = "nexus-kernel"
const TYPE = "at+jwt"

export const ACCESS_TOKEN_MS = 15 * 60 * 1000

export interface AccessTokens {
  sign(userId: string): Promise<{ readonly token: string; readonly expiresAt: number }>
  /** The user id of a valid token; `unauthenticated` otherwise. */
  verify(token: string): Promise<string>
}

/** Reads the key pair from `file`, or makes it there, readable by the owner alone. */
export async function createAccessTokens(file: string, clock: () => number): Promise<AccessTokens> {
  const jwk = (await readKey(file)) ?? (await makeKey(file))
  const { d: _private, ...publicJwk } = jwk
  const [signing, verifying] = await Promise.all([importJWK(jwk, ALGORITHM), importJWK(publicJwk, ALGORITHM)])
  const kid = await calculateJwkThumbprint(publicJwk)
  return {
    async sign(userId) {
      const issuedAt = Math.floor(clock() / 1000)
      const expiresAt = issuedAt + ACCESS_TOKEN_MS / 1000
      const token = await new SignJWT()
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid })
        .setSubject(userId)
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .setJti(randomUUID())
        .sign(signing)
      return { token, expiresAt: expiresAt * 1000 }
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, verifying, {
          algorithms: [ALGORITHM],
          audience: AUDIENCE,
          issuer: ISSUER,
          typ: TYPE,
          currentDate: new Date(clock()),
          requiredClaims: ["sub", "exp", "iat"],
        })
        if (payload.sub) return payload.sub
      } catch (cause) {
        const expired = cause instanceof Error && "code" in cause && cause.code === "ERR_JWT_EXPIRED"
        const detail = expired ? "The access token has expired." : "The access token is not valid."
        throw new NexusError({ code: "unauthenticated", detail }, { cause })
      }
      throw new NexusError({ code: "unauthenticated", detail: "The access token is not valid." })
    },
  }
}

async function readKey(file: string): Promise<JWK | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8"))
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
    throw error
  }
}

/** Written beside and linked into place: a crash leaves no half key, and of two starts the first one's key stays. */
async function makeKey(file: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { crv: "Ed25519", extractable: true })
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, JSON.stringify(await exportJWK(privateKey)), { mode: 0o600, flush: true })
  try {
    await link(draft, file)
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error
  } finally {
    await rm(draft)
  }
  const jwk = await readKey(file)
  if (!jwk) throw new Error(`the key file ${file} vanished`)
  return jwk
}
