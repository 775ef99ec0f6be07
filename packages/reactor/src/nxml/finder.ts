/** Finds the next place of a mark; remembers that there is none, so that a broken source is not searched again and again. */
export class Finder {
  readonly #source: string
  readonly #mark: string
  #from = 0
  #found: number | undefined

  constructor(source: string, mark: string) {
    this.#source = source
    this.#mark = mark
  }

  /** The first place of the mark at or behind `from`, or -1. */
  next(from: number): number {
    const found = this.#found
    if (found !== undefined && from >= this.#from && (found < 0 || found >= from)) return found
    this.#from = from
    this.#found = this.#source.indexOf(this.#mark, from)
    return this.#found
  }
}
