import type { Diagnostic as Mark } from "@codemirror/lint"
import type { EditorView } from "@codemirror/view"
import type { Diagnostic } from "@nexus/protocol"
import { sayAgain } from "../words/say.ts"

/** A finding as CodeMirror underlines it; `mend` makes the edit it proposes. */
export function toMark(
  finding: Diagnostic,
  length: number,
  mend: (view: EditorView, finding: Diagnostic) => boolean,
): Mark {
  const mark: Mark = {
    ...markRange(finding, length),
    severity: finding.severity,
    message: sayAgain(finding.message),
    renderMessage: () => message(finding),
  }
  const { fix } = finding
  return fix ? { ...mark, actions: [{ name: sayAgain(fix.label), apply: (view) => mend(view, finding) }] } : mark
}

/** At least one character wide, so that a mistake at the end of the text can be seen. */
export function markRange(finding: Diagnostic, length: number): { readonly from: number; readonly to: number } {
  const from = Math.min(finding.range.offset, length)
  const to = Math.min(from + Math.max(1, finding.range.length), length)
  return from === to ? { from: Math.max(0, from - 1), to } : { from, to }
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
export function findingInWords({ message: english, hint }: Diagnostic): string {
  const message = sayAgain(english)
  const stopped = /[.!?]$/.test(message) ? message : `${message}.`
  return hint ? `${stopped} ${sayAgain(hint)}` : stopped
}
