import type { Change, Graph, Operation } from "@nexus/protocol"
import { guardOperations } from "../store/guard.ts"
import { guardInverse, type Step } from "../store/history.ts"

const REMEMBERED = 64

/**
 * What runs of this viewer's handlers changed, by run: all of one run is one step back, and it is noted when the run is
 * over. Its last change may come after its end was told, for the two travel apart.
 */
export class OwnRuns {
  readonly #inverses = new Map<string, { readonly operations: readonly Operation[]; readonly what: string }>()
  readonly #ended = new Set<string>()
  readonly #did: (step: Step) => void

  constructor(did: (step: Step) => void) {
    this.#did = did
  }

  /** Notes a confirmed change, when it is one of a run that `user` set off. */
  note({ cause }: Change, inverse: readonly Operation[], user: string | undefined, graph: Graph): void {
    const run = cause.run
    if (!run || run.person === undefined || run.person.id !== user) return
    const before = this.#inverses.get(run.id)?.operations ?? []
    this.#inverses.set(run.id, { operations: [...inverse, ...before], what: cause.reason })
    if (this.#ended.has(run.id)) this.ended(run.id, graph)
    const oldest = this.#inverses.keys().next().value
    if (this.#inverses.size > REMEMBERED && oldest !== undefined) this.#inverses.delete(oldest)
  }

  /**
   * A shared source that the kernel saved for `user`, and a switch, merge or checkout that they asked for, are theirs to
   * take back, like what they submit themselves. A checkout touches much: what anybody changed of it since is left alone.
   */
  saved(
    { submission: ref, cause }: Change,
    inverse: readonly Operation[],
    user: string | undefined,
    graph: Graph,
  ): void {
    const git = cause.actor.kind === "git"
    const by = git ? cause.approver : cause.actor
    if (by === undefined || by.id !== user) return
    const own = guardInverse(inverse, graph)
    this.#did({
      refs: [ref],
      group: undefined,
      what: cause.reason,
      operations: git ? guardOperations(own, graph) : own,
    })
  }

  ended(run: string, graph: Graph): void {
    const done = this.#inverses.get(run)
    this.#inverses.delete(run)
    this.#ended.add(run)
    if (!done) return
    const { operations, what } = done
    this.#did({ refs: [run], group: run, what, operations: guardInverse(operations, graph) })
  }
}
