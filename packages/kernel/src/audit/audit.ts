import type { AuditAction, AuditEntry, AuditHead, AuditVerdict } from "@nexus/protocol"

/**
 * Who did what to accounts, roles, rights and settings. Append-only and chained (`chain.ts`); one log for the whole
 * installation, of which an owner sees what is about their workspace and a person what is about themselves.
 *
 * An entry holds ids; names are looked up when it is read, so that an erased person is one everywhere. Callers put no
 * secret in: an id of a key, never the key. What a workspace's panels hold is the journal's affair, not this log's.
 */
export interface Audit {
  /** Resolves when the entry would survive a power cut. Entries are written in the order of the calls. */
  record(entry: AuditRecord): Promise<void>
  /** Newest first. */
  read(query: AuditQuery): Promise<{ readonly entries: readonly AuditEntry[]; readonly more: boolean }>
  /** Oldest first, page by page: an export of any length stays small in memory. */
  all(of: AuditScope): AsyncIterable<AuditEntry>
  /** Walks the whole chain; `noted`, a head seen earlier, must still be on it. */
  verify(noted?: AuditHead): Promise<AuditVerdict>
  head(): Promise<AuditHead>
  /** Erases what is personal in the entries of a person; the chain still holds. */
  forget(user: string): Promise<void>
}

export interface AuditRecord {
  /** A user's id; absent where nobody was signed in. */
  readonly actor?: string | undefined
  readonly action: AuditAction
  readonly workspace?: string | undefined
  /** Whom or what it was done to: an id. */
  readonly target?: string | undefined
  /** Small facts; those that are `undefined` are left out. */
  readonly detail?: { readonly [fact: string]: string | number | boolean | undefined } | undefined
  /** Where the request came from. */
  readonly address?: string | undefined
}

/** Of a workspace; of a person: what they did, and what was done to their account; or of the kernel itself. */
export type AuditScope = { readonly workspace: string } | { readonly person: string } | { readonly installation: true }

export type AuditQuery = AuditScope & {
  readonly action?: AuditAction | undefined
  readonly actor?: string | undefined
  /** Entries of this instant or later, and those before that one. */
  readonly since?: number | undefined
  readonly until?: number | undefined
  /** Entries before this number. */
  readonly before?: number | undefined
  readonly limit: number
}
