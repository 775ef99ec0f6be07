import { randomUUID } from "node:crypto"
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import { NexusError } from "@nexus/protocol"
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from "jose"

/**
 * The Ed25519 key of this kernel, and the one way to sign and to read with it. Algorithm, issuer, audience and type are
 * pinned when a token is read, so that neither `none` nor another service's token nor one that was made for another
 * purpose can speak for anyone.
 */
export interface SigningKey {
  /** Signs a token for one purpose; times are whole seconds. */
  sign(purpose: TokenPurpose, claims: JWTPayload, ttlMs: number): Promise<{ token: string; expiresAt: number }>
  /** The claims of a valid token of this purpose; `unauthenticated` otherwise. */
  verify(purpose: TokenPurpose, token: string): Promise<JWTPayload>
}

export interface TokenPurpose {
  readonly type: string
  readonly audience: string
  /** In sentences: "The access token has expired." */
  readonly name: string
}

const ALGORITHM = "EdDSA"
const ISSUER = "nexus"

/** Reads the key pair from `file`, or makes it there, readable by the owner alone. */
export async function openSigningKey(file: string, clock: () => number): Promise<SigningKey> {
  const jwk = (await readKey(file)) ?? (await makeKey(file))
  const { d: _private, ...publicJwk } = jwk
  const [signing, verifying] = await Promise.all([importJWK(jwk, ALGORITHM), importJWK(publicJwk, ALGORITHM)])
  const kid = await calculateJwkThumbprint(publicJwk)
  return {
    async sign({ type, audience }, claims, ttlMs) {
      const issuedAt = Math.floor(clock() / 1000)
      const expiresAt = issuedAt + Math.floor(ttlMs / 1000)
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: ALGORITHM, typ: type, kid })
        .setIssuer(ISSUER)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .setJti(randomUUID())
        .sign(signing)
      return { token, expiresAt: expiresAt * 1000 }
    },
    async verify({ type, audience, name }, token) {
      try {
        return await claimsOf(token, verifying, { type, audience, now: new Date(clock()) })
      } catch (cause) {
        const expired = cause instanceof Error && "code" in cause && cause.code === "ERR_JWT_EXPIRED"
        const detail = expired ? `The ${name} has expired.` : `The ${name} is not valid.`
        throw new NexusError({ code: "unauthenticated", detail }, { cause })
      }
    },
  }
}

async function claimsOf(
  token: string,
  key: CryptoKey | Uint8Array,
  { type, audience, now }: { readonly type: string; readonly audience: string; readonly now: Date },
): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, key, {
    algorithms: [ALGORITHM],
    audience,
    issuer: ISSUER,
    typ: type,
    currentDate: now,
    requiredClaims: ["sub", "exp", "iat"],
  })
  return payload
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
