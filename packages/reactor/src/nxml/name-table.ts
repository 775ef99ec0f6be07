const SIZE = 2048

/**
 * Finds words in a source without copying them out of it. A document uses the same few names thousands of times; a copy
 * of each would have to be made, hashed and compared again wherever it is looked up. An open table by a hash of the
 * characters; a word that is not in it is copied as ever.
 */
export class NameTable {
  readonly #slots: (string | undefined)[] = new Array(SIZE).fill(undefined)
  #count = 0

  /** Adds a word; ignored when the table is half full. */
  add(word: string): void {
    let slot = hashOf(word)
    while (this.#slots[slot] !== undefined) {
      if (this.#slots[slot] === word) return
      slot = (slot + 1) & (SIZE - 1)
    }
    if (this.#count > SIZE / 2) return
    this.#count++
    this.#slots[slot] = word
  }

  /** The text from `start` to `end`, whose characters gave `hash` by `nextHash`. */
  take(source: string, start: number, end: number, hash: number): string {
    let slot = slotOf(hash)
    for (;;) {
      const word = this.#slots[slot]
      if (word === undefined) return source.slice(start, end)
      if (word.length === end - start && source.startsWith(word, start)) return word
      slot = (slot + 1) & (SIZE - 1)
    }
  }
}

export function nextHash(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 11)) & (SIZE - 1)
}

function hashOf(word: string): number {
  let hash = 0
  for (let index = 0; index < word.length; index++) hash = nextHash(hash, word.charCodeAt(index))
  return slotOf(hash)
}
