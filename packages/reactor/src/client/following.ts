import { type ClientMessage, type Failure, NexusError, type Role } from "@nexus/protocol"

/**
 * Being told of one workspace: a question asked of the kernel, and its answer. What is missing is asked for and never
 * guessed; a question that is on its way is not asked again by every further gap.
 */
export class Following {
  readonly ready: Promise<void>
  readonly #workspace: string
  readonly #send: (message: ClientMessage) => void
  readonly #ready = Promise.withResolvers<void>()
  #role: Role | undefined
  #asking = false
  #loaded = false

  constructor(workspace: string, send: (message: ClientMessage) => void) {
    this.#workspace = workspace
    this.#send = send
    this.ready = this.#ready.promise
    this.ready.catch(() => {})
  }

  get role(): Role | undefined {
    return this.#role
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

  caughtUp(role: Role): void {
    this.#asking = false
    this.#loaded = true
    this.#role = role
    this.#ready.resolve()
  }

  /** There is the graph that an earlier page left; `ready` waits a little for a newer one. */
  restored(role: Role): void {
    this.#loaded = true
    this.#role = role
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
