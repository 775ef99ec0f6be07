import { type Extension, type Range, StateEffect } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate, WidgetType } from "@codemirror/view"
import type { Writer } from "@nexus/protocol"
import type { SharedText } from "@nexus/reactor/text"
import * as Y from "yjs"
import { personColour } from "../ui/person-colour.ts"

/** A name is read soon, and stands in the way of the line below it after that. */
const NAME_MS = 2500

const moved = StateEffect.define<null>()

/** Where the others' cursors and selections stand, in their colours and with their names. */
export function remoteCursors(text: SharedText): Extension {
  return [look, ViewPlugin.define((view) => new RemoteCursors(view, text), { decorations: (held) => held.decorations })]
}

class RemoteCursors {
  decorations: DecorationSet
  readonly #text: SharedText
  readonly #stop: () => void
  #told: readonly Writer[] = []

  constructor(view: EditorView, text: SharedText) {
    this.#text = text
    this.decorations = decorationsOf(view, text)
    this.#stop = text.onNews(() => {
      if (text.writers === this.#told) return
      this.#told = text.writers
      view.dispatch({ effects: moved.of(null) })
    })
  }

  update({ docChanged, transactions, view }: ViewUpdate): void {
    const told = transactions.some(({ effects }) => effects.some((effect) => effect.is(moved)))
    if (docChanged || told) this.decorations = decorationsOf(view, this.#text)
  }

  destroy(): void {
    this.#stop()
  }
}

function decorationsOf(view: EditorView, shared: SharedText): DecorationSet {
  const { doc, text } = shared.document
  const { length } = view.state.doc
  const at = (position: Uint8Array): number | undefined => {
    try {
      const found = Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(position), doc)
      return found?.type === text ? Math.min(found.index, length) : undefined
    } catch {
      // What another page says of its cursor may be no position at all.
      return undefined
    }
  }
  const ranges: Range<Decoration>[] = []
  for (const { session, user, name, selection } of shared.others) {
    const anchor = selection ? at(selection.anchor) : undefined
    const head = selection ? at(selection.head) : undefined
    if (anchor === undefined || head === undefined) continue
    const style = `--nx-person: ${personColour(user)}`
    const [from, to] = anchor < head ? [anchor, head] : [head, anchor]
    if (from < to) ranges.push(Decoration.mark({ class: "cm-nx-theirs", attributes: { style } }).range(from, to))
    ranges.push(Decoration.widget({ widget: new Caret(session, name, style, selection), side: 1 }).range(head))
  }
  return Decoration.set(ranges, true)
}

class Caret extends WidgetType {
  readonly #session: string
  readonly #name: string
  readonly #style: string
  readonly #selection: Writer["selection"]

  constructor(session: string, name: string, style: string, selection: Writer["selection"]) {
    super()
    this.#selection = selection
    this.#session = session
    this.#name = name
    this.#style = style
  }

  override eq(other: Caret): boolean {
    return this.#session === other.#session && this.#name === other.#name && this.#selection === other.#selection
  }

  override toDOM(): HTMLElement {
    const caret = document.createElement("span")
    caret.className = "cm-nx-caret"
    caret.setAttribute("style", this.#style)
    // Who writes here is said beside the text; in it, names would be read out in the middle of words.
    caret.setAttribute("aria-hidden", "true")
    const label = document.createElement("span")
    label.textContent = this.#name
    caret.append(label)
    setTimeout(() => caret.classList.add("cm-nx-resting"), NAME_MS)
    return caret
  }

  override ignoreEvent(): boolean {
    return true
  }
}

const look = EditorView.theme({
  ".cm-nx-theirs": { backgroundColor: "color-mix(in oklab, var(--nx-person) 22%, transparent)" },
  ".cm-nx-caret": {
    position: "relative",
    marginInline: "-1px",
    borderLeft: "2px solid var(--nx-person)",
  },
  ".cm-nx-caret > span": {
    position: "absolute",
    top: "100%",
    left: "-2px",
    zIndex: "5",
    padding: "0 5px",
    borderRadius: "0 4px 4px 4px",
    backgroundColor: "var(--nx-person)",
    color: "var(--nx-surface)",
    font: "500 11px/16px var(--nx-font)",
    whiteSpace: "nowrap",
    pointerEvents: "none",
    transition: "opacity 160ms ease-out",
  },
  ".cm-nx-caret.cm-nx-resting:not(:hover) > span": { opacity: "0" },
})
