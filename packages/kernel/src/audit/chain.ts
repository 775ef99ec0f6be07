import { createHash } from "node:crypto"
import type { AuditHead } from "@nexus/protocol"

/**
 * The chain of the audit log: each entry's hash covers the one before, so an entry that is changed, taken out or moved
 * breaks every later link. What is personal (an address) is not in the chain but its salted hash is: it can be erased
 * for good while the chain still holds, and cannot be put in place of another while it is there.
 *
 * Whoever may write the database can write a whole new chain. Against that helps a head that is kept elsewhere, as every
 * export holds it; signing entries with a key that lies beside the database was refused: it only looks like more.
 */
export interface StoredEntry {
  readonly n: number
  readonly at: number
  readonly actor: string | null
  readonly action: string
  readonly workspace: string | null
  readonly target: string | null
  /** JSON text, as it was written. */
  readonly detail: string
  /** JSON text with a salt; null when there was nothing, or when it was erased. */
  readonly personal: string | null
  /** SHA-256 of `personal`; null when there was nothing. */
  readonly personalHash: string | null
  readonly previous: string
  readonly hash: string
}

export const NO_HASH = "0".repeat(64)

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex")
}

/** The hash of an entry. A list, not an object: the order of fields is part of the form. */
export function hashOf(entry: Omit<StoredEntry, "hash" | "personal">): string {
  const { n, at, actor, action, workspace, target, detail, personalHash, previous } = entry
  return sha256(JSON.stringify([previous, n, at, actor, action, workspace, target, detail, personalHash]))
}

/** What is wrong with an entry, given where the chain stood before it. */
export function breakOf(entry: StoredEntry, before: AuditHead): string | undefined {
  if (entry.n !== before.n + 1) return `entry ${before.n + 1} is missing`
  if (entry.previous !== before.hash) return "it does not follow the entry before it"
  if (hashOf(entry) !== entry.hash) return "it is not what was written"
  if (entry.personal !== null && sha256(entry.personal) !== entry.personalHash)
    return "its address is not the one written"
  return undefined
}
