import { StateEffect, StateField } from "@codemirror/state"
import { type Command, Decoration, EditorView, showTooltip, type Tooltip } from "@codemirror/view"
import type { Renameable, Span } from "@nexus/reactor/language"
import { languageOf, makeEdits } from "./nxml-service.ts"

interface Renaming extends Renameable {
  readonly spans: readonly Span[]
}

const setRenaming = StateEffect.define<Renaming | undefined>()

const renaming = StateField.define<Renaming | undefined>({
  create: () => undefined,
  update(value, { docChanged, effects }) {
    for (const effect of effects) if (effect.is(setRenaming)) return effect.value
    return docChanged ? undefined : value
  },
  provide: (field) => [
    showTooltip.from(field, (open) => (open ? toTooltip(open) : null)),
    EditorView.decorations.from(field, (open) =>
      Decoration.set((open?.spans ?? []).map(({ offset, length }) => place.range(offset, offset + length))),
    ),
  ],
})

const place = Decoration.mark({ class: "cm-nx-place" })

/** F2: a box at the name; every place it stands is marked meanwhile. */
export const rename: Command = (view) => {
  void open(view)
  return true
}

async function open(view: EditorView): Promise<void> {
  if (view.state.readOnly) return
  const language = languageOf(view)
  const at = { offset: view.state.selection.main.head }
  const [found, spans] = await Promise.all([language?.ask("renameable", at), language?.ask("references", at)])
  if (found && spans) view.dispatch({ effects: setRenaming.of({ ...found, spans }) })
}

/** True when the box was open and is closed now. */
export function closeRename(view: EditorView): boolean {
  if (!view.state.field(renaming, false)) return false
  view.dispatch({ effects: setRenaming.of(undefined) })
  view.focus()
  return true
}

function toTooltip({ name, offset, places }: Renaming): Tooltip {
  return {
    pos: offset,
    strictSide: false,
    create(view) {
      const box = document.createElement("form")
      box.className = "cm-nx-rename"
      const input = document.createElement("input")
      input.value = name
      input.setAttribute("aria-label", `New name of ${name}`)
      input.spellcheck = false
      input.size = Math.max(12, name.length + 4)
      const said = document.createElement("span")
      said.setAttribute("role", "status")
      said.textContent = places === 1 ? "1 place" : `${places} places`
      box.append(input, said)
      box.onsubmit = (event) => {
        event.preventDefault()
        void apply(view, offset, input.value.trim(), said)
      }
      box.onkeydown = (event) => {
        if (event.key !== "Escape") return
        event.preventDefault()
        event.stopPropagation()
        closeRename(view)
      }
      return {
        dom: box,
        mount() {
          input.focus()
          input.select()
        },
      }
    },
  }
}

async function apply(view: EditorView, offset: number, name: string, said: HTMLElement): Promise<void> {
  const edits = await languageOf(view)?.ask("rename", { offset, name })
  if (typeof edits === "string") {
    said.textContent = edits
    said.className = "cm-nx-refused"
    return
  }
  closeRename(view)
  if (edits) makeEdits(view, edits, "input.rename")
}

export const nxmlRename = renaming
