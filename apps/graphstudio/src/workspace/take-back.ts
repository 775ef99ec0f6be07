import { apply, type Change, type Graph, isDerivedOperation, type Operation } from "@nexus/protocol"

/**
 * The operations that take `change` back, worked out on the graph as it was before it, which is advanced. For changes
 * that came about over HTTP, such as a checkout, which the mirror does not count as this client's own. What follows from
 * a panel's source is left out: the kernel derives it again. `undefined` when something else came in between.
 */
export function takeBack(before: Graph, change: Change): readonly Operation[] | undefined {
  const applied = apply(before, change.operations)
  return applied.ok ? applied.inverse.filter((operation) => !isDerivedOperation(before, operation)) : undefined
}
