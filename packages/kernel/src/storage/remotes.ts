/**
 * Other repositories that a workspace's versions are sent to and fetched from. What a person types is read into a
 * `RemotePlace` once, by `parse`, and nothing else is ever reached. Failures are `NexusError`s: `invalid-input` for an
 * address that is none, `forbidden` for one that the operator has not opened, `conflict` for commits that are newer there,
 * `too-large`, and `unavailable` when the other side does not answer.
 */
export interface Remotes {
  /** The ways that are open here. */
  readonly transports: readonly RemotePlace["protocol"][]
  parse(url: string): RemotePlace
  /** By what this installation is known to an ssh host, as a line of `authorized_keys`; none where ssh is shut. */
  publicKey(): Promise<string | undefined>
  /** The keys that the place's host shows now, the strongest first; none where nobody has to choose one. */
  hostKeys(place: RemotePlace): Promise<readonly HostKey[]>
  /** Sends `commit` as `branch`; never over commits that are not among its own past. */
  push(workspace: string, to: Remote, branch: string, commit: string): Promise<void>
  /** Fetches a branch, as `remote/branch`, and gives its commit. */
  fetch(workspace: string, from: Remote, branch: string): Promise<string>
  /** Fills an empty repository with the branches and tags of another, and gives the branch it stands on. */
  copy(workspace: string, from: RemotePlace): Promise<string>
}

export interface RemotePlace {
  readonly protocol: "file" | "ssh"
  /** As git is told it, and people are shown it. */
  readonly url: string
  /** The key an ssh host must show, as a person accepted it. */
  readonly hostKey?: HostKey
}

export interface HostKey {
  /** Such as `ssh-ed25519`. */
  readonly kind: string
  /** `kind base64`. */
  readonly key: string
  /** `SHA256:…`, as ssh itself shows it. */
  readonly fingerprint: string
}

export interface Remote extends RemotePlace {
  readonly name: string
}
