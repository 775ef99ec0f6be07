import type { TextDocument } from "./text-document.ts"

/** A text that was typed in without a line, as a page left it. */
export interface KeptText {
  /** The document whose identities it is made of, and the saved source that is in it. */
  readonly document: string
  readonly base: string
  readonly state: Uint8Array
}

/** Where one panel's text outlives the page. A port: the page puts the browser's database behind it. */
export interface TextKeeper {
  /** What pages that are gone left. */
  load(): Promise<readonly KeptText[]>
  /** Replaces what this page kept of the same document. */
  save(text: KeptText): Promise<void>
  /** Removes what was loaded and saved here. */
  remove(): Promise<void>
}

/**
 * Keeps a text while the kernel has not all of it, one write at a time, each of the text as it is by then; and forgets it
 * when it is with the kernel. The whole state is written and not each update: a key weighs as much as the state of a
 * small text, and one record cannot be read half.
 */
export class TextKeeping {
  readonly #keeper: TextKeeper
  readonly #text: () => TextDocument
  readonly #told: () => void
  #due = false
  #writing: Promise<void> | undefined
  #mayBeThere = true
  #failed = false

  constructor(keeper: TextKeeper, text: () => TextDocument, told: () => void) {
    this.#keeper = keeper
    this.#text = text
    this.#told = told
  }

  /** Everything that was typed would be there again if the page ended now. */
  get safe(): boolean {
    return !this.#due && this.#writing === undefined && !this.#failed
  }

  /** The browser did not take it, because it has no room or may not. */
  get failed(): boolean {
    return this.#failed
  }

  load(): Promise<readonly KeptText[]> {
    return this.#keeper.load()
  }

  typed(): void {
    this.#due = true
    this.#mayBeThere = true
    this.#write()
  }

  acknowledged(): void {
    this.#due = false
    this.#failed = false
    if (!this.#mayBeThere) return
    this.#mayBeThere = false
    const removed = (this.#writing ?? Promise.resolve()).then(() => this.#keeper.remove())
    // What could not be removed is merged once more by who comes back, which changes nothing.
    removed.catch(() => undefined)
  }

  #write(): void {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined
      this.#told()
    })
  }

  async #writeAll(): Promise<void> {
    while (this.#due) {
      this.#due = false
      const text = this.#text()
      try {
        await this.#keeper.save({ document: text.id, base: text.base, state: text.since() })
        this.#failed = false
      } catch {
        this.#failed = true
      }
    }
  }
}
