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

  /** Is there a graph? */
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

  /** The kernel refused something that named no request: before there was a graph, that was this workspace. */
  refused(failure: Failure): void {
    if (this.#asking && !this.#loaded) this.#ready.reject(new NexusError(failure))
  }

  close(failure: Failure): void {
    this.#ready.reject(new NexusError(failure))
  }
}
