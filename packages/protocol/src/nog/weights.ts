/**
 * About how many bytes of memory values take, for a kernel that must know which of many graphs it can keep. A value is
 * weighed when it is first asked for and again only when it was replaced, like the words of a search: whoever changes one
 * says which, and a graph that nobody weighs pays nothing. Asking the engine was refused: it knows the heap, not whose
 * part of it is which.
 */
const STRING = 16
const OBJECT = 24
const SLOT = 8
const NUMBER = 8

export class Weights<Value> {
  readonly #valueAt: (key: string) => Value | undefined
  readonly #known = new Map<string, number>()
  readonly #changed: Set<string>
  #total = 0

  constructor(keys: Iterable<string>, valueAt: (key: string) => Value | undefined) {
    this.#valueAt = valueAt
    this.#changed = new Set(keys)
  }

  /** The value is another than before, or gone. */
  touch(key: string): void {
    this.#changed.add(key)
  }

  get bytes(): number {
    for (const key of this.#changed) {
      this.#total -= this.#known.get(key) ?? 0
      this.#known.delete(key)
      const value = this.#valueAt(key)
      if (value === undefined) continue
      const bytes = weigh(value)
      this.#known.set(key, bytes)
      this.#total += bytes
    }
    this.#changed.clear()
    return this.#total
  }
}

/** About how many bytes a JSON value takes in memory. */
export function weigh(value: unknown): number {
  const open: unknown[] = [value]
  let bytes = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === "string") bytes += STRING + next.length
    else if (typeof next === "object" && next !== null) {
      const inside = Object.values(next)
      bytes += OBJECT + SLOT * inside.length
      for (const one of inside)
        if (typeof one === "number") bytes += NUMBER
        else if (typeof one === "string" || typeof one === "object") open.push(one)
    }
  }
  return bytes
}
