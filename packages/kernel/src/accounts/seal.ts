import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto"

/**
 * Keeps what must be read again, unlike a password, but not by whoever copies the database: AES-256-GCM with a key in a
 * file of its own. `about` says what the text belongs to and is bound to it, so that a row's secret opens in no other row.
 */
export interface Seal {
  seal(text: string, about: string): string
  /** `undefined` when it was sealed by another key, about something else, or was touched. */
  open(sealed: string, about: string): string | undefined
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

export function createSeal(key: Uint8Array): Seal {
  return {
    seal(text, about) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(about))
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url")
    },
    open(sealed, about) {
      const bytes = Buffer.from(sealed, "base64url")
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined
      const nonce = bytes.subarray(0, NONCE_BYTES)
      const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES })
        decipher.setAAD(Buffer.from(about)).setAuthTag(tag)
        return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, "utf8") + decipher.final("utf8")
      } catch {
        return undefined
      }
    },
  }
}
