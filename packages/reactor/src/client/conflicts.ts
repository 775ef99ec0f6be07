import type { Failure, Operation } from "@nexus/protocol"
import { joinOperations } from "../store/guard.ts"
import type { Conflict } from "./outbox.ts"
import type { Waiting } from "./requests.ts"

/**
 * What the kernel refused when the line was back, until the person decides about it. What somebody typed in ten steps
 * into one place is one conflict: the first step is refused for what somebody else wrote, and the others for building
 * on the first.
 */
export class Conflicts {
  #all: readonly Conflict[] = []

  get all(): readonly Conflict[] {
    return this.#all
  }

  restore(conflicts: readonly Conflict[]): void {
    this.#all = conflicts
  }

  /** Notes a refused request; answers with the conflict that it became, or joined. */
  add({ message, at }: Waiting, failure: Failure): Conflict {
    const operations = message.kind === "operations_submit" ? message.operations : []
    const reason = message.kind === "operations_submit" ? message.reason : `ran ${message.handler}`
    const before = operations.length === 0 ? undefined : this.#all.find((one) => buildsOn(operations, one.operations))
    const conflict: Conflict = before
      ? { ...before, reason, failure, operations: joinOperations(before.operations, operations) }
      : { ref: message.ref, at, reason, operations, failure }
    this.#all = before ? this.#all.map((one) => (one === before ? conflict : one)) : [...this.#all, conflict]
    return conflict
  }

  take(ref: string): Conflict | undefined {
    const conflict = this.#all.find((one) => one.ref === ref)
    this.#all = this.#all.filter((one) => one !== conflict)
    return conflict
  }
}

/** Does it write only where `earlier` wrote, or into what `earlier` added? */
function buildsOn(later: readonly Operation[], earlier: readonly Operation[]): boolean {
  const added = new Set(earlier.map((operation) => (operation.kind === "entity_add" ? operation.entity.id : "")))
  const places = new Set(earlier.map(placeOf))
  return later.every((operation) => added.has(targetOf(operation)) || places.has(placeOf(operation)))
}

function targetOf(operation: Operation): string {
  if ("panel" in operation) return operation.panel
  if ("id" in operation) return operation.id
  if ("from" in operation) return operation.from
  return "entity" in operation ? operation.entity.id : operation.relationship.from
}

/** One text for one place: what two operations have in common that write the same. */
function placeOf(operation: Operation): string {
  const inside = "path" in operation ? operation.path : operation.kind
  return JSON.stringify([targetOf(operation), inside])
}
