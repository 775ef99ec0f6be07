import {
  type ChangeSet,
  type EditorState,
  type Extension,
  Prec,
  type Range,
  RangeSet,
  StateEffect,
  StateField,
  type TransactionSpec,
} from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view"
import type { Token } from "@nexus/reactor/language"

const setColours = StateEffect.define<DecorationSet>()

const marks = new Map<string, Decoration>()

function markOf(kind: string): Decoration {
  let mark = marks.get(kind)
  if (!mark) {
    // What is typed at its end is most likely more of the same.
    mark = Decoration.mark({ class: `cm-nx-${kind}`, inclusiveEnd: true })
    marks.set(kind, mark)
  }
  return mark
}

const tokens = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, { changes, effects }) {
    for (const effect of effects) if (effect.is(setColours)) return effect.value
    return moved(value, changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** A word that grows keeps its colour; anything else that is typed behind it waits for its own. */
function moved(value: DecorationSet, changes: ChangeSet): DecorationSet {
  let along = value.map(changes)
  changes.iterChanges((_fromA, _toA, from, to, inserted) => {
    if (from === to || /^\w+$/.test(inserted.toString())) return
    const cut: Range<Decoration>[] = []
    const filter = (start: number, end: number, mark: Decoration) => {
      if (start >= from || end !== to) return true
      cut.push(mark.range(start, from))
      return false
    }
    along = along.update({ filterFrom: from, filterTo: to, filter })
    if (cut.length > 0) along = along.update({ add: cut, sort: true })
  })
  return along
}

function decorations(found: readonly Token[], length: number): DecorationSet {
  const ranges: Range<Decoration>[] = []
  for (const { offset, length: size, kind } of found) {
    if (size > 0 && offset + size <= length) ranges.push(markOf(kind).range(offset, offset + size))
  }
  return Decoration.set(ranges)
}

/** What draws these tokens; nothing where the colours that moved along are still the right ones. */
export function newColours(state: EditorState, found: readonly Token[]): TransactionSpec[] {
  const fresh = decorations(found, state.doc.length)
  const shown = state.field(tokens, false)
  const [first] = found
  const last = found.at(-1)
  if (!shown || !first || !last) return []
  const same = RangeSet.eq([shown], [fresh], first.offset, last.offset + last.length)
  return same ? [] : [{ effects: setColours.of(fresh) }]
}

/** Names in the colour of what they mean, for the lines on screen; between two answers the colours move with the text. */
export function nxmlTokens(): Extension {
  // Innermost, so that a name in an attribute is not the colour of the attribute.
  return Prec.highest(tokens)
}
