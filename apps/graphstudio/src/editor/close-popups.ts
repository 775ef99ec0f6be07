import { clearSnippet, closeCompletion } from "@codemirror/autocomplete"
import type { EditorView } from "@codemirror/view"
import { closeFixes } from "./nxml-fixes.ts"
import { closeRename } from "./nxml-rename.ts"

/** Closes whatever is open over the text: completions, the choice of fixes, the box of a new name, a snippet's stops. */
export function closePopups(view: EditorView): boolean {
  return closeCompletion(view) || closeFixes(view) || closeRename(view) || clearSnippet(view)
}
