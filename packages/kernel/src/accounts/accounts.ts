import type { IdentityAnswer, InvitationAnswer, KeyAnswer, KeyScope, Preferences, Role } from "@nexus/protocol"
import type { SignInMethod } from "./challenges.ts"
import type { Ended } from "./endings.ts"

/**
 * Who people are and what they may do where. The port that the gateway, the socket session and the kernel's start
 * speak to; `storage/prisma` holds the rows. Nothing here knows HTTP: a cookie is the gateway's business, the refresh
 * token in it is ours. Every "no" is a `NexusError` with `unauthenticated`, `forbidden`, `conflict` or `not-found`.
 */
export interface Accounts extends SigningIn, OwnAccount, ApiKeyList, ProviderSignIn, InvitationList {
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
  /** Those that can still be used, oldest first. */
  sharesOf(workspaceId: string): Promise<readonly Share[]>
  revokeShare(workspaceId: string, shareId: string): Promise<void>
  /** Who came by a link and is still a member, with their role of now; oldest first. */
  cameBy(workspaceId: string, shareId: string): Promise<readonly Member[]>
  /** Makes the person a member; a higher role they already have stays. */
  joinShare(code: string, userId: string): Promise<{ readonly workspace: string; readonly role: Role }>
  /** The sites whose pages may show what this link opens, also once it has ended; `undefined` where it is none for them. */
  embedHostsOf(shareId: string): Promise<readonly string[] | undefined>
  /** Who looks in by the code of an embed. Throws `unauthenticated`. */
  lookIn(code: string): Promise<Identity>

  close(): Promise<void>
}

/** Coming in and going out. `from` says where, in words for the list of sessions. */
export interface SigningIn {
  /** A new person with a password. `conflict` when the address is taken. */
  register(
    input: { readonly email: string; readonly name: string; readonly password: string },
    from?: Client,
  ): Promise<SignedIn>
  /** `unauthenticated` with one sentence for both a wrong address and a wrong password. */
  login(input: { readonly email: string; readonly password: string }, from?: Client): Promise<SignedIn | SecondStep>
  /** The second step of a sign-in: what the first gave, and a code. */
  takeSecondStep(input: { readonly challenge: string; readonly code: string }, from?: Client): Promise<SignedIn>
  /** Trades a one-time sign-in code; the code is spent even when the answer is lost. It asks for no second step. */
  signInByLink(code: string, from?: Client): Promise<SignedIn>
  /** Trades a refresh token for the next of its family. A token used twice ends the session. */
  refresh(refreshToken: string, from?: Client): Promise<SignedIn>
  /** Ends the session of this refresh token; unknown tokens are no error. */
  logout(refreshToken: string): Promise<void>
  /** Who holds this access token or API key. Throws `unauthenticated`. */
  authenticate(token: string): Promise<Identity>
  /** Which of these sessions and keys have ended, here or by another kernel. */
  endedAmong(ids: readonly string[]): Promise<ReadonlySet<string>>
  /** Hears of every session and key that ends. */
  onEnded(listener: (ended: Ended) => void): () => void
  /** Signs a person in without asking: for the process itself (CLI, tests). */
  issue(userId: string): Promise<SignedIn>
  /** A code for `<url>/#/sign-in/<code>`, good once, for `ttlMs`. */
  createSignInCode(userId: string, ttlMs: number): Promise<string>
  /** The owner of this machine's installation, made at first start. */
  localOwner(): Promise<User>
}

/** What a person changes about their own account; each act on a password or a factor asks for the password again. */
export interface OwnAccount {
  /** Throws `invalid-input` unless this is the password; passes who has none. */
  confirmPassword(userId: string, password: string | undefined): Promise<void>
  /** The account and everything that hangs on it is gone: sessions, keys, memberships. */
  erase(userId: string): Promise<void>
  rename(userId: string, name: string): Promise<User>
  /** How they want the studio, on every device. */
  preferencesOf(userId: string): Promise<Preferences>
  /** What is not named stays; gives what holds now. */
  savePreferences(userId: string, chosen: Preferences): Promise<Preferences>
  changeEmail(userId: string, change: { readonly email: string; readonly password: string | undefined }): Promise<User>
  /** Ends all sessions but `session`; gives how many. */
  changePassword(
    userId: string,
    change: { readonly current: string | undefined; readonly password: string; readonly session: string | undefined },
  ): Promise<number>
  sessionsOf(userId: string, current: string | undefined): Promise<readonly SessionSummary[]>
  endSession(userId: string, sessionId: string): Promise<void>
  /** Ends every session of the person, or all but one. */
  logoutEverywhere(userId: string, except?: string): Promise<void>
  /** `since` is absent while the second step is off. */
  secondFactorOf(userId: string): Promise<{ readonly since?: number; readonly left: number }>
  enrolSecondFactor(
    userId: string,
    password: string | undefined,
  ): Promise<{ readonly secret: string; readonly uri: string }>
  /** Gives the recovery codes, and ends all sessions but `session`. */
  confirmSecondFactor(
    userId: string,
    code: string,
    session: string | undefined,
  ): Promise<{ readonly recoveryCodes: readonly string[] }>
  renewRecoveryCodes(userId: string, code: string): Promise<{ readonly recoveryCodes: readonly string[] }>
  disableSecondFactor(
    userId: string,
    proof: { readonly password: string | undefined; readonly code: string },
  ): Promise<void>
}

