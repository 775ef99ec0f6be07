import type { Operation } from "@nexus/protocol"
import { applyEdits, type TextEdit } from "../../text/text-edit.ts"
import { PanelDocument } from "./panel-document.ts"

/**
 * What to ask of the graph so that the panel's source takes the edits: one `panel_source` that expects the source the
 * edits were made for, so that two people's edits never mix unseen. No edits, no operation.
 */
export function toOperations(panel: string, source: string, edits: readonly TextEdit[]): Operation[] {
  const edited = applyEdits(source, edits)
  if (edited === source) return []
  return [{ kind: "panel_source", panel, source: edited, title: new PanelDocument(edited).title, expect: source }]
}
