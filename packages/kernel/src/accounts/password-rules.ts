import { NexusError } from "@nexus/protocol"
import type { BreachedPasswords } from "./breached-passwords.ts"

/**
 * What may be a password: 8 to 256 characters of any kind (the protocol says so), not one of those that everybody tries
 * first, not the person's own name or address, and not one that is known to have leaked, where the operator gave a list.
 * Rules about digits and signs were refused: they make passwords worse.
 */
export interface PasswordRules {
  /** Throws `invalid-input` with what is wrong with it. */
  check(password: string, person: { readonly email: string; readonly name: string }): Promise<void>
}

export function createPasswordRules(breached?: BreachedPasswords): PasswordRules {
  return {
    async check(password, { email, name }) {
      const plain = password.normalize("NFKC").toLowerCase()
      const [local = ""] = email.split("@")
      const own = [email, local, ...name.split(/\s+/), "nexus"].map((word) => word.toLowerCase())
      const rest = own.reduce((text, word) => (word.length > 2 ? text.replaceAll(word, "") : text), plain)
      if (rest.length < 4) throw refused("this password is your name or address. Choose another.")
      if ((await commonPasswords()).has(plain))
        throw refused("this password is one of the most common. Choose another.")
      if (await breached?.has(password)) {
        throw refused("this password has been seen in a leak of another service. Choose another.")
      }
    },
  }
}

function refused(detail: string): NexusError {
  return new NexusError({ code: "invalid-input", detail, path: "password" })
}

let common: Promise<ReadonlySet<string>> | undefined

/** Loaded with the first password that is set; shorter ones are refused anyway. */
function commonPasswords(): Promise<ReadonlySet<string>> {
  common ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"].map(String).filter(({ length }) => length >= 8)),
  )
  return common
}
