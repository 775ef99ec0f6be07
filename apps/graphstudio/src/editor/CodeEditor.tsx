import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
} from "@codemirror/autocomplete"
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands"
import { autoCloseTags } from "@codemirror/lang-xml"
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from "@codemirror/language"
import { EditorState } from "@codemirror/state"
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view"
import type { Diagnostic } from "@nexus/protocol"
import { type Ref, useEffect, useImperativeHandle, useRef } from "react"
import { completeNxml } from "./nxml-complete.ts"
import { nxml } from "./nxml-language.ts"
import { applyFix, fixNearest, goTo, nxmlLint } from "./nxml-lint.ts"
import { nxmlLook } from "./nxml-look.ts"

/** What may be done to the text from outside. */
export interface CodeEditorHandle {
  replace(source: string): void
  goTo(offset: number): void
  goToLine(line: number): void
  fix(finding: Diagnostic): void
  /** Closes the open list of completions; false when none was open. */
  closeCompletion(): boolean
}

interface CodeEditorProps {
  readonly initial: string
  readonly readOnly: boolean
  readonly onChange: (source: string) => void
  readonly onFindings: (findings: readonly Diagnostic[]) => void
  readonly onSave: () => void
  readonly ref: Ref<CodeEditorHandle>
}

/** The text of one panel. CodeMirror owns it; React only starts it and listens. */
export function CodeEditor({ initial, readOnly, onChange, onFindings, onSave, ref }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const told = useRef({ onChange, onFindings, onSave })
  useEffect(() => {
    told.current = { onChange, onFindings, onSave }
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: the first text only; later ones come through `replace`
  useEffect(() => {
    if (!host.current) return
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: initial,
        extensions: [
          lineNumbers(),
          foldGutter(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          drawSelection(),
          history(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          nxml(),
          autoCloseTags,
          autocompletion({ override: [completeNxml], icons: false }),
          nxmlLint((findings) => told.current.onFindings(findings)),
          nxmlLook,
          EditorState.readOnly.of(readOnly),
          EditorState.tabSize.of(2),
          EditorView.contentAttributes.of({ "aria-label": "NXML source" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) told.current.onChange(update.state.doc.toString())
          }),
          keymap.of([
            { key: "Mod-s", preventDefault: true, run: () => save(told.current.onSave) },
            { key: "Mod-.", preventDefault: true, run: fixNearest },
            ...closeBracketsKeymap,
            ...completionKeymap,
            ...foldKeymap,
            ...historyKeymap,
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

  useImperativeHandle(ref, () => ({
    replace: (source) => {
      const { current } = view
      current?.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: source } })
      current?.focus()
    },
    goTo: (offset) => view.current && goTo(view.current, offset),
    goToLine: (line) => {
      const doc = view.current?.state.doc
      if (view.current && doc) goTo(view.current, doc.line(Math.min(Math.max(1, line), doc.lines)).from)
    },
    fix: (finding) => view.current && applyFix(view.current, finding),
    closeCompletion: () => view.current !== undefined && closeCompletion(view.current),
  }))

  return <div ref={host} className="h-full overflow-hidden" />
}

function save(onSave: () => void): boolean {
  onSave()
  return true
}
