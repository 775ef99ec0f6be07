/**
 * Where commits of a workspace are kept: lines of versions, each a set of text files. The port speaks of files and names
 * only; what they mean is `versions/`. Nothing here is on the way of an acknowledgement. Failures are `NexusError`s:
 * `not-found` for a ref that names no commit, `invalid-input` for one that cannot be a ref, `conflict` when somebody
 * else was faster or nothing has changed, `too-large` for a repository that holds more than a workspace can,
 * `unavailable` when the store's tools are missing.
 */
export interface Versions {
  /** Adds a version on top of `parent` (`undefined`: the first) of its branch and gives its id. */
  commit(workspace: string, version: NewVersion): Promise<string>
  /** The newest version's id of a branch, or `undefined` before the first. */
  head(workspace: string, branch?: string): Promise<string | undefined>
  /**
   * Newest first, from `from` (an id) or the head of `main`, without the first `skip`; with a folder only those that
   * changed something in it.
   */
  history(workspace: string, limit: number, from?: string, folder?: string, skip?: number): Promise<readonly Version[]>
  /** The full id of what a person typed: a branch, a tag, a fetched branch, an id, or the start of one. */
  resolve(workspace: string, ref: string): Promise<string>
  /** The files of a version by path, or those of them that are wanted. */
  read(workspace: string, id: string, wants?: (path: string) => boolean): Promise<Files>
  /** Every branch, tag and fetched branch, by name. */
  refs(workspace: string): Promise<readonly VersionRef[]>
  /** Compare-and-set: from `before` (`undefined`: there is none) to `after` (`undefined`: gone). Else `conflict`. */
  moveRef(workspace: string, ref: RefPlace, move: RefMove): Promise<void>
  /** The best common ancestor of two versions, if they have one. */
  mergeBase(workspace: string, a: string, b: string): Promise<string | undefined>
  /** Ends what stands ready for the workspace's next commit; a commit begins it anew. */
  rest(workspace: string): Promise<void>
  /** Forgets the workspace's repository. */
  forget(workspace: string): Promise<void>
  /** Ends what stands ready for any commit, when it is done. */
  close(): Promise<void>
}

export type Files = ReadonlyMap<string, string>

/** `remote`: a branch as it was when it was fetched, named `remote/branch`. */
export interface RefPlace {
  readonly kind: "branch" | "tag" | "remote"
  readonly name: string
}

export interface RefMove {
  readonly before: string | undefined
  readonly after: string | undefined
}

export interface VersionRef extends RefPlace {
  readonly commit: string
  readonly message: string
  readonly author: string
  readonly atMs: number
}

export interface NewVersion {
  /** `main` when absent. */
  readonly branch?: string
  readonly parent: string | undefined
  /** A second parent: what was merged. Such a version may hold the same files as its parent. */
  readonly merged?: string
  readonly files: Files
  /** Files of the parent that are not among `files` stay when this says they are none of ours. */
  readonly owns?: (path: string) => boolean
  readonly message: string
  readonly author: string
  /** Whose work it holds, when the author is nobody in particular. */
  readonly persons?: readonly string[]
  readonly atMs: number
  /** The journal position it was made from. */
  readonly seq: number
}

export interface Version {
  readonly id: string
  readonly message: string
  readonly author: string
  readonly atMs: number
  readonly parents: readonly string[]
  readonly persons?: readonly string[]
  readonly seq?: number
}
