import type { Readable } from "node:stream"

/**
 * The contents of files, by workspace and by the hash of what they hold: the same content is kept once, and a content
 * never changes. What a file is called and that it exists is the graph's business; here are only bytes, so an undone
 * removal or a look into the past finds them again.
 */
export interface FileStore {
  /**
   * Keeps what `bytes` gives. `look` sees every piece and the bytes up to and with it before anything is kept; what it
   * throws ends the writing and leaves nothing behind.
   */
  put(workspace: string, bytes: AsyncIterable<Uint8Array>, look: Look): Promise<StoredContent>
  has(workspace: string, sha256: string): Promise<boolean>
  /** The bytes from `start` up to and with `end`; all of them where no range is given. */
  read(workspace: string, sha256: string, range?: { readonly start: number; readonly end: number }): Readable
  /** Everything kept for a workspace, the oldest first. */
  list(workspace: string): Promise<readonly StoredContent[]>
  remove(workspace: string, sha256: string): Promise<void>
  /** Removes everything of a workspace. */
  forget(workspace: string): Promise<void>
}

export type Look = (piece: Uint8Array, size: number) => void

export interface StoredContent {
  readonly sha256: string
  /** In bytes. */
  readonly size: number
}
