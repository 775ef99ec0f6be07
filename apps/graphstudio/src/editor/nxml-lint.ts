import { linter, type Diagnostic as Mark } from "@codemirror/lint"
import { type Command, EditorView } from "@codemirror/view"
import type { Diagnostic } from "@nexus/protocol"
import { parsePanel } from "@nexus/reactor"

/** Underlines what the reactor finds, while typing, and tells the findings on. */
export function nxmlLint(onFindings: (findings: readonly Diagnostic[]) => void) {
  return linter(
    (view) => {
      const source = view.state.doc.toString()
      const { diagnostics } = parsePanel(source)
      onFindings(diagnostics)
      return diagnostics.map((finding) => toMark(finding, source.length))
    },
    { delay: 150 },
  )
}

/** At least one character wide, so that a mistake at the end of the text can be seen. */
export function markRange(finding: Diagnostic, length: number): { readonly from: number; readonly to: number } {
  const from = Math.min(finding.range.offset, length)
  const to = Math.min(from + Math.max(1, finding.range.length), length)
  return from === to ? { from: Math.max(0, from - 1), to } : { from, to }
}

function toMark(finding: Diagnostic, length: number): Mark {
  const mark: Mark = {
    ...markRange(finding, length),
    severity: finding.severity,
    message: finding.message,
    renderMessage: () => message(finding),
  }
  const { fix } = finding
  return fix ? { ...mark, actions: [{ name: `${fix.label}`, apply: (view) => applyFix(view, finding) }] } : mark
}

function message(finding: Diagnostic): HTMLElement {
  const box = document.createElement("div")
  box.textContent = findingInWords(finding)
  const code = document.createElement("span")
  code.className = "cm-nexus-code"
  code.textContent = finding.code
  box.append(code)
  return box
}

/** What is wrong and what to do, as two sentences. */
export function findingInWords({ message, hint }: Diagnostic): string {
  const stopped = /[.!?]$/.test(message) ? message : `${message}.`
  return hint ? `${stopped} ${hint}` : stopped
}

/** Makes the edit that a finding proposes. */
export function applyFix(view: EditorView, { fix }: Diagnostic): boolean {
  if (!fix || view.state.readOnly) return false
  const length = view.state.doc.length
  const from = Math.min(fix.offset, length)
  const to = Math.min(from + fix.length, length)
  view.dispatch({ changes: { from, to, insert: fix.text }, userEvent: "input.fix", scrollIntoView: true })
  return true
}

/** One key: fixes the finding at the cursor, else the first that can be fixed. */
export const fixNearest: Command = (view) => {
  const { head } = view.state.selection.main
  const fixable = parsePanel(view.state.doc.toString()).diagnostics.filter(({ fix }) => fix)
  const here = fixable.find(({ range }) => head >= range.offset && head <= range.offset + range.length)
  const finding = here ?? fixable[0]
  return finding ? applyFix(view, finding) : false
}

/** Puts the cursor on a finding and shows it. */
export function goTo(view: EditorView, offset: number): void {
  const anchor = Math.min(offset, view.state.doc.length)
  view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) })
  view.focus()
}
