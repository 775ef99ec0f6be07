import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete"
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands"
import { bracketMatching, foldKeymap, indentOnInput } from "@codemirror/language"
import { nextDiagnostic, previousDiagnostic } from "@codemirror/lint"
import { EditorState } from "@codemirror/state"
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  tooltips,
} from "@codemirror/view"
import type { Diagnostic, Panel } from "@nexus/protocol"
import type { SharedText } from "@nexus/reactor/text"
import { type Ref, useEffect, useImperativeHandle, useRef } from "react"
import type { Crumb, Reading, Surroundings } from "../language/messages.ts"
import { startLanguageWorker } from "../language/start-worker.ts"
import { say } from "../words/say.ts"
import type { Place } from "../workspace/studio.ts"
import { closePopups } from "./close-popups.ts"
import { completeNxml, focusableList } from "./nxml-complete.ts"
import { crumbs } from "./nxml-crumbs.ts"
import { mend, nxmlFixes } from "./nxml-fixes.ts"
import { nxmlFolds } from "./nxml-folds.ts"
import { format } from "./nxml-format.ts"
import { clickToDefinition, definition, goTo, references, type Use } from "./nxml-go.ts"
import { nxmlHover } from "./nxml-hover.ts"
import { nxmlLook } from "./nxml-look.ts"
import { nxmlRename, rename } from "./nxml-rename.ts"
import { applyFix, languageOf, nxmlListener, nxmlService, readingOf } from "./nxml-service.ts"
import { nxmlTokens } from "./nxml-tokens.ts"
import { nxmlTyping } from "./nxml-typing.ts"
import { sharedEditing } from "./shared-editing.ts"

/** What may be done to the text from outside. */
export interface CodeEditorHandle {
  text(): string
  replace(source: string): void
  goTo(offset: number, length?: number): void
  fix(finding: Diagnostic): void
  /** The panel that this text says, as far as it can be read; undefined when it was changed meanwhile. */
  panel(): Promise<Panel | undefined>
  /** The panel of this very text, where it is known to work; undefined as soon as a key was pressed since. */
  workingPanel(): Promise<Panel | undefined>
  /** What the worker says about the text as it is now; undefined when it was changed meanwhile. */
  reading(): Promise<Reading | undefined>
  /** Closes the open list, choice or box; false when none was open. */
  closePopups(): boolean
}

/** What the editor tells: all of it comes from the worker but `onChange`. */
export interface CodeEditorEvents {
  readonly onChange: () => void
  readonly onReading: (reading: Reading) => void
  readonly onCrumbs: (crumbs: readonly Crumb[]) => void
  readonly onUses: (name: string, uses: readonly Use[]) => void
  readonly onSave: () => void
}

interface CodeEditorProps extends CodeEditorEvents {
  readonly initial: string
  /** The text that others write too; `initial` is then what it is now. */
  readonly shared?: SharedText | undefined
  readonly around: Surroundings
  readonly readOnly: boolean
  /** Where the cursor stands first, and whenever another place is asked for; outside the text, the nearest in it. */
  readonly place: Place
  readonly ref: Ref<CodeEditorHandle>
}

/** The text of one panel. CodeMirror owns it; React only starts it and listens. */
export function CodeEditor({ initial, shared, around, readOnly, place, ref, ...events }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const told = useRef<CodeEditorEvents>(events)
  useEffect(() => {
    told.current = events
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: the first text only; later ones come through `replace`
  useEffect(() => {
    if (!host.current) return
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: shared?.document.toString() ?? initial,
        extensions: [
          lineNumbers(),
          nxmlFolds(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          shared ? sharedEditing(shared, readOnly) : [history(), keymap.of(historyKeymap)],
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          nxmlTyping(),
          nxmlListener.of({
            startWorker: startLanguageWorker,
            around,
            onReading: (reading) => told.current.onReading(reading),
          }),
          nxmlService,
          nxmlTokens(),
          nxmlHover,
          nxmlFixes,
          nxmlRename,
          clickToDefinition,
          crumbs((path) => told.current.onCrumbs(path)),
          autocompletion({ override: [completeNxml], icons: false, activateOnTypingDelay: 40 }),
          focusableList,
          // The text is cut off at its edges, so what floats over it finds its room within them.
          tooltips({ tooltipSpace: ({ dom }) => dom.getBoundingClientRect() }),
          nxmlLook,
          EditorState.readOnly.of(readOnly),
          EditorState.tabSize.of(2),
          EditorView.contentAttributes.of({ "aria-label": say("NXML source") }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) told.current.onChange()
          }),
          keymap.of([
            { key: "Mod-s", preventDefault: true, run: () => save(told.current.onSave) },
            { key: "Mod-.", preventDefault: true, run: mend },
            { key: "F12", preventDefault: true, run: definition },
            { key: "Shift-F12", preventDefault: true, run: references((...found) => told.current.onUses(...found)) },
            { key: "F2", preventDefault: true, run: rename },
            { key: "Shift-Alt-f", preventDefault: true, run: format },
            { key: "F8", preventDefault: true, run: nextDiagnostic, shift: previousDiagnostic },
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...foldKeymap,
            ...defaultKeymap,
            indentWithTab,
          ]),
        ],
      }),
    })
    view.current = made
    made.focus()
    return () => made.destroy()
  }, [])

  const { line, column = 1 } = place
  useEffect(() => {
    const doc = view.current?.state.doc
    if (!view.current || !doc || line === undefined) return
    const found = doc.line(Math.min(Math.max(1, line), doc.lines))
    goTo(view.current, Math.min(found.from + Math.max(0, column - 1), found.to))
  }, [line, column])

  useImperativeHandle(ref, () => ({
    text: () => view.current?.state.doc.toString() ?? initial,
    replace: (source) => {
      const { current } = view
      current?.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: source } })
      current?.focus()
    },
    goTo: (offset, length) => view.current && goTo(view.current, offset, length),
    fix: (finding) => view.current && applyFix(view.current, finding),
    panel: async () => view.current && languageOf(view.current)?.ask("panel", { offset: 0 }),
    workingPanel: async () => {
      const { current } = view
      return current && readingOf(current)?.works ? languageOf(current)?.ask("panel", { offset: 0 }) : undefined
    },
    reading: async () => view.current && languageOf(view.current)?.ask("reading", { offset: 0 }),
    closePopups: () => view.current !== undefined && closePopups(view.current),
  }))

  return <div ref={host} className="h-full overflow-hidden" />
}

function save(onSave: () => void): boolean {
  onSave()
  return true
}
