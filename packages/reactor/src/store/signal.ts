import { computed, effect, endBatch, setActiveSub, signal, startBatch } from "alien-signals"

/**
 * Signals: a value that is read by calling it, and remembers who read it. alien-signals does the work; this file is the
 * only one that knows it. A derived value that comes out equal to what it was wakes nobody.
 */
export type Readable<Value> = () => Value
export interface Writable<Value> {
  (): Value
  (value: Value): void
}

export function createSignal<Value>(value: Value): Writable<Value> {
  return signal(value) as Writable<Value>
}

/** Lazy and cached. `same` decides whether a fresh result counts as the old one, which is then kept; identity unless given. */
export function createComputed<Value>(
  read: (previous: Value | undefined) => Value,
  same?: (a: Value, b: Value) => boolean,
): Readable<Value> {
  if (same === undefined) return computed(read)
  return computed<Value>((previous) => {
    const value = read(previous)
    return previous !== undefined && same(previous, value) ? previous : value
  })
}

/** Calls `changed` after each change of `read`, never for its first value; the answer stops it. */
export function watch<Value>(read: Readable<Value>, changed: (value: Value) => void): () => void {
  let first = true
  return effect(() => {
    const value = read()
    if (first) {
      first = false
      return
    }
    // Not to be remembered as a reader of what `changed` reads; the effect's end gives the reader around it back.
    setActiveSub(undefined)
    changed(value)
  })
}

/** Runs all writes inside as one: readers wake once, at the end. */
export function batch<Result>(run: () => Result): Result {
  startBatch()
  try {
    return run()
  } finally {
    endBatch()
  }
}

/** Reads without being remembered as a reader. */
export function untracked<Result>(run: () => Result): Result {
  const reader = setActiveSub(undefined)
  try {
    return run()
  } finally {
    setActiveSub(reader)
  }
}
