import type { Entity } from "./entity.ts"

/**
 * Where words stand, for searches over a large graph. It is made when a graph is first searched and kept from then on:
 * whoever changes an entity only says which one, and its text is read again by the next search. So a change pays one
 * entry in a set, a graph that nobody searches pays nothing, and a fork begins without an index. What is to be read can be
 * read in pieces beforehand (`fill`), with rests between them; a search reads the rest at once, so its answer is always whole.
 *
 * A word is looked for by its pieces of three letters, since it may stand anywhere in another one; what the pieces find
 * is then compared for real, so that an old piece, or two that share a number, can only cost time and never a wrong answer.
 */
export interface Searchable {
  readonly entity: Entity
  readonly name: string
  /** Everything that may be found in it but the name; lower case. */
  readonly body: string
}

/** Pieces are told apart by so many bits: more than enough for text, and small numbers are cheap keys. */
const PIECE_BITS = 20
/** An index in which more is stale than fresh is made anew. */
const MOST_STALE = 4096
/** Reading an entity of no text takes as long as reading so many characters. */
const ENTITY_CHARACTERS = 20
/** What a number in a list takes, a list with its piece, and an item with its texts and names. */
const PLACE_BYTES = 7
const PIECE_BYTES = 90
const ITEM_BYTES = 400

export class SearchIndex {
  readonly #textOf: (entity: Entity) => string
  readonly #all: () => Iterator<Entity>
  readonly #entityOf: (id: string) => Entity | undefined
  readonly #items = new Map<string, { readonly number: number; readonly text: Searchable }>()
  readonly #byName = new Map<string, Set<string>>()
  /** Where the first reading of everything stands; absent when it is over. */
  #unread: Iterator<Entity> | undefined
  #ids: string[] = []
  #places = new Map<number, number[]>()
  readonly #changed = new Set<string>()
  /** Characters of the texts that are kept, and numbers in all the lists of places. */
  #characters = 0
  #placed = 0
  /** Characters that were ever read; an entity counts as some more. */
  #read = 0

  /** `all` iterates over a map that may change meanwhile. */
  constructor(
    all: () => Iterator<Entity>,
    entityOf: (id: string) => Entity | undefined,
    textOf: (entity: Entity) => string,
  ) {
    this.#all = all
    this.#entityOf = entityOf
    this.#textOf = textOf
    this.#unread = all()
  }

  /** Reads what is new, until about so many characters were read. True: nothing is left to read. */
  fill(characters: number): boolean {
    const before = this.#read
    const enough = (): boolean => this.#read - before >= characters
    for (const id of this.#changed) {
      if (enough()) return false
      this.#changed.delete(id)
      this.#drop(id)
      const entity = this.#entityOf(id)
      if (entity) this.#add(entity)
    }
    if (!this.#unread && this.#ids.length - this.#items.size > Math.max(MOST_STALE, this.#items.size)) this.#beginAnew()
    while (this.#unread) {
      if (enough()) return false
      const { value, done } = this.#unread.next()
      if (done) this.#unread = undefined
      else if (!this.#items.has(value.id)) this.#add(value)
    }
    return true
  }

  /** The entity is another than before, or gone. */
  touch(id: string): void {
    this.#changed.add(id)
  }

  /** About how many bytes of memory it takes. */
  get bytes(): number {
    return (
      this.#characters + this.#placed * PLACE_BYTES + this.#places.size * PIECE_BYTES + this.#items.size * ITEM_BYTES
    )
  }

  /** The ids of entities of exactly this name, in lower case. */
  named(name: string): ReadonlySet<string> {
    this.fill(Number.POSITIVE_INFINITY)
    return this.#byName.get(name) ?? new Set()
  }

  /** At least everything in which all these words may stand; `undefined` when that is everything there is. */
  mayHold(words: readonly string[]): Searchable[] | undefined {
    this.fill(Number.POSITIVE_INFINITY)
    let fewest: readonly number[] | undefined
    for (const word of words) {
      for (const piece of pieces(word)) {
        const found = this.#places.get(piece) ?? []
        if (fewest === undefined || found.length < fewest.length) fewest = found
      }
    }
    if (fewest === undefined) return undefined
    const held: Searchable[] = []
    for (const number of fewest) {
      const item = this.#items.get(this.#ids[number] ?? "")
      if (item?.number === number) held.push(item.text)
    }
    return held
  }

  #add(entity: Entity): void {
    const number = this.#ids.length
    this.#ids.push(entity.id)
    const text = { entity, name: entity.name.toLowerCase(), body: this.#textOf(entity) }
    this.#items.set(entity.id, { number, text })
    this.#characters += text.name.length + text.body.length
    this.#read += text.name.length + text.body.length + ENTITY_CHARACTERS
    let named = this.#byName.get(text.name)
    if (!named) {
      named = new Set()
      this.#byName.set(text.name, named)
    }
    named.add(entity.id)
    for (const piece of new Set([...pieces(text.name), ...pieces(text.body)])) {
      const places = this.#places.get(piece)
      this.#placed += 1
      if (places) places.push(number)
      else this.#places.set(piece, [number])
    }
  }

  #drop(id: string): void {
    const item = this.#items.get(id)
    if (!item) return
    this.#items.delete(id)
    this.#characters -= item.text.name.length + item.text.body.length
    const named = this.#byName.get(item.text.name)
    if (named?.delete(id) && named.size === 0) this.#byName.delete(item.text.name)
  }

  #beginAnew(): void {
    this.#ids = []
    this.#places = new Map()
    this.#items.clear()
    this.#byName.clear()
    this.#characters = 0
    this.#placed = 0
    this.#unread = this.#all()
  }
}

/** The pieces of three letters of a text, as numbers. */
function* pieces(text: string): Generator<number> {
  for (let at = 2; at < text.length; at += 1) {
    const [a, b, c] = [text.charCodeAt(at - 2), text.charCodeAt(at - 1), text.charCodeAt(at)]
    yield ((a * 961 + b * 31 + c) ^ (a << 11) ^ (b << 6)) & ((1 << PIECE_BITS) - 1)
  }
}
