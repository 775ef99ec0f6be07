/** One change of a source: the `length` UTF-16 units at `offset` become `text`. */
export interface TextEdit {
  readonly offset: number
  readonly length: number
  readonly text: string
}

/** What an edit by structure answers: changes of the source in its order that do not overlap, or a sentence why not. */
export type Edited = readonly TextEdit[] | string

/** The source with the edits made; all offsets count in the source as it was. */
export function applyEdits(source: string, edits: readonly TextEdit[]): string {
  const pieces: string[] = []
  let written = 0
  for (const { offset, length, text } of inOrder(edits)) {
    pieces.push(source.slice(written, offset), text)
    written = offset + length
  }
  pieces.push(source.slice(written))
  return pieces.join("")
}

/** The edits that turn the edited source back into `source`. */
export function invertEdits(source: string, edits: readonly TextEdit[]): TextEdit[] {
  let moved = 0
  return inOrder(edits).map(({ offset, length, text }) => {
    const back = { offset: offset + moved, length: text.length, text: source.slice(offset, offset + length) }
    moved += text.length - length
    return back
  })
}

/** The edits by their place; insertions at one place stay in the order they were given, before what is replaced there. */
export function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  return [...edits].sort((a, b) => a.offset - b.offset || Math.min(a.length, 1) - Math.min(b.length, 1))
}
