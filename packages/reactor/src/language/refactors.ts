import type { XmlElement } from "../nxml/document.ts"
import { moveElement } from "../nxml/edit/move.ts"
import type { PanelDocument } from "../nxml/edit/panel-document.ts"
import { elementsIn } from "../nxml/edit/target.ts"
import { unwrapElement, wrapElement } from "../nxml/edit/wrap.ts"
import type { Edited, TextEdit } from "../text/text-edit.ts"
import { elementsAround } from "./place.ts"

/** A change that mends nothing: the element at the place, somewhere else or in something else. */
export interface Refactor {
  readonly label: string
  readonly edits: readonly TextEdit[]
}

/** What can be done to the element whose tag is at `offset`; only what brings no error is offered. */
export function refactorsAt(document: PanelDocument, offset: number): Refactor[] {
  const [element, parent, ...above] = elementsAround(document.xml, offset)
  const inView = [parent, ...above].some((around) => around?.name === "View")
  if (element === undefined || parent === undefined || !inView || !isInTag(element, offset)) return []
  const target = { offset: element.offset + 1 }
  const siblings = elementsIn(parent)
  const index = siblings.indexOf(element)
  const [before, behind] = [siblings[index - 1], siblings[index + 1]]
  const name = `<${element.name}>`
  const offers: (readonly [label: string, edited: Edited])[] = [
    [`Wrap ${name} in Container`, wrapElement(document, target, { name: "Container" })],
    [`Wrap ${name} in If`, wrapElement(document, target, { name: "If", attributes: { test: "{true}" } })],
    [`Unwrap ${name}`, elementsIn(element).length === 0 ? [] : unwrapElement(document, target)],
  ]
  if (before !== undefined)
    offers.push([`Move ${name} up`, moveElement(document, target, { before: { offset: before.offset + 1 } })])
  if (behind !== undefined)
    offers.push([`Move ${name} down`, moveElement(document, target, { after: { offset: behind.offset + 1 } })])
  return offers.flatMap(([label, edits]) => (typeof edits === "string" || edits.length === 0 ? [] : [{ label, edits }]))
}

function isInTag({ offset: start, openEnd, closeStart, end }: XmlElement, offset: number): boolean {
  return (offset >= start && offset < openEnd) || (closeStart >= 0 && offset >= closeStart && offset < end)
}
