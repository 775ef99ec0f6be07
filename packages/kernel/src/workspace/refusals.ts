import { type Failure, NexusError } from "@nexus/protocol"
import type { Submission } from "./submission.ts"

const REMEMBERED = 2000

/** What the rules said and would not say otherwise because of the disk, the clock or who holds the workspace. */
const FINAL: ReadonlySet<Failure["code"]> = new Set([
  "operation-conflict",
  "not-found",
  "invalid-input",
  "panel-invalid",
  "conflict",
])

/**
 * A repeated submission is answered by its first result also when that was a no: a copy that a network delivers late could
 * fit a graph that has moved on, and something would be done whose maker was told that it was not. The journal keeps what
 * was accepted; refusals are kept here, the newest ones, because whoever heard one does not ask again.
 */
export class Refusals {
  readonly #failures = new Map<string, Failure>()

  async first<Result>({ submission, cause }: Submission, submit: () => Promise<Result>): Promise<Result> {
    const key = `${cause.actor.id} ${submission}`
    const refused = this.#failures.get(key)
    if (refused) throw new NexusError(refused)
    try {
      return await submit()
    } catch (error) {
      if (error instanceof NexusError && FINAL.has(error.failure.code)) this.#remember(key, error.failure)
      throw error
    }
  }

  #remember(key: string, failure: Failure): void {
    this.#failures.set(key, failure)
    if (this.#failures.size <= REMEMBERED) return
    for (const oldest of this.#failures.keys()) {
      this.#failures.delete(oldest)
      break
    }
  }
}
