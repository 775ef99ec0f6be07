import { diagnosticCount, setDiagnostics } from "@codemirror/lint"
import { type ChangeSet, Facet } from "@codemirror/state"
import { type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view"
import type { Diagnostic } from "@nexus/protocol"
import type { TextEdit } from "@nexus/reactor/language"
import { LanguageClient, type LanguagePort } from "../language/client.ts"
import type { Reading, Surroundings } from "../language/messages.ts"
import { setFolds } from "./nxml-folds.ts"
import { toMark } from "./nxml-marks.ts"
import { newColours } from "./nxml-tokens.ts"

/** Who is told about the text from inside the editor. */
export interface NxmlListener {
  readonly startWorker: () => LanguagePort
  readonly around: Surroundings
  readonly onReading: (reading: Reading) => void
}

export const nxmlListener: Facet<NxmlListener, NxmlListener | undefined> = Facet.define({
  combine: ([listener]) => listener,
})

/** In the browser's own timings: from a keystroke to the mistakes it made or mended, on the screen's next frame. */
const TYPED_TO_READ = "nxml: typed to read"

const REST_MS = 250

/** Tells the worker what is typed, and the editor what the worker says. */
class NxmlService {
  readonly client: LanguageClient
  readonly #view: EditorView
  readonly #listener: NxmlListener
  #reading: Reading | undefined
  #typedAt = performance.now()
  #rests: ReturnType<typeof setTimeout> | undefined

  constructor(view: EditorView) {
    const listener = view.state.facet(nxmlListener)
    if (!listener) throw new Error("The NXML service needs a listener.")
    this.#view = view
    this.#listener = listener
    this.client = new LanguageClient({
      start: listener.startWorker,
      source: () => view.state.doc.toString(),
      around: listener.around,
      onReading: (read) => this.#hear(read),
      onFailure: (message) => console.error(message),
    })
  }

  /** What the worker said about this very text; undefined from a keystroke until it has read again. */
  get reading(): Reading | undefined {
    return this.#reading
  }

  update({ docChanged, viewportChanged, changes, view }: ViewUpdate): void {
    if (docChanged) {
      this.#reading = undefined
      this.#typedAt = performance.now()
      this.client.edit(editsOf(changes), view.viewport)
    } else if (viewportChanged) this.#colour()
  }

  destroy(): void {
    clearTimeout(this.#rests)
    this.client.close()
  }

  #hear(read: Reading): void {
    this.#reading = read
    const { state } = this.#view
    const marks = read.diagnostics.map((finding) => toMark(finding, state.doc.length, applyFix))
    // Most keys change neither: then nothing is drawn again.
    const marked = marks.length > 0 || diagnosticCount(state) > 0 ? [setDiagnostics(state, marks)] : []
    const coloured = newColours(state, read.tokens)
    if (marked.length + coloured.length > 0) this.#view.dispatch(...marked, ...coloured)
    performance.clearMeasures(TYPED_TO_READ)
    performance.measure(TYPED_TO_READ, { start: this.#typedAt })
    this.#listener.onReading(read)
    clearTimeout(this.#rests)
    this.#rests = setTimeout(() => this.#rest(), REST_MS)
  }

  /** What can be folded changes seldom, and is asked for when the keys rest. */
  async #rest(): Promise<void> {
    const folds = await this.client.ask("folds", { offset: 0 })
    if (folds) this.#view.dispatch({ effects: setFolds.of(folds) })
  }

  /** Colours for what was scrolled to. */
  async #colour(): Promise<void> {
    const { from, to } = this.#view.viewport
    const tokens = await this.client.ask("tokens", { offset: from, to })
    if (tokens) this.#view.dispatch(...newColours(this.#view.state, tokens))
  }
}

export const nxmlService: ViewPlugin<NxmlService> = ViewPlugin.fromClass(NxmlService)

/** The worker's client of this editor. */
export function languageOf(view: EditorView): LanguageClient | undefined {
  return view.plugin(nxmlService)?.client
}

/** What the worker said about this very text, if it has. */
export function readingOf(view: EditorView): Reading | undefined {
  return view.plugin(nxmlService)?.reading
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
  const known = readingOf(view)?.diagnostics.includes(finding)
  return known === true && finding.fix !== undefined && makeEdits(view, [finding.fix], "input.fix")
}