/** Signing in at an OpenID provider. `redirectUri` is where it sends the person back; `memo` goes into a cookie. */
export interface ProviderSignIn {
  /** The button's label; absent where no provider is set up. */
  readonly provider: string | undefined
  /** For signing in, or for connecting to the account of `userId`. */
  beginProvider(redirectUri: string, userId?: string): Promise<{ readonly url: string; readonly memo: string }>
  signInByProvider(back: ProviderAnswer, from?: Client): Promise<SignedIn | SecondStep>
  connectProvider(userId: string, back: ProviderAnswer): Promise<IdentityAnswer>
  identitiesOf(userId: string): Promise<readonly IdentityAnswer[]>
  removeIdentity(userId: string, identityId: string): Promise<void>
}

export interface ProviderAnswer {
  readonly memo: string | undefined
  readonly answer: string
}

/** Invitations into workspaces by address. `code` is known only when one is made; it is stored hashed. */
export interface InvitationList {
  createInvitation(invitation: NewInvitation): Promise<InvitationAnswer & { readonly code: string }>
  /** Those that can still be taken, newest first. */
  invitationsOf(workspaceId: string): Promise<readonly InvitationAnswer[]>
  revokeInvitation(workspaceId: string, invitationId: string): Promise<void>
  /** Makes the person a member, once; a higher role they already have stays. `forbidden` for another address. */
  acceptInvitation(
    code: string,
    user: User,
  ): Promise<{ readonly workspace: string; readonly role: Role; readonly invitation: string }>
}

export interface NewInvitation extends NewShare {
  readonly email: string
}

export interface ApiKeyList {
  createKey(userId: string, key: NewKey): Promise<KeyAnswer & { readonly key: string }>
  keysOf(userId: string): Promise<readonly KeyAnswer[]>
  revokeKey(userId: string, keyId: string): Promise<void>
}

/** `email` is "" for the local owner until they give one. */
export interface User {
  readonly id: string
  readonly name: string
  readonly email: string
}

/** Who acts, and by what: a session, or a key that narrows what they may. */
export interface Identity {
  readonly user: User
  readonly session?: string
  readonly key?: {
    readonly id: string
    readonly scope: KeyScope
    readonly workspaces?: readonly string[] | undefined
  }
  /** Nobody: a page of another site that shows one workspace, or one panel of it. It looks, and does nothing else. */
  readonly embed?: Embed
}

export interface Embed {
  /** The share link that it stands on. */
  readonly id: string
  readonly workspace: string
  readonly panel?: string
}

/** Where somebody signs in from, as coarse as it helps to recognise it: a browser and a network. */
export interface Client {
  readonly device: string
  readonly address: string
  /** Exactly, for the audit log alone. */
  readonly ip?: string | undefined
}

export interface SessionSummary extends Client {
  readonly id: string
  readonly method: SignInMethod
  readonly createdAt: number
  readonly lastUsedAt: number
  readonly current: boolean
}

/** The password was right, and a code has to follow before `expiresAt`. */
export interface SecondStep {
  readonly challenge: string
  readonly expiresAt: number
}

export interface NewKey {
  readonly name: string
  readonly scope: KeyScope
  readonly workspaces?: readonly string[] | undefined
  readonly expiresAt?: number | undefined
}

/** `expiresAt` (ms since the epoch) is the access token's. The refresh token goes into the cookie and nowhere else. */
export interface SignedIn {
  readonly user: User
  readonly session: string
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
  /** With these it is for pages of other sites, and nobody joins by it. */
  readonly embedHosts?: readonly string[] | undefined
  readonly embedPanel?: string | undefined
}

/** `code` is known only when the share is made; it is stored hashed. */
export interface Share {
  readonly id: string
  readonly role: Role
  readonly createdAt: number
  readonly expiresAt: number
  /** How often somebody joined by it, or rose to its role. */
  readonly uses: number
  /** Who came by it and is still a member. */
  readonly people: readonly User[]
  readonly embedHosts?: readonly string[]
  readonly embedPanel?: string
  readonly code?: string
}
