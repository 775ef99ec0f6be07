import type { Id } from "./ids.ts"

const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"

/** A fresh id of 16 base-36 characters (82 bits) from `randomBytes`, behind a short prefix that says what it names. */
export function createId(prefix: string, randomBytes: (length: number) => Uint8Array = cryptoBytes): Id {
  let id = `${prefix}_`
  for (const byte of randomBytes(16)) id += ALPHABET[byte % 36]
  return id
}

function cryptoBytes(length: number): Uint8Array {
  return globalThis.crypto.getRandomValues(new Uint8Array(length))
}
