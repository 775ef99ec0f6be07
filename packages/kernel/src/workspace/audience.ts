import { type Change, encodeMessage, type JsonObject, type Peer, type Role, type ServerMessage } from "@nexus/protocol"
import type { Embedded } from "../narrowing/embedded.ts"
import type { Sight } from "../narrowing/sight.ts"

/**
 * All the sessions told of one workspace. A message is encoded once and handed to every listener as bytes; what a slow
 * listener does with them is its own affair (it drops and asks for a resync, it never makes the others wait).
 */
export interface Listener {
  readonly session: string
  readonly user: string
  readonly name: string
  /** Under which it is here: narrowed by the key that it came with. */
  role: Role
  /** The person's own; absent where it is the same. */
  own?: Role
  presence: JsonObject
  /** For a page of another site: what it is shown. It is nobody's company, and has none. */
  readonly embedded?: Embedded
  /** `droppable` says that the listener may skip it when it is behind; it then must resync. Never throws, never waits. */
  deliver(bytes: Uint8Array, droppable: boolean): void
  /** The role changed, or is gone. */
  onRole(role: Role | undefined): void
}

/** What a listener may hear of a message, where that is not all of it. */
type SightOf = (listener: Listener) => Pick<Sight, "message"> | undefined
const PRESENCE_EVERY_MS = 50

export class Audience {
  readonly workspace: string
  readonly #listeners = new Map<string, Listener>()
  #sightOf: SightOf = () => undefined
  #pause: NodeJS.Timeout | undefined
  #presenceDue = false

  constructor(workspace: string) {
    this.workspace = workspace
  }

  get size(): number {
    return this.#listeners.size
  }

  get peers(): Peer[] {
    const people = [...this.#listeners.values()].filter(({ embedded }) => embedded === undefined)
    return people.map(({ session, user, name, role, presence }) => ({
      session,
      user,
      name,
      role,
      presence,
    }))
  }

  join(listener: Listener): void {
    this.#listeners.set(listener.session, listener)
    this.tellPresence()
  }

  leave(session: string): void {
    if (this.#listeners.delete(session)) this.tellPresence()
  }

  setPresence(session: string, presence: JsonObject): void {
    const listener = this.#listeners.get(session)
    if (!listener) return
    listener.presence = presence
    this.tellPresence()
  }

  /** A member's role changed (`undefined`: removed): their open sessions follow at once. */
  setRole(user: string, role: Role | undefined): void {
    for (const listener of [...this.#listeners.values()]) if (listener.user === user) listener.onRole(role)
  }

  /** The role of somebody who is here now. */
  roleOf(user: string): Role | undefined {
    for (const listener of this.#listeners.values()) if (listener.user === user) return listener.own ?? listener.role
    return undefined
  }

  /** From now on each hears what they may. */
  showBy(sightOf: SightOf): void {
    this.#sightOf = sightOf
  }

  /** What people may see has changed: every session looks anew. */
  renew(): void {
    for (const listener of [...this.#listeners.values()]) listener.onRole(listener.own ?? listener.role)
  }

  tellChange(change: Change): void {
    this.tell({ kind: "change", change })
  }

  /** Who is here, at once and then at most twenty times a second: pointers move faster than anybody reads. */
  tellPresence(): void {
    if (this.#pause) {
      this.#presenceDue = true
      return
    }
    this.#presenceDue = false
    this.#pause = setTimeout(() => {
      this.#pause = undefined
      if (this.#presenceDue) this.tellPresence()
    }, PRESENCE_EVERY_MS)
    this.#pause.unref()
    this.tell({ kind: "presence", workspace: this.workspace, peers: this.peers })
  }

  tell(message: ServerMessage): void {
    if (this.#listeners.size === 0) return
    const bytes = encodeMessage(message)
    for (const listener of this.#listeners.values()) {
      const sight = listener.embedded ?? this.#sightOf(listener)
      if (!sight) {
        listener.deliver(bytes, true)
        continue
      }
      const heard = sight.message(message)
      if (heard) listener.deliver(encodeMessage(heard), true)
    }
  }
}
