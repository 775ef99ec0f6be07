import type { TextEdit } from "./text-edit.ts"

/**
 * `theirs` and `mine` were both made to one text; answers with `theirs` as they are to be made to the text after `mine`.
 * Nothing that was typed is lost: what both took out is out, what both put into one place stands there twice over, mine
 * first, and only an edit that both made alike counts once. Refusing what overlaps was the alternative: then somebody's
 * words would have to wait for a decision, while the others type on.
 */
export function rebaseEdits(theirs: readonly TextEdit[], mine: readonly TextEdit[]): TextEdit[] {
  return theirs.flatMap((edit) => (mine.some((other) => alike(edit, other)) ? [] : rebaseOne(edit, mine)))
}

function rebaseOne({ offset, length, text }: TextEdit, mine: readonly TextEdit[]): TextEdit[] {
  const [first, ...rest] = surviving(offset, offset + length, mine)
  if (!first) return text === "" ? [] : [{ offset: placeAfter(offset, mine), length: 0, text }]
  const removed = (span: Span, put: string) => ({
    offset: moved(span.from, mine),
    length: span.to - span.from,
    text: put,
  })
  return [removed(first, text), ...rest.map((span) => removed(span, ""))]
}

interface Span {
  readonly from: number
  readonly to: number
}

/** What of a span of the common text is still there after `mine`, cut also where mine put something in between. */
function surviving(from: number, to: number, mine: readonly TextEdit[]): Span[] {
  const spans: Span[] = []
  let at = from
  for (const { offset, length } of mine) {
    if (offset + length < at || offset >= to) continue
    if (offset > at) spans.push({ from: at, to: offset })
    at = Math.max(at, offset + length)
  }
  if (at < to) spans.push({ from: at, to })
  return spans
}

/** Where a character that stayed stands now. */
function moved(place: number, mine: readonly TextEdit[]): number {
  return mine.reduce(
    (sum, { offset, length, text }) => sum + (offset + length <= place ? text.length - length : 0),
    place,
  )
}

/** Where something is put in that stood at `place`: behind what mine put there, or in the place of what mine took out. */
function placeAfter(place: number, mine: readonly TextEdit[]): number {
  const around = mine.find(({ offset, length }) => offset <= place && place < offset + length)
  return around ? moved(around.offset, mine) + around.text.length : moved(place, mine)
}

function alike(a: TextEdit, b: TextEdit): boolean {
  return a.offset === b.offset && a.length === b.length && a.text === b.text
}
