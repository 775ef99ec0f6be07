import { createId, encodeMessage, type JsonObject, type Role, type ServerMessage } from "@nexus/protocol"
import type { Identity } from "../accounts/accounts.ts"
import { roleUnder } from "../accounts/scopes.ts"
import type { Embedded } from "../narrowing/embedded.ts"
import type { Listener } from "../workspace/audience.ts"
import type { Workspace } from "../workspace/workspace.ts"

/** The socket as a session sees it. */
export interface Line {
  readonly bufferedAmount: number
  send(bytes: Uint8Array): void
  close(code: number, reason: string): void
}

/** No change is added to what waits for a client when that would be more than this: it must drain first. */
const BEHIND_BYTES = 1024 * 1024
/** A client that reads nothing at all is let go. */
const LOST_BYTES = 16 * 1024 * 1024
const DRAINED_BYTES = 64 * 1024
const LOOK_AGAIN_MS = 50

/**
 * One connected client: who it is, which workspaces it follows, and how far behind it is. What it cannot keep up with
 * is dropped and said so (`resync`); nothing is buffered for it without bound, and nobody waits for it.
 */
export class Session {
  readonly id = createId("session")
  readonly #line: Line
  readonly #followed = new Map<string, { readonly workspace: Workspace; readonly listener: Listener }>()
  #identity: Identity | undefined
  #behind = false
  #closed = false
  #timer: NodeJS.Timeout | undefined

  constructor(line: Line) {
    this.#line = line
  }

  get identity(): Identity | undefined {
    return this.#identity
  }

  set identity(identity: Identity) {
    this.#identity = identity
  }

  /** The session, the key or the link that this client was let in by. */
  get standsOn(): string | undefined {
    const { key, embed, session } = this.#identity ?? {}
    return key?.id ?? embed?.id ?? session
  }

  send(message: ServerMessage): void {
    this.#deliver(encodeMessage(message))
  }

  /** A workspace that this session follows now, and its place in the audience. */
  followed(workspace: string): { readonly workspace: Workspace; readonly listener: Listener } | undefined {
    return this.#followed.get(workspace)
  }

  /** The person's own role in a workspace that this session follows. */
  roleIn(workspace: string): Role | undefined {
    const listener = this.#followed.get(workspace)?.listener
    return listener && (listener.own ?? listener.role)
  }

  /** Joins the workspace's audience; everything before this moment has been sent. */
  follow(workspace: Workspace, own: Role, identity: Identity, embedded?: Embedded): void {
    const { user } = identity
    this.unfollow(workspace.id)
    const listener: Listener = {
      session: this.id,
      user: user.id,
      name: user.name,
      role: roleUnder(identity, workspace.id, own) ?? own,
      own,
      presence: {},
      ...(embedded ? { embedded } : {}),
      deliver: (bytes, droppable) => {
        const held = this.#line.bufferedAmount + bytes.byteLength
        if (droppable && (this.#behind || held > BEHIND_BYTES)) this.#fallBehind()
        else this.#deliver(bytes)
      },
      onRole: (next) => {
        if (next) listener.own = next
        this.#changeRole(workspace, listener, roleUnder(identity, workspace.id, next))
      },
    }
    this.#followed.set(workspace.id, { workspace, listener })
    workspace.audience.join(listener)
  }

  unfollow(workspaceId: string): void {
    const { workspace } = this.#followed.get(workspaceId) ?? {}
    workspace?.documents.leave(this.id)
    workspace?.audience.leave(this.id)
    this.#followed.delete(workspaceId)
  }

  setPresence(workspaceId: string, presence: JsonObject): void {
    this.#followed.get(workspaceId)?.workspace.audience.setPresence(this.id, presence)
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    for (const workspaceId of [...this.#followed.keys()]) this.unfollow(workspaceId)
  }

  #deliver(bytes: Uint8Array): void {
    if (this.#closed) return
    if (this.#line.bufferedAmount > LOST_BYTES) this.#line.close(1013, "too far behind")
    else this.#line.send(bytes)
  }

  #fallBehind(): void {
    if (this.#behind || this.#closed) return
    this.#behind = true
    const look = (): void => {
      if (this.#line.bufferedAmount <= DRAINED_BYTES) this.#resync()
      else this.#timer = setTimeout(look, LOOK_AGAIN_MS)
    }
    this.#timer = setTimeout(look, LOOK_AGAIN_MS)
  }

  #resync(): void {
    this.#behind = false
    for (const workspace of [...this.#followed.keys()]) this.#startAnew(workspace)
  }

  #startAnew(workspace: string): void {
    this.unfollow(workspace)
    this.send({ kind: "resync", workspace })
  }

  #changeRole(workspace: Workspace, listener: Listener, role: Role | undefined): void {
    if (role) {
      listener.role = role
      // Another role may see other panels: what the mirror holds is then not a beginning to go on from.
      if (workspace.narrowing.hid) {
        this.#startAnew(workspace.id)
        return
      }
      const narrowed = workspace.narrowing.lessFor({ user: listener.user, role: listener.own ?? role })
      this.send({ kind: "subscribed", workspace: workspace.id, role, narrowed, seq: workspace.seq })
      workspace.audience.tellPresence()
      return
    }
    this.unfollow(workspace.id)
    this.send({
      kind: "failed",
      workspace: workspace.id,
      failure: { code: "forbidden", detail: "You are no longer a member of this workspace." },
    })
  }
}
