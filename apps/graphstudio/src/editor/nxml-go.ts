import { type Command, EditorView } from "@codemirror/view"
import type { Span } from "@nexus/reactor/language"
import { languageOf } from "./nxml-service.ts"

/** Puts the cursor on a place and shows it. */
export function goTo(view: EditorView, offset: number, length = 0): void {
  const anchor = Math.min(offset, view.state.doc.length)
  const head = Math.min(offset + length, view.state.doc.length)
  view.dispatch({ selection: { anchor, head }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) })
  view.focus()
}

async function goToDefinition(view: EditorView, offset: number): Promise<void> {
  const found = await languageOf(view)?.ask("definition", { offset })
  if (found) goTo(view, found.offset, found.length)
}

/** F12: to where the name at the cursor is declared. */
export const definition: Command = (view) => {
  void goToDefinition(view, view.state.selection.main.head)
  return true
}

/** A place where a name is used, with the line it stands in. */
export interface Use {
  readonly offset: number
  readonly length: number
  readonly line: number
  readonly text: string
}

/** Shift-F12: every place of the name at the cursor. */
export function references(onUses: (name: string, uses: readonly Use[]) => void): Command {
  return (view) => {
    void listUses(view, onUses)
    return true
  }
}

async function listUses(view: EditorView, onUses: (name: string, uses: readonly Use[]) => void): Promise<void> {
  const found = await languageOf(view)?.ask("references", { offset: view.state.selection.main.head })
  const [first] = found ?? []
  if (!found || !first) return
  const name = view.state.sliceDoc(first.offset, first.offset + first.length)
  onUses(
    name,
    found.map((spot) => toUse(view, spot)),
  )
}

function toUse(view: EditorView, { offset, length }: Span): Use {
  const line = view.state.doc.lineAt(offset)
  return { offset, length, line: line.number, text: line.text.trim() }
}

/** A click with Mod held goes to the definition of what was clicked. */
export const clickToDefinition = EditorView.domEventHandlers({
  mousedown(event, view) {
    const apple = /mac|iphone|ipad/i.test(navigator.userAgent)
    if (event.button !== 0 || !(apple ? event.metaKey : event.ctrlKey)) return false
    const offset = view.posAtCoords({ x: event.clientX, y: event.clientY })
    if (offset === null) return false
    event.preventDefault()
    void goToDefinition(view, offset)
    return true
  },
})
