import { textDifference, toText } from "@nexus/reactor/text"

/** One step through a text: past what stays, over what is taken out, or putting something in. */
export interface TextStep {
  readonly retain?: number | undefined
  readonly delete?: number | undefined
  readonly insert?: unknown
}

/** A piece of the text, or of what was taken out of it. Without `from` it is saved; without `gone` it stands there. */
interface Piece {
  readonly text: string
  readonly from?: Mark
  readonly gone?: Mark
}

interface Mark {
  readonly author: string
  readonly saving: number
}

/**
 * Who put which words into a text, and took which out, since it was saved: so that what several typed at once becomes
 * a change of each, which each can take back alone. A shared document knows who wrote a character and not who took it
 * out; giving all of it to whoever typed last was the alternative, and left the others nothing to undo.
 */
export class WordsBy {
  #pieces: Piece[]
  /** Counts savings: what is typed while one is on its way is not in it. */
  #saving = 0

  /** A text that says `now`, and what differs from what is saved is of one author. */
  constructor(saved: string, now: string, author: string | undefined) {
    this.#pieces = pieceOf(toText(saved))
    this.note(stepsTo(toText(saved), now), author)
  }

  /** Takes a change of the text; without an author it is one that is saved already. */
  note(steps: readonly TextStep[], author: string | undefined): void {
    const mark = author === undefined ? undefined : { author, saving: this.#saving }
    const before = this.#pieces.toReversed()
    const now: Piece[] = []
    const pass = (length: number, each: (piece: Piece) => readonly Piece[]) => {
      for (let left = length; left > 0; ) {
        const piece = before.pop()
        if (!piece) return
        if (piece.gone) {
          now.push(piece)
          continue
        }
        const text = piece.text.slice(0, left)
        if (text.length < piece.text.length) before.push({ ...piece, text: piece.text.slice(left) })
        now.push(...each({ ...piece, text }))
        left -= text.length
      }
    }
    for (const step of steps) {
      if (step.retain) pass(step.retain, (piece) => [piece])
      else if (step.delete) pass(step.delete, (piece) => takenOut(piece, mark))
      else if (typeof step.insert === "string") now.push(...pieceOf(step.insert, mark))
    }
    this.#pieces = [...now, ...before.reverse()]
  }

  /** From here on another saving is filled; answers with what names the one that is full. */
  cut(): number {
    this.#saving += 1
    return this.#saving - 1
  }

  /** The saved text with what these authors did to it until the saving was full, and nobody else. */
  textOf(authors: ReadonlySet<string>, saving: number): string {
    const counts = (mark: Mark | undefined) => mark && mark.saving <= saving && authors.has(mark.author)
    return this.#pieces
      .flatMap(({ text, from, gone }) => ((from === undefined || counts(from)) && !counts(gone) ? [text] : []))
      .join("")
  }

  /** What these authors did until the saving was full is saved. */
  saved(authors: ReadonlySet<string>, saving: number): void {
    const isSaved = (mark: Mark | undefined) => mark && mark.saving <= saving && authors.has(mark.author)
    this.#pieces = this.#pieces.flatMap(({ text, from, gone }) => {
      if (isSaved(gone)) return []
      const kept = from && !isSaved(from) ? { text, from } : { text }
      return [gone ? { ...kept, gone } : kept]
    })
  }
}

function pieceOf(text: string, from?: Mark): Piece[] {
  if (text === "") return []
  return [from ? { text, from } : { text }]
}

/** What somebody typed and took out again before it was saved was never there. */
function takenOut(piece: Piece, mark: Mark | undefined): Piece[] {
  const { from } = piece
  const never = !mark || (from?.author === mark.author && from.saving === mark.saving)
  return never ? [] : [{ ...piece, gone: mark }]
}

function stepsTo(before: string, after: string): TextStep[] {
  let at = 0
  return textDifference(before, after).flatMap(({ offset, length, text }) => {
    const retain = offset - at
    at = offset + length
    return [{ retain }, { delete: length }, { insert: text }]
  })
}
