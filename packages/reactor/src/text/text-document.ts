import * as Y from "yjs"
import { rebaseEdits } from "./rebase-edits.ts"
import { textDifference } from "./text-difference.ts"
import type { TextEdit } from "./text-edit.ts"

/** Bytes of an update, in memory of their own. */
export type Bytes = Uint8Array<ArrayBuffer>

/** The one text in a document. */
export const TEXT_NAME = "source"

const PIECE_BYTES = 200

/** A source as it stands in a document: lines end in one way, because an editor counts every end as one character. */
export function toText(source: string): string {
  return source.replace(/\r\n?/g, "\n")
}

/**
 * One text that many write at once. Every character has an identity, so updates can be taken in any order, twice or late,
 * and everybody ends with the same text. `id` names these identities: two documents made of the same words have nothing
 * in common, and merging one into the other would double every word. `base` is the saved source that is in it.
 */
export class TextDocument {
  readonly id: string
  readonly doc = new Y.Doc()
  readonly text: Y.Text
  base: string

  constructor(id: string, base: string, state?: Uint8Array) {
    this.id = id
    this.base = base
    this.text = this.doc.getText(TEXT_NAME)
    if (state) Y.applyUpdate(this.doc, state)
    else if (base !== "") this.text.insert(0, toText(base))
  }

  toString(): string {
    return this.text.toString()
  }

  /** About how many bytes of memory it takes: what was typed and removed leaves its pieces behind. */
  get bytes(): number {
    const pieces = [...this.doc.store.clients.values()].reduce((sum, { length }) => sum + length, 0)
    return pieces * PIECE_BYTES + this.text.length + this.base.length
  }

  /** Does the text say what is saved? */
  get saved(): boolean {
    return this.toString() === toText(this.base)
  }

  /** What is in it, for whoever answers with what they lack. */
  get vector(): Bytes {
    return new Uint8Array(Y.encodeStateVector(this.doc))
  }

  /** What somebody with this vector lacks; everything without one. */
  since(vector?: Uint8Array): Bytes {
    return new Uint8Array(Y.encodeStateAsUpdate(this.doc, vector))
  }

  /** Takes an update; answers with what was new in it. Throws when it is none. */
  apply(update: Uint8Array, origin?: unknown): Bytes | undefined {
    return this.#changed(() => Y.applyUpdate(this.doc, update, origin))
  }

  /** A source that was saved elsewhere flows in by small edits, over what is written here and not saved. */
  follow(source: string): Bytes | undefined {
    const before = toText(this.base)
    this.base = source
    const [mine, theirs] = [textDifference(before, this.toString()), textDifference(before, toText(source))]
    if (this.saved) return undefined
    return this.edit(rebaseEdits(theirs, mine))
  }

  /** Edits that count in the text as it is, in order. */
  edit(edits: readonly TextEdit[], origin?: unknown): Bytes | undefined {
    return this.#changed(() =>
      this.doc.transact(() => {
        for (const { offset, length, text } of edits.toReversed()) {
          if (length > 0) this.text.delete(offset, length)
          if (text !== "") this.text.insert(offset, text)
        }
      }, origin),
    )
  }

  close(): void {
    this.doc.destroy()
  }

  #changed(act: () => void): Bytes | undefined {
    let update: Bytes | undefined
    const note = (made: Uint8Array) => {
      update = new Uint8Array(update ? Y.mergeUpdates([update, made]) : made)
    }
    this.doc.on("update", note)
    try {
      act()
    } finally {
      this.doc.off("update", note)
    }
    return update
  }
}
