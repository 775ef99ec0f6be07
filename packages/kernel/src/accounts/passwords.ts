import { hash, verify } from "@node-rs/argon2"

/** argon2id with the parameters OWASP recommends: 19 MiB, two passes, one lane. argon2id is the library's default. */
const COST = { memoryCost: 19456, timeCost: 2, parallelism: 1 }
const CURRENT = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`

/** A hash of no password: checking against it makes an unknown address take as long as a wrong password. */
let nobody: Promise<string> | undefined

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), COST)
}

/** `stored` is `undefined` when there is no such account, or it has no password. */
export async function checkPassword(stored: string | undefined, password: string): Promise<boolean> {
  nobody ??= hash("no password at all", COST)
  const matches = await verify(stored ?? (await nobody), password.normalize("NFKC"))
  return matches && stored !== undefined
}

/** Was it hashed with other parameters than those of now? Then the next sign-in, which has the password, hashes it again. */
export function isOutdated(stored: string): boolean {
  return !stored.startsWith(CURRENT)
}
