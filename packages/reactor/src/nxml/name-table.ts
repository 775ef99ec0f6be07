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
    let slot = slotOf(word, 0, word.length)
    while (this.#slots[slot] !== undefined) {
      if (this.#slots[slot] === word) return
      slot = (slot + 1) & (SIZE - 1)
    }
    if (this.#count > SIZE / 2) return
    this.#count++
    this.#slots[slot] = word
  }

  /** The text from `start` to `end`. */
  take(source: string, start: number, end: number): string {
    let slot = slotOf(source, start, end)
    for (;;) {
      const word = this.#slots[slot]
      if (word === undefined) return source.slice(start, end)
      if (word.length === end - start && isAt(word, source, start)) return word
      slot = (slot + 1) & (SIZE - 1)
    }
  }
}

function isAt(word: string, source: string, start: number): boolean {
  for (let index = 0; index < word.length; index++)
    if (word.charCodeAt(index) !== source.charCodeAt(start + index)) return false
  return true
}

function slotOf(text: string, start: number, end: number): number {
  const first = text.charCodeAt(start)
  const middle = text.charCodeAt((start + end) >> 1)
  const last = text.charCodeAt(end - 1)
  return (first * 67 + middle * 31 + last * 7 + ((end - start) << 8)) & (SIZE - 1)
}
