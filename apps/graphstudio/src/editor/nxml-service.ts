import { setDiagnostics } from "@codemirror/lint"
import { type ChangeSet, Facet, StateEffect, StateField } from "@codemirror/state"
import { type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view"
import type { Diagnostic } from "@nexus/protocol"
import type { TextEdit } from "@nexus/reactor/language"
import { LanguageClient, type LanguagePort } from "../language/client.ts"
import type { Reading } from "../language/messages.ts"
import { toMark } from "./nxml-marks.ts"
import { setTokens } from "./nxml-tokens.ts"

/** Who is told about the text from inside the editor. */
export interface NxmlListener {
  readonly startWorker: () => LanguagePort
  readonly onReading: (reading: Reading) => void
}

export const nxmlListener: Facet<NxmlListener, NxmlListener | undefined> = Facet.define({
  combine: ([listener]) => listener,
})

const setReading = StateEffect.define<Reading>()

/** What the worker said about this very text; undefined from a keystroke until it has read again. */
export const freshReading: StateField<Reading | undefined> = StateField.define<Reading | undefined>({
  create: () => undefined,
  update(value, { docChanged, effects }) {
    for (const effect of effects) if (effect.is(setReading)) return effect.value
    return docChanged ? undefined : value
  },
})

/** Tells the worker what is typed, and the editor what the worker says. */
class NxmlService {
  readonly client: LanguageClient
  readonly #view: EditorView
  readonly #listener: NxmlListener

  constructor(view: EditorView) {
    const listener = view.state.facet(nxmlListener)
    if (!listener) throw new Error("The NXML service needs a listener.")
    this.#view = view
    this.#listener = listener
    this.client = new LanguageClient({
      port: listener.startWorker(),
      source: view.state.doc.toString(),
      onReading: (read) => this.#hear(read),
      onFailure: (message) => console.error(message),
    })
  }

  update(update: ViewUpdate): void {
    if (update.docChanged) this.client.edit(editsOf(update.changes))
    else if (update.viewportChanged) this.#colour()
  }

  destroy(): void {
    this.client.close()
  }

  #hear(read: Reading): void {
    const { state } = this.#view
    const marks = read.diagnostics.map((finding) => toMark(finding, state.doc.length, applyFix))
    this.#view.dispatch({ effects: setReading.of(read) }, setDiagnostics(state, marks))
    this.#listener.onReading(read)
    this.#colour()
  }

  /** Colours for what is on screen, by meaning; asked for that stretch alone. */
  async #colour(): Promise<void> {
    const { from, to } = this.#view.viewport
    const tokens = await this.client.ask("tokens", { offset: from, to })
    if (tokens) this.#view.dispatch({ effects: setTokens.of(tokens) })
  }
}

export const nxmlService: ViewPlugin<NxmlService> = ViewPlugin.fromClass(NxmlService)

/** The worker's client of this editor. */
export function languageOf(view: EditorView): LanguageClient | undefined {
  return view.plugin(nxmlService)?.client
}

/** What was typed, as edits that count in the text before. */
export function editsOf(changes: ChangeSet): TextEdit[] {
  const edits: TextEdit[] = []
  changes.iterChanges((from, to, _fromB, _toB, inserted) => {
    edits.push({ offset: from, length: to - from, text: inserted.toString() })
  })
  return edits
}

/** Makes edits that count in the text as it is now; false where it may not be changed. */
export function makeEdits(view: EditorView, edits: readonly TextEdit[], userEvent: string): boolean {
  if (view.state.readOnly || edits.length === 0) return false
  const changes = edits.map(({ offset, length, text }) => ({ from: offset, to: offset + length, insert: text }))
  view.dispatch({ changes, userEvent, scrollIntoView: true })
  return true
}

/** Makes the edit that a finding proposes, unless something was typed since it was found. */
export function applyFix(view: EditorView, finding: Diagnostic): boolean {
  const known = view.state.field(freshReading, false)?.diagnostics.includes(finding)
  return known === true && finding.fix !== undefined && makeEdits(view, [finding.fix], "input.fix")
}
