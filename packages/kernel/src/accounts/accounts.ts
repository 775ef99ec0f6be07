import type { Role } from "@nexus/protocol"

/**
 * Who people are and what they may do where. The port that the gateway, the socket session and the kernel's start
 * speak to; `storage/prisma` holds the rows. Nothing here knows HTTP: a cookie is the gateway's business, the refresh
 * token in it is ours. Every "no" is a `NexusError` with `unauthenticated`, `forbidden`, `conflict` or `not-found`.
 */
export interface Accounts {
  /** A new person with a password. `conflict` when the address is taken. */
  register(input: { readonly email: string; readonly name: string; readonly password: string }): Promise<SignedIn>
  /** `unauthenticated` with one sentence for both a wrong address and a wrong password. */
  login(input: { readonly email: string; readonly password: string }): Promise<SignedIn>
  /** Trades a one-time sign-in code; the code is spent even when the answer is lost. */
  signInByLink(code: string): Promise<SignedIn>
  /** Trades a refresh token for the next of its family. A token used twice revokes the family. */
  refresh(refreshToken: string): Promise<SignedIn>
  /** Revokes the family of this refresh token; unknown tokens are no error. */
  logout(refreshToken: string): Promise<void>
  /** Who holds this access token. Throws `unauthenticated`. */
  authenticate(accessToken: string): Promise<Identity>
  /** Signs a person in without asking: for the process itself (CLI, tests). */
  issue(userId: string): Promise<SignedIn>
  /** A code for `<url>/#/sign-in/<code>`, good once, for `ttlMs`. */
  createSignInCode(userId: string, ttlMs: number): Promise<string>
  /** The owner of this machine's installation, made at first start. */
  localOwner(): Promise<User>
  rename(userId: string, name: string): Promise<User>

  roleOf(userId: string, workspaceId: string): Promise<Role | undefined>
  /** The workspaces a person is a member of, oldest first. */
  workspacesOf(userId: string): Promise<readonly Membership[]>
  /** All workspaces that exist, oldest first. */
  workspaces(): Promise<readonly string[]>
  /** Makes a workspace known, with its first owner. */
  addWorkspace(workspaceId: string, ownerId: string): Promise<void>
  /** Forgets members and shares. The journal is not touched. */
  removeWorkspace(workspaceId: string): Promise<void>
  membersOf(workspaceId: string): Promise<readonly Member[]>
  /** Adds a member or changes a role. `conflict` when the last owner would be gone. */
  setMember(workspaceId: string, userId: string, role: Role): Promise<void>
  removeMember(workspaceId: string, userId: string): Promise<void>

  /** A link code that makes whoever joins a member with `role`, until `expiresAt`. */
  createShare(share: NewShare): Promise<Share>
  sharesOf(workspaceId: string): Promise<readonly Share[]>
  revokeShare(workspaceId: string, shareId: string): Promise<void>
  /** Makes the person a member; a higher role they already have stays. */
  joinShare(code: string, userId: string): Promise<{ readonly workspace: string; readonly role: Role }>

  close(): Promise<void>
}

/** `email` is "" for the local owner until they give one. */
export interface User {
  readonly id: string
  readonly name: string
  readonly email: string
}

export interface Identity {
  readonly user: User
}

/** `expiresAt` (ms since the epoch) is the access token's. The refresh token goes into the cookie and nowhere else. */
export interface SignedIn {
  readonly user: User
  readonly accessToken: string
  readonly expiresAt: number
  readonly refreshToken: string
  readonly refreshExpiresAt: number
}

export interface Membership {
  readonly workspace: string
  readonly role: Role
}

export interface Member {
  readonly user: User
  readonly role: Role
}

export interface NewShare {
  readonly workspace: string
  readonly role: Role
  readonly by: string
  readonly expiresAt: number
}

/** `code` is known only when the share is made; it is stored hashed. */
export interface Share {
  readonly id: string
  readonly role: Role
  readonly createdAt: number
  readonly expiresAt: number
  readonly code?: string
}
