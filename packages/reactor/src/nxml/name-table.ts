const SIZE = 4096

/**
 * Finds words in a source without copying them out of it. A document uses the same few names thousands of times; a copy
 * of each would have to be made, hashed and compared again wherever it is looked up. An open table by length and three of
 * the characters, which keeps the words of a vocabulary apart nearly as well as all of them would; a word that is not in
 * it is copied as ever.
 */
export class NameTable {
  readonly #slots: (string | undefined)[] = new Array(SIZE).fill(undefined)
  #count = 0

  /** Adds a word; ignored when the table is half full. */
  add(word: string): void {
    const { length } = word
    const middle = word.charCodeAt(length >> 1)
    let slot = slotFor(word.charCodeAt(0), middle, word.charCodeAt(length - 1), length)
    while (this.#slots[slot] !== undefined) {
      if (this.#slots[slot] === word) return
      slot = (slot + 1) & (SIZE - 1)
    }
    if (this.#count > SIZE / 2) return
    this.#count++
    this.#slots[slot] = word
  }

  /** The text of `source` from `start` to `end`; `codes` are the source's. */
  take(source: string, codes: Uint8Array, start: number, end: number): string {
    let slot = slotFor(codes[start] ?? 0, codes[(start + end) >> 1] ?? 0, codes[end - 1] ?? 0, end - start)
    for (;;) {
      const word = this.#slots[slot]
      if (word === undefined) return source.slice(start, end)
      if (word.length === end - start && isAt(word, codes, start)) return word
      slot = (slot + 1) & (SIZE - 1)
    }
  }
}

function isAt(word: string, codes: Uint8Array, start: number): boolean {
  for (let index = 0; index < word.length; index++) if (word.charCodeAt(index) !== codes[start + index]) return false
  return true
}

function slotFor(first: number, middle: number, last: number, length: number): number {
  return (first * 67 + middle * 31 + last * 7 + (length << 8)) & (SIZE - 1)
}
