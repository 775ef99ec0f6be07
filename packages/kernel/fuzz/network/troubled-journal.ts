import { NexusError } from "@nexus/protocol"
import type { Journal } from "../../src/storage/journal.ts"

/** How the journal of one kernel behaves. `mute`: it writes, and the answer is lost. `dead`: its kernel was killed. */
export type Trouble = "none" | "refuses" | "mute" | "dead"

/**
 * One kernel's way to a journal: each answer takes its time, in order; it may refuse, or fall silent for good, as
 * everything does in a process that was killed.
 */
export class TroubledJournal {
  trouble: Trouble = "none"
  readonly journal: Journal
  readonly #random: (below: number) => number
  #last: Promise<unknown> = Promise.resolve()

  constructor(inner: Journal, random: (below: number) => number) {
    this.#random = random
    this.journal = {
      ...inner,
      create: (workspace) => this.#write(() => inner.create(workspace)),
      acquire: (workspace) => this.#write(() => inner.acquire(workspace)),
      append: (change, epoch) => this.#write(() => inner.append(change, epoch)),
      saveSnapshot: (snapshot, epoch) => this.#write(() => inner.saveSnapshot(snapshot, epoch)),
      changes: (workspace, after, limit) => this.#alive(() => inner.changes(workspace, after, limit)),
      find: (workspace, submission) => this.#alive(() => inner.find(workspace, submission)),
      loadSnapshot: (workspace) => this.#alive(() => inner.loadSnapshot(workspace)),
    }
  }

  #write<Result>(work: () => Promise<Result>): Promise<Result> {
    const answer = this.#last.then(async () => {
      await new Promise((resolve) => setTimeout(resolve, 1 + this.#random(8)))
      return this.#alive(async () => {
        if (this.trouble === "refuses") throw unavailable("the disk is full")
        const result = await work()
        if (this.trouble === "mute") throw unavailable("the answer was lost")
        return result
      })
    })
    this.#last = answer.catch(() => undefined)
    return answer
  }

  #alive<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.trouble === "dead" ? new Promise(() => undefined) : work()
  }
}

function unavailable(detail: string): NexusError {
  return new NexusError({ code: "unavailable", what: "The journal", detail })
}
