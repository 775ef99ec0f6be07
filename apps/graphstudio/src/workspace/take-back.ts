import { apply, type Change, type Graph, type Operation } from "@nexus/protocol"

/**
 * The operations that take `change` back, worked out on the graph as it was before it. For changes that came about over
 * HTTP, such as a checkout, which the mirror does not count as this client's own. `undefined` when something else came
 * in between.
 */
export function takeBack(before: Graph, change: Change): readonly Operation[] | undefined {
  const applied = apply(before, change.operations)
  return applied.ok ? applied.inverse : undefined
}
