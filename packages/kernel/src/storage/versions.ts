/**
 * Where commits of a workspace are kept: a line of versions, each a set of text files. The port speaks of files only;
 * what they mean is `versions/`. Nothing here is on the way of an acknowledgement. Failures are `NexusError`s:
 * `not-found` for a ref that names no commit, `invalid-input` for one that cannot be a ref, `conflict` when somebody
 * else committed meanwhile or nothing has changed, `unavailable` when the store's tools are missing.
 */
export interface Versions {
  /** Adds a version on top of `parent` (`undefined`: the first) and gives its id. */
  commit(workspace: string, version: NewVersion): Promise<string>
  /** The newest version's id, or `undefined` before the first. */
  head(workspace: string): Promise<string | undefined>
  /** Newest first. */
  history(workspace: string, limit: number): Promise<readonly Version[]>
  /** The full id of what a person typed: an id, the start of one, a branch or a tag. */
  resolve(workspace: string, ref: string): Promise<string>
  /** The files of a version by path. */
  read(workspace: string, id: string): Promise<Files>
}

export type Files = ReadonlyMap<string, string>

export interface NewVersion {
  readonly parent: string | undefined
  readonly files: Files
  readonly message: string
  readonly author: string
  readonly atMs: number
  /** The journal position it was made from. */
  readonly seq: number
}

export interface Version {
  readonly id: string
  readonly message: string
  readonly author: string
  readonly atMs: number
  readonly seq?: number
}
