import type { Edited, TextEdit } from "../../text/text-edit.ts"
import { attributeOf, type XmlElement } from "../document.ts"
import { checked } from "./checked.ts"
import { escapeValue, quoted } from "./new-element.ts"
import { indentAt, lineStart } from "./page.ts"
import type { PanelDocument } from "./panel-document.ts"
import { findTarget, type Target } from "./target.ts"

/** Writes an attribute, or takes it away where `value` is undefined. `value` is what it means: escaping happens here. */
export function setAttribute(document: PanelDocument, target: Target, name: string, value: string | undefined): Edited {
  const found = findTarget(document.xml, target)
  if (typeof found === "string") return found
  const { element } = found
  if (element.broken) return `The tag <${element.name}> has no end; close it first`
  return checked(document, attributeEdits(document.source, element, name, value))
}

export function attributeEdits(
  source: string,
  element: XmlElement,
  name: string,
  value: string | undefined,
): TextEdit[] {
  const given = attributeOf(element, name)
  if (value === undefined) {
    if (given === undefined) return []
    const space = /\s*$/.exec(source.slice(element.offset, given.offset))?.[0].length ?? 0
    return [{ offset: given.offset - space, length: given.end - given.offset + space, text: "" }]
  }
  if (given === undefined) return [addition(source, element, name, value)]
  if (given.value === value && given.end > given.valueEnd) return []
  const quote = source.charAt(given.valueStart - 1)
  const inQuotes = given.end === given.valueEnd + 1 && (quote === '"' || quote === "'")
  if (!inQuotes) return [{ offset: given.offset, length: given.end - given.offset, text: `${name}=${quoted(value)}` }]
  return [{ offset: given.valueStart, length: given.valueEnd - given.valueStart, text: escapeValue(value, quote) }]
}

/** Behind the last attribute, on a line of its own where that one has one. */
function addition(source: string, element: XmlElement, name: string, value: string): TextEdit {
  const last = element.attributes[element.attributes.length - 1]
  const offset = last?.end ?? element.offset + 1 + element.name.length
  const indent = last === undefined ? undefined : indentAt(source, last.offset)
  const start = last === undefined ? 0 : lineStart(source, last.offset)
  const newline = source.slice(0, start).endsWith("\r\n") ? "\r\n" : "\n"
  const gap = indent === undefined ? " " : `${newline}${indent}`
  return { offset, length: 0, text: `${gap}${name}=${quoted(value)}` }
}
