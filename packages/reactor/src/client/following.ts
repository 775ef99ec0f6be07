import { type ClientMessage, type Failure, NexusError, type PanelLevel, type Role } from "@nexus/protocol"

/** What one may do: by one's role, and less with these panels. */
export interface Rights {
  readonly role: Role
  readonly narrowed?: { readonly [panel: string]: PanelLevel }
}

/**
 * Being told of one workspace: a question asked of the kernel, and its answer. What is missing is asked for and never
 * guessed; a question that is on its way is not asked again by every further gap.
 */
export class Following {
  readonly ready: Promise<void>
  readonly #workspace: string
  readonly #send: (message: ClientMessage) => void
  readonly #ready = Promise.withResolvers<void>()
  #rights: Rights | undefined
  #closed: Failure | undefined
  #asking = false
  #loaded = false

  constructor(workspace: string, send: (message: ClientMessage) => void) {
    this.#workspace = workspace
    this.#send = send
    this.ready = this.#ready.promise
    this.ready.catch(() => {})
  }

  get role(): Role | undefined {
    return this.#rights?.role
  }

  /** Why this workspace is closed to this person, since they were in it. */
  get closed(): Failure | undefined {
    return this.#closed
  }

  /** What one may do with a panel. Of a graph that an earlier page left only the role is known. */
  levelOf(panel: string): PanelLevel {
    const { role, narrowed } = this.#rights ?? {}
    return narrowed?.[panel] ?? (role === "owner" || role === "editor" ? "change" : "look")
  }

  /** Is there a graph? It may be an old one. */
  get loaded(): boolean {
    return this.#loaded
  }

  get asking(): boolean {
    return this.#asking
  }

  /** Asks for everything after `since`; for the whole graph without it. */
  ask(since?: number): void {
    this.#asking = true
    const workspace = this.#workspace
    this.#send(since === undefined ? { kind: "subscribe", workspace } : { kind: "subscribe", workspace, since })
  }

  /** Answers whether one may now do more or less than before. */
  caughtUp({ role, narrowed = {} }: Rights): boolean {
    const rights = { role, narrowed }
    const changed = this.#closed !== undefined || JSON.stringify(this.#rights) !== JSON.stringify(rights)
    this.#asking = false
    this.#loaded = true
    this.#closed = undefined
    this.#rights = rights
    this.#ready.resolve()
    return changed
  }

  /** One is no longer a member. */
  shut(failure: Failure): void {
    this.#closed = failure
  }

  /** There is the graph that an earlier page left; `ready` waits a little for a newer one. */
  restored(role: Role): void {
    this.#loaded = true
    this.#rights = { role }
  }

  /** Nothing newer comes for now: what is there is shown. */
  showWhatIsThere(): void {
    if (this.#loaded) this.#ready.resolve()
  }

  /**
   * The kernel refused something that named no request. While this workspace is asked for, and not shown yet, that was
   * it. Answers whether the workspace is closed to this person.
   */
  refused(failure: Failure): boolean {
    const closed = this.#asking && (failure.code === "forbidden" || failure.code === "not-found")
    if (this.#asking && (closed || !this.#loaded)) this.#ready.reject(new NexusError(failure))
    return closed
  }

  close(failure: Failure): void {
    this.#ready.reject(new NexusError(failure))
  }
}
