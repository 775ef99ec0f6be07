import type { Edited, TextEdit } from "../../text/text-edit.ts"
import type { XmlElement } from "../document.ts"
import { skipSpace } from "../tag.ts"
import { checked } from "./checked.ts"
import { type NewElement, printElement } from "./new-element.ts"
import { indentAt, indented, indentOfLine, type Page, pageOf } from "./page.ts"
import type { PanelDocument } from "./panel-document.ts"
import { findTarget, refuseOpen, type Target } from "./target.ts"

/** Where an element goes: beside another, or into one as its first or last child. */
export type Place =
  | { readonly before: Target }
  | { readonly after: Target }
  | { readonly into: Target; readonly at?: "start" | "end" }

/** Puts a new element at a place, with the indent of its neighbours. */
export function addElement(document: PanelDocument, element: NewElement, place: Place): Edited {
  const page = pageOf(document.xml)
  return checked(document, insertLines(document, printElement(element, page.unit), place))
}

/** The edit that writes the lines at the place; a sentence when the place takes nothing. */
export function insertLines(document: PanelDocument, lines: readonly string[], place: Place): TextEdit[] | string {
  const page = pageOf(document.xml)
  const beside = "before" in place ? place.before : "after" in place ? place.after : place.into
  const found = findTarget(document.xml, beside)
  if (typeof found === "string") return found
  if ("into" in place) return insertInto(page, found.element, lines, place.at ?? "end")
  if (found.parents.length === 0) return "Nothing stands beside the panel itself"
  return "before" in place ? [insertBefore(page, found.element.offset, lines)] : insertAfter(page, found.element, lines)
}

function insertBefore({ source, newline }: Page, offset: number, lines: readonly string[]): TextEdit {
  const indent = indentAt(source, offset)
  if (indent === undefined) return { offset, length: 0, text: indented(lines, indentOfLine(source, offset), newline) }
  return { offset, length: 0, text: `${indented(lines, indent, newline)}${newline}${indent}` }
}

export function insertAfter(page: Page, element: XmlElement, lines: readonly string[]): TextEdit[] | string {
  const refused = refuseOpen(element)
  return refused ?? [behind(page, element.offset, behindComment(page.source, element.end), lines)]
}

/** The edit that writes the lines behind `end`, in the manner of what begins at `start`. */
function behind({ source, newline }: Page, start: number, end: number, lines: readonly string[]): TextEdit {
  const indent = indentAt(source, start)
  if (indent === undefined) return { offset: end, length: 0, text: indented(lines, indentOfLine(source, end), newline) }
  return { offset: end, length: 0, text: `${newline}${indent}${indented(lines, indent, newline)}` }
}

/** A comment at the end of an element's line belongs to it. */
function behindComment(source: string, end: number): number {
  const comment = /^[ \t]*<!--(?:(?!-->)[^\n])*-->(?=[ \t]*(?:\r?\n|$))/.exec(source.slice(end, end + 1000))
  return comment === null ? end : end + comment[0].length
}

export function insertInto(
  page: Page,
  element: XmlElement,
  lines: readonly string[],
  at: "start" | "end",
): TextEdit[] | string {
  const refused = refuseOpen(element)
  if (refused !== undefined) return refused
  const { source, newline, unit } = page
  const inside = element.children.filter(({ kind }) => kind !== "text")
  const neighbour = at === "start" ? inside[0] : inside[inside.length - 1]
  if (neighbour !== undefined && at === "start") return [insertBefore(page, neighbour.offset, lines)]
  if (neighbour !== undefined) return [behind(page, neighbour.offset, behindComment(source, neighbour.end), lines)]
  const outer = indentOfLine(source, element.offset)
  const inner = outer + unit
  const text = `${newline}${inner}${indented(lines, inner, newline)}${newline}${outer}`
  if (element.selfClosing) {
    const start = element.openEnd - 2
    const space = source.slice(0, start).length - source.slice(0, start).trimEnd().length
    return [{ offset: start - space, length: space + 2, text: `>${text}</${element.name}>` }]
  }
  if (skipSpace(source, element.openEnd) < element.closeStart) return `<${element.name}> holds text`
  return [{ offset: element.openEnd, length: element.closeStart - element.openEnd, text }]
}
