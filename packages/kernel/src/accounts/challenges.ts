import { NexusError } from "@nexus/protocol"
import { hashSecret } from "./secrets.ts"
import type { SigningKey } from "./signing-key.ts"

/**
 * What stands between the two steps of signing in: who showed the password, signed, for five minutes. It opens nothing
 * but the second step, since its type and audience are its own, and it ends when the password changes.
 */
const CHALLENGE = { type: "second-step+jwt", audience: "nexus-second-step", name: "first step" }
const CHALLENGE_MS = 5 * 60 * 1000

export type SignInMethod = "password" | "link" | "provider"

interface Passed {
  readonly userId: string
  readonly method: SignInMethod
  /** The stored hash of the password, "" where there is none. */
  readonly passwordHash: string
}

export interface Challenges {
  create(passed: Passed): Promise<{ readonly challenge: string; readonly expiresAt: number }>
  /** Who it is for; `still` gives the hash that the person's password has now. */
  read(challenge: string, still: (userId: string) => Promise<string>): Promise<Omit<Passed, "passwordHash">>
}

export function createChallenges(key: SigningKey): Challenges {
  return {
    async create({ userId, method, passwordHash }) {
      const claims = { sub: userId, way: method, pwd: hashSecret(passwordHash) }
      const { token, expiresAt } = await key.sign(CHALLENGE, claims, CHALLENGE_MS)
      return { challenge: token, expiresAt }
    },
    async read(challenge, still) {
      const { sub = "", way, pwd } = await key.verify(CHALLENGE, challenge)
      if (pwd !== hashSecret(await still(sub))) {
        throw new NexusError({ code: "unauthenticated", detail: "The password has changed meanwhile." })
      }
      return { userId: sub, method: way === "provider" || way === "link" ? way : "password" }
    },
  }
}
