import { StateEffect, StateField } from "@codemirror/state"
import { type Command, type EditorView, keymap, showTooltip, type Tooltip } from "@codemirror/view"
import type { Fix } from "@nexus/reactor/language"
import { languageOf, makeEdits, readingOf } from "./nxml-service.ts"

/** The open choice of fixes: it closes with the first change of the text or of the cursor. */
interface Choice {
  readonly pos: number
  readonly fixes: readonly Fix[]
  readonly chosen: number
}

const setChoice = StateEffect.define<Choice | undefined>()

const choice = StateField.define<Choice | undefined>({
  create: () => undefined,
  update(value, { docChanged, selection, effects }) {
    for (const effect of effects) if (effect.is(setChoice)) return effect.value
    return docChanged || selection ? undefined : value
  },
  provide: (field) => showTooltip.from(field, (open) => (open ? toTooltip(open) : null)),
})

/** Mod-.: mends what is at the cursor, else the first mistake that can be mended; asks where there are several ways. */
export const mend: Command = (view) => {
  void offer(view)
  return true
}

async function offer(view: EditorView): Promise<void> {
  const language = languageOf(view)
  const { head } = view.state.selection.main
  const here = (await language?.ask("fixes", { offset: head })) ?? []
  if (here.length > 0) return choose(view, head, here)
  const reading = readingOf(view) ?? (await language?.ask("reading", { offset: 0 }))
  for (const { range } of reading?.diagnostics ?? []) {
    const there = (await language?.ask("fixes", { offset: range.offset, to: range.offset + range.length })) ?? []
    if (there.length === 0) continue
    return choose(view, range.offset, there)
  }
}

function choose(view: EditorView, pos: number, fixes: readonly Fix[]): void {
  const [only, another] = fixes
  if (only && !another) makeEdits(view, only.edits, "input.fix")
  else view.dispatch({ effects: setChoice.of({ pos, fixes, chosen: 0 }) })
}

function take(view: EditorView, fix: Fix | undefined): boolean {
  view.dispatch({ effects: setChoice.of(undefined) })
  view.focus()
  return fix !== undefined && makeEdits(view, fix.edits, "input.fix")
}

function toTooltip({ pos, fixes, chosen }: Choice): Tooltip {
  return {
    pos,
    strictSide: false,
    create(view) {
      const list = document.createElement("ul")
      list.className = "cm-nx-fixes"
      list.setAttribute("role", "listbox")
      list.setAttribute("aria-label", "Ways to mend it")
      for (const [index, fix] of fixes.entries()) {
        const item = document.createElement("li")
        item.setAttribute("role", "option")
        item.setAttribute("aria-selected", String(index === chosen))
        item.textContent = fix.label
        item.onmousedown = (event) => {
          event.preventDefault()
          take(view, fix)
        }
        list.append(item)
      }
      return { dom: list }
    },
  }
}

function move(by: number): Command {
  return (view) => {
    const open = view.state.field(choice, false)
    if (!open) return false
    const { length } = open.fixes
    view.dispatch({ effects: setChoice.of({ ...open, chosen: (open.chosen + by + length) % length }) })
    return true
  }
}

/** True when a choice was open and is closed now. */
export function closeFixes(view: EditorView): boolean {
  if (!view.state.field(choice, false)) return false
  view.dispatch({ effects: setChoice.of(undefined) })
  return true
}

/** The choice of fixes and its keys. */
export const nxmlFixes = [
  choice,
  keymap.of([
    { key: "ArrowDown", run: move(1) },
    { key: "ArrowUp", run: move(-1) },
    {
      key: "Enter",
      run: (view) => {
        const open = view.state.field(choice, false)
        return open !== undefined && take(view, open.fixes[open.chosen])
      },
    },
    { key: "Escape", run: closeFixes },
  ]),
]
