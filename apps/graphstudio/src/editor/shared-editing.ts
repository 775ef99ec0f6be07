import { Compartment, type Extension } from "@codemirror/state"
import { EditorView, keymap, ViewPlugin } from "@codemirror/view"
import { type SharedText, textDifference } from "@nexus/reactor/text"
import { yCollab, ySyncAnnotation, yUndoManagerKeymap } from "y-codemirror.next"
import * as Y from "yjs"
import { remoteCursors } from "./remote-cursors.ts"

/**
 * An editor of a text that others write too: keys go into the shared text and theirs come out of it, undo takes back
 * one's own alone, and cursors are told by the characters they stand between. The binding is the one made for the two
 * libraries; the cursors are ours, because their names and colours come from the kernel and not from the other pages.
 */
export function sharedEditing(text: SharedText, readOnly: boolean): Extension {
  const tie = new Compartment()
  return [
    tie.of(tiedTo(text)),
    remoteCursors(text),
    keymap.of(yUndoManagerKeymap),
    ViewPlugin.define((view) => ({ destroy: text.onReplaced(() => tieAnew(view, tie, text)) })),
    EditorView.updateListener.of((update) => {
      const theirs = update.transactions.some((one) => one.annotation(ySyncAnnotation) !== undefined)
      if (!readOnly && (update.selectionSet || (update.docChanged && !theirs))) tellSelection(update.view, text)
    }),
  ]
}

function tiedTo({ document }: SharedText): Extension {
  return yCollab(document.text, null, { undoManager: new Y.UndoManager(document.text) })
}

/** The text has become another with other identities: the editor's words follow it while nobody listens to them. */
function tieAnew(view: EditorView, tie: Compartment, text: SharedText): void {
  view.dispatch({ effects: tie.reconfigure([]) })
  const edits = textDifference(view.state.doc.toString(), text.document.toString())
  view.dispatch({
    changes: edits.map(({ offset, length, text: insert }) => ({ from: offset, to: offset + length, insert })),
  })
  view.dispatch({ effects: tie.reconfigure(tiedTo(text)) })
}

function tellSelection(view: EditorView, shared: SharedText): void {
  const { anchor, head } = view.state.selection.main
  const { text } = shared.document
  if (text.length !== view.state.doc.length) return
  const place = (index: number) =>
    new Uint8Array(Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index, -1)))
  shared.setSelection({ anchor: place(anchor), head: place(head) })
}
