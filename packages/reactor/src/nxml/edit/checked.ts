import type { Diagnostic } from "@nexus/protocol"
import { applyEdits, type Edited, inOrder, type TextEdit } from "../../text/text-edit.ts"
import { PanelDocument } from "./panel-document.ts"

/**
 * The edits, or a sentence when they would bring an error that was not there. So no edit by structure needs to know
 * every rule of the language: the checks are asked, and an edit that would break something is refused as a whole.
 */
export function checked(document: PanelDocument, edits: Edited): Edited {
  if (typeof edits === "string" || edits.length === 0) return edits
  const broken = newError(document, edits)
  if (broken === undefined) return inOrder(edits)
  const { message, hint, range } = broken
  return `Line ${range.line} would be wrong: ${message}${hint === undefined ? "" : `. ${hint}`}`
}

function newError(document: PanelDocument, edits: readonly TextEdit[]): Diagnostic | undefined {
  const before = errorsOf(document).map(keyOf)
  const after = new PanelDocument(applyEdits(document.source, edits), document.options)
  return errorsOf(after).find((error) => {
    const known = before.indexOf(keyOf(error))
    if (known >= 0) before.splice(known, 1)
    return known < 0
  })
}

function errorsOf(document: PanelDocument): readonly Diagnostic[] {
  return document.parsed.diagnostics.filter(({ severity }) => severity === "error")
}

function keyOf({ code, message }: Diagnostic): string {
  return `${code} ${message}`
}
