/** Where an arrow leads among `count` cards in rows of `columns`; nothing for another key. From nowhere it is the first. */
export function nextInGrid(from: number, key: string, count: number, columns: number): number | undefined {
  if (count === 0) return undefined
  const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[key]
  if (key === "Home") return 0
  if (key === "End") return count - 1
  if (by === undefined) return undefined
  if (from < 0) return 0
  const to = from + by
  if (to < 0 || to >= count) return Math.abs(by) > 1 && to >= count && from < count - 1 ? count - 1 : from
  return to
}
