import { TOTP } from "otpauth"

/** What an authenticator shows for `secret` at an instant (ms since the epoch). */
export function codeAt(secret: string, atMs: number): string {
  return new TOTP({ secret }).generate({ timestamp: atMs })
}
