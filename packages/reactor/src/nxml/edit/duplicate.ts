import { applyEdits, type Edited, type TextEdit } from "../../text/text-edit.ts"
import { attributeOf, type XmlElement } from "../document.ts"
import { attributeEdits } from "./attribute.ts"
import { checked } from "./checked.ts"
import { insertAfter } from "./insert.ts"
import { indentOfLine, pageOf } from "./page.ts"
import type { PanelDocument } from "./panel-document.ts"
import { shiftLines } from "./shift.ts"
import { elementsIn, findTarget, refuseOpen, type Target } from "./target.ts"

/** Writes an element once more behind itself, as it is written, but for the ids inside: an id names one component. */
export function duplicateElement(document: PanelDocument, target: Target): Edited {
  const found = findTarget(document.xml, target)
  if (typeof found === "string") return found
  if (found.parents.length === 0) return "The panel itself cannot be duplicated here"
  const { element } = found
  const refused = refuseOpen(element)
  if (refused !== undefined) return refused
  const lines = textOf(document.source, element, withoutIds(document.source, element)).split(/\r?\n/)
  return checked(document, insertAfter(pageOf(document.xml), element, lines))
}

/** The text of an element from its first column on, with edits made inside of it. */
export function textOf(source: string, element: XmlElement, edits: readonly TextEdit[] = []): string {
  const flat = shiftLines(source, [element], indentOfLine(source, element.offset), "")
  const all = [...flat, ...edits]
  const grown = all.reduce((sum, { text, length }) => sum + text.length - length, 0)
  return applyEdits(source, all).slice(element.offset, element.end + grown)
}

function withoutIds(source: string, element: XmlElement): TextEdit[] {
  const own = attributeOf(element, "id") === undefined ? [] : attributeEdits(source, element, "id", undefined)
  return [...own, ...elementsIn(element).flatMap((child) => withoutIds(source, child))]
}
