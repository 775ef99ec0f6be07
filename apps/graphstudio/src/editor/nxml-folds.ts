import { foldGutter, foldService } from "@codemirror/language"
import { type Extension, RangeSet, RangeValue, StateEffect, StateField } from "@codemirror/state"
import type { Fold } from "@nexus/reactor/language"

export const setFolds = StateEffect.define<readonly Fold[]>()

class Folded extends RangeValue {}
const folded = new Folded()

/** What can be folded, as the worker knows it; in between it moves along with the text. */
const folds = StateField.define<RangeSet<Folded>>({
  create: () => RangeSet.empty,
  update(value, { changes, effects, newDoc }) {
    for (const effect of effects) {
      if (!effect.is(setFolds)) continue
      const inside = effect.value.filter(({ offset, end }) => end > offset && end <= newDoc.length)
      return RangeSet.of(
        inside.map(({ offset, end }) => folded.range(offset, end)),
        true,
      )
    }
    return value.map(changes)
  },
})

/** Elements and comments of several lines fold at their first line, and their last line's end stays in sight. */
export function nxmlFolds(): Extension {
  return [
    folds,
    foldService.of((state, lineStart, lineEnd) => {
      let found: { from: number; to: number } | null = null
      state.field(folds).between(lineStart, lineEnd, (from, to) => {
        if (from < lineStart || to <= lineEnd) return undefined
        found = { from: Math.max(from, lineStart), to: state.doc.lineAt(to).from === to ? to - 1 : to }
        return false
      })
      return found
    }),
    foldGutter({ foldingChanged: ({ state, startState }) => state.field(folds) !== startState.field(folds) }),
  ]
}
