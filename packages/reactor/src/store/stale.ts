/**
 * A computed value that is no longer worked out by itself, because that took too long again and again: it keeps what it was
 * until somebody asks. Whoever evaluates something learns here which of them it read, also through other values.
 */
export interface StaleValue {
  /** The Computed's name. */
  readonly name: string
  /** The id of the panel that declares it. */
  readonly panel: string
  /** Works it out again, once. */
  readonly again: () => void
}

const NONE: readonly StaleValue[] = []
let reading: Set<StaleValue> | undefined

/** Called by whoever hands out a value that rests on stale ones. */
export function noteStale(values: readonly StaleValue[]): void {
  for (const value of values) reading?.add(value)
}

/** What `read` answers, and the stale values it rests on. */
export function readWithStale<Value>(read: () => Value): {
  readonly value: Value
  readonly stale: readonly StaleValue[]
} {
  const outer = reading
  const own = new Set<StaleValue>()
  reading = own
  try {
    const value = read()
    return { value, stale: own.size === 0 ? NONE : [...own] }
  } finally {
    reading = outer
  }
}

/** True when both rest on the same values. */
export function sameStale(a: readonly StaleValue[], b: readonly StaleValue[]): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at])
}
