import { createHmac, randomBytes } from "node:crypto"
import { type Change, type Failure, type HostReply, NexusError, type Operation } from "@nexus/protocol"
import type { ValueStore } from "../../storage/journal.ts"
import { Wait, type WaitOptions } from "./wait.ts"
import type { WaitingRun } from "./waiting-run.ts"
import { createWaitingStore, MAX_KEPT_RUNS, type WaitingStore } from "./waiting-store.ts"

/**
 * Everything that waits in a workspace. A run that waits longer than a moment is put into the store and out of the
 * sandbox, and goes on from there: in this kernel, or in the next one after any end of this.
 *
 * A turn counts once. It is committed as `<run>.<turn>`, and its record is removed only after that is durable. When the
 * kernel ends in between, the next one finds the record, resumes the same memory and submits the same id: the journal
 * answers with what it holds, and nothing is applied twice. A record is replaced by that of the next waiting, never
 * removed before it, so a run that was kept once stays kept. What a turn asks of the outside can therefore be asked
 * again; its changes cannot be made again. Two-phase commits with the outside were refused: it does not offer them.
 */
export interface WaitingOptions {
  /** Signs what leaves the sandbox; 32 bytes. Absent: a key of this process, so that nothing goes on after it. */
  readonly key?: Uint8Array
  /** A run is kept when it waits longer, in milliseconds. Default 1000. */
  readonly afterMs?: number
}

export interface WaitsParts {
  readonly workspace: string
  readonly values: ValueStore
  readonly waiting?: WaitingOptions | undefined
  readonly clock: () => number
  /** After what is in the store became another: a run came, was answered, or is over. Must not throw. */
  readonly onKeptChanged: () => void
  readonly log: (message: string, detail: object) => void
}

const AFTER_MS = 1000

export class Waits {
  readonly #parts: WaitsParts
  readonly #store: WaitingStore
  readonly #key: Uint8Array
  readonly #waiting = new Map<string, Wait>()
  readonly #kept = new Set<string>()
  readonly #listeners = new Map<string, Set<() => void>>()

  constructor(parts: WaitsParts) {
    this.#parts = parts
    this.#store = createWaitingStore(parts.values, parts.workspace, parts.log)
    this.#key = parts.waiting?.key ?? randomBytes(32)
  }

  /** The key for this turn of this run: what was kept of another run, or of another workspace, is no good for it. */
  keyFor(run: string, turn: number): Uint8Array {
    const what = JSON.stringify([this.#parts.workspace, run, turn])
    return createHmac("sha256", this.#key).update(what).digest()
  }

  /** Waits for the answers of a run's calls. */
  async wait(run: string, options: Omit<WaitOptions, "afterMs" | "clock">): Promise<readonly HostReply[]> {
    const { waiting, clock } = this.#parts
    const wait = new Wait({ ...options, afterMs: waiting?.afterMs ?? AFTER_MS, clock })
    if (options.kept) this.#kept.add(run)
    this.#waiting.set(run, wait)
    // What was kept may have lost its right without this kernel's knowledge.
    if (options.kept) void wait.revoke()
    try {
      return await wait.over
    } finally {
      this.#waiting.delete(run)
    }
  }

  /** Room for one more. */
  get takes(): boolean {
    return this.#kept.size < MAX_KEPT_RUNS
  }

  /** Resolves with whether the run is in the store now. */
  async save(run: WaitingRun): Promise<boolean> {
    try {
      await this.#store.save(run)
    } catch (error) {
      this.#parts.log("a waiting run was not kept", { run: run.run, error: String(error) })
      return false
    }
    this.#kept.add(run.run)
    this.#parts.onKeptChanged()
    for (const listener of this.#listeners.get(run.run) ?? []) listener()
    this.#listeners.delete(run.run)
    return true
  }

  /** The run is over. */
  async forget(run: string): Promise<void> {
    if (!this.#kept.delete(run)) return
    await this.#store.remove(run).catch((error: unknown) => {
      this.#parts.log("a run that is over is still kept", { run, error: String(error) })
    })
    this.#parts.onKeptChanged()
  }

  /** The run ends here but, when it is kept, not for good: a person or another kernel goes on with it. */
  leave(run: string): boolean {
    return this.#kept.delete(run)
  }

  /** Tells once when the run is kept; at once when it is. Answers with how to stop listening. */
  onKept(run: string, listener: () => void): () => void {
    if (this.#kept.has(run)) listener()
    else this.#listeners.set(run, (this.#listeners.get(run) ?? new Set()).add(listener))
    return () => {
      const listeners = this.#listeners.get(run)
      if (listeners?.delete(listener) && listeners.size === 0) this.#listeners.delete(run)
    }
  }

  list(): Promise<readonly WaitingRun[]> {
    return this.#store.list()
  }

  /** Ends a waiting run for good. Throws `not-found` when it does not wait. */
  async cancel(run: string, failure: Failure): Promise<WaitingRun> {
    const kept = await this.#must(run)
    await this.#waiting.get(run)?.cancel(failure)
    this.#kept.add(run)
    await this.forget(run)
    return kept
  }

  /** Gives a question's call its answer. Throws `not-found` when the question is not open. */
  async give(run: string, reply: HostReply): Promise<void> {
    await this.#must(run)
    if (await this.#waiting.get(run)?.give(reply)) return
    throw new NexusError({ code: "not-found", what: "open question", id: `${run}.${reply.id}` })
  }

  /** Lets a waiting run go on now; answers with it when it is in the store but does not wait here. */
  async wake(run: string): Promise<WaitingRun | undefined> {
    const kept = await this.#must(run)
    const wait = this.#waiting.get(run)
    wait?.wake()
    return wait ? undefined : kept
  }

  /** Denies the open calls that stand on a right which this change took. */
  onChange({ operations }: Change): void {
    const panels = panelsWithFewerRights(operations)
    if (panels.size === 0) return
    for (const wait of this.#waiting.values()) if (panels.has(wait.panel)) void wait.revoke()
  }

  /** Puts everything aside that can be; the workspace closes. */
  async park(): Promise<void> {
    await Promise.all([...this.#waiting.values()].map((wait) => wait.park()))
  }

  async #must(run: string): Promise<WaitingRun> {
    const kept = (await this.#store.list()).find((each) => each.run === run)
    if (!kept) throw new NexusError({ code: "not-found", what: "waiting run", id: run })
    if (!this.#kept.has(run) || this.#waiting.has(run)) return kept
    throw new NexusError({
      code: "conflict",
      detail: "The run does not wait just now, it runs. Look again in a moment.",
    })
  }
}

/** The panels that may hold or declare less than before these operations. */
function panelsWithFewerRights(operations: readonly Operation[]): ReadonlySet<string> {
  const panels = operations.flatMap((operation) => {
    if (operation.kind === "panel_source") return operation.panel
    if (operation.kind === "panel_grant") return operation.granted ? [] : operation.panel
    return operation.kind === "entity_remove" ? operation.id : []
  })
  return new Set(panels)
}
