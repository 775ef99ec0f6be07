/**
 * The order of the items of two lists that began as one. A side that moved some of the common items decides; the other's
 * new ones stand behind what they stood behind. `undefined` when both moved some, and not to the same.
 */
export function mergeOrder<Key>(
  base: readonly Key[],
  ours: readonly Key[],
  theirs: readonly Key[],
): readonly Key[] | undefined {
  const [inOurs, inTheirs] = [new Set(ours), new Set(theirs)]
  const common = new Set(base.filter((key) => inOurs.has(key) && inTheirs.has(key)))
  const orderOf = (keys: readonly Key[]) => JSON.stringify(keys.filter((key) => common.has(key)))
  const moved = [ours, theirs].map((keys) => orderOf(keys) !== orderOf(base))
  if (moved[0] && moved[1] && orderOf(ours) !== orderOf(theirs)) return undefined
  return moved[1] && !moved[0] ? weave(theirs, ours) : weave(ours, theirs)
}

/** `first` in its order, and what only `second` has behind what it stood behind there. */
export function weave<Key>(first: readonly Key[], second: readonly Key[]): readonly Key[] {
  const order = [...first]
  const placed = new Set(first)
  for (const [index, key] of second.entries()) {
    if (placed.has(key)) continue
    const before = second[index - 1]
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, key)
    placed.add(key)
  }
  return order
}
