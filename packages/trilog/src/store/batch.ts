import { dayOf } from "./clickhouse/rows.ts"

/** Rows of one day, in the order they came: one insert makes one part of one partition, or nothing. */
export interface Batch<Item> {
  readonly items: Item[]
}

const MAX_ROWS = 2500

/** Cuts `items` into batches of one day and at most 2,500 rows (more would hold the event loop while they become text), and only where `mayCut` says an item ends a unit. */
export function batchesOf<Item>(
  items: readonly Item[],
  at: (item: Item) => number,
  mayCut: (item: Item) => boolean = () => true,
): Batch<Item>[] {
  const batches: Batch<Item>[] = []
  let current: Item[] = []
  let day = Number.NaN
  for (const item of items) {
    const previous = current[current.length - 1]
    const full = current.length >= MAX_ROWS && previous !== undefined && mayCut(previous)
    if (dayOf(at(item)) !== day || full) {
      current = []
      batches.push({ items: current })
      day = dayOf(at(item))
    }
    current.push(item)
  }
  return batches
}
