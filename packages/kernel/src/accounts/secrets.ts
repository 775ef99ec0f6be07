import { createHash, randomBytes } from "node:crypto"

/** A fresh secret of 256 bits, safe in URLs and cookies. */
export function createSecret(): string {
  return randomBytes(32).toString("base64url")
}

/** What is stored instead of a secret. A fast hash is enough: the secret is random, not a password. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url")
}
