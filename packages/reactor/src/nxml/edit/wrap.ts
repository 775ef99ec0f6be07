import type { Edited, TextEdit } from "../../text/text-edit.ts"
import { checked } from "./checked.ts"
import { type NewElement, printElement } from "./new-element.ts"
import { indentAt, lineRest, pageOf } from "./page.ts"
import type { PanelDocument } from "./panel-document.ts"
import { shiftLines } from "./shift.ts"
import { elementsIn, findTarget, refuseOpen, type Target } from "./target.ts"

/** Puts a new element around one that is there. */
export function wrapElement(
  document: PanelDocument,
  target: Target,
  around: Omit<NewElement, "children" | "text">,
): Edited {
  const found = findTarget(document.xml, target)
  if (typeof found === "string") return found
  const { element, parents } = found
  if (parents.length === 0) return "Nothing stands around the panel itself"
  const refused = refuseOpen(element)
  if (refused !== undefined) return refused
  const { source, newline, unit } = pageOf(document.xml)
  const [open = ""] = printElement({ ...around, children: [{ name: "x" }] }, unit)
  const indent = indentAt(source, element.offset)
  const close = `</${around.name}>`
  if (indent === undefined)
    return checked(document, [
      { offset: element.offset, length: 0, text: open },
      { offset: element.end, length: 0, text: close },
    ])
  return checked(document, [
    { offset: element.offset, length: 0, text: `${open}${newline}${indent}${unit}` },
    ...shiftLines(source, [element], indent, indent + unit),
    { offset: element.end, length: 0, text: `${newline}${indent}${close}` },
  ])
}

/** Takes an element away and leaves its children in its place. */
export function unwrapElement(document: PanelDocument, target: Target): Edited {
  const found = findTarget(document.xml, target)
  if (typeof found === "string") return found
  const { element, parents } = found
  const { source } = document
  if (parents.length < 2) return `<${element.name}> cannot be taken away from around its content`
  const refused = refuseOpen(element)
  if (refused !== undefined) return refused
  const children = element.children.filter(({ kind }) => kind !== "text")
  const [first] = children
  const last = children[children.length - 1]
  if (elementsIn(element).length === 0 || first === undefined || last === undefined)
    return `<${element.name}> holds no elements`
  const outer = indentAt(source, element.offset)
  const inner = indentAt(source, first.offset)
  const closesLine = indentAt(source, element.closeStart) !== undefined && lineRest(source, last.end) !== undefined
  if (outer === undefined || inner === undefined || !closesLine)
    return checked(document, [
      { offset: element.offset, length: first.offset - element.offset, text: "" },
      { offset: last.end, length: element.end - last.end, text: "" },
    ])
  const edits: TextEdit[] = [
    { offset: element.offset, length: first.offset - element.offset, text: "" },
    ...shiftLines(source, children, inner, outer),
    { offset: last.end, length: element.end - last.end, text: "" },
  ]
  return checked(document, edits)
}
