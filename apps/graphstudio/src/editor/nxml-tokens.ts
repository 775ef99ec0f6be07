import { type Extension, Prec, type Range, StateEffect, StateField } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view"
import type { Token } from "@nexus/reactor/language"

export const setTokens = StateEffect.define<readonly Token[]>()

const marks = new Map<string, Decoration>()

function markOf(kind: string): Decoration {
  let mark = marks.get(kind)
  if (!mark) {
    mark = Decoration.mark({ class: `cm-nx-${kind}` })
    marks.set(kind, mark)
  }
  return mark
}

const tokens = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, { changes, effects, newDoc }) {
    for (const effect of effects) if (effect.is(setTokens)) return decorations(effect.value, newDoc.length)
    return value.map(changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

function decorations(found: readonly Token[], length: number): DecorationSet {
  const ranges: Range<Decoration>[] = []
  for (const { offset, length: size, kind } of found) {
    if (size > 0 && offset + size <= length) ranges.push(markOf(kind).range(offset, offset + size))
  }
  return Decoration.set(ranges)
}

/** Names in the colour of what they mean, for the lines on screen; between two answers the colours move with the text. */
export function nxmlTokens(): Extension {
  // Innermost, so that a name in an attribute is not the colour of the attribute.
  return Prec.highest(tokens)
}
