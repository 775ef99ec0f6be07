import { attributeOf, type XmlAttribute, type XmlDocument, type XmlElement } from "../nxml/document.ts"
import type { PanelDocument } from "../nxml/edit/panel-document.ts"
import { PanelDocument as Prefix } from "../nxml/edit/panel-document.ts"
import { scriptText } from "../nxml/symbols/script-text.ts"

/**
 * Where a cursor stands, for completing. In a source without mistakes of syntax the tree says it. While a tag is being
 * typed, only what stands before the cursor counts: the part behind it would be read as belonging to the tag.
 */
export type Place =
  | { readonly in: "tag-name"; readonly parents: readonly XmlElement[]; readonly from: number }
  | { readonly in: "close-tag"; readonly parents: readonly XmlElement[]; readonly from: number }
  | {
      readonly in: "attribute-name"
      readonly element: XmlElement
      readonly parents: readonly XmlElement[]
      readonly from: number
    }
  | {
      readonly in: "value"
      readonly element: XmlElement
      readonly parents: readonly XmlElement[]
      readonly attribute: string
      /** The value up to the cursor, as it is written. */
      readonly written: string
      /** The value behind the cursor; empty while the tag is being typed. */
      readonly rest: string
      /** Where the value begins. */
      readonly from: number
    }
  | { readonly in: "script"; readonly element: XmlElement; readonly written: string; readonly from: number }
  | { readonly in: "content"; readonly parents: readonly XmlElement[] }
  | { readonly in: "nothing" }

const NOTHING: Place = { in: "nothing" }

export function placeAt(document: PanelDocument, offset: number): Place {
  const { source } = document
  const close = /<\/([\w.:-]*)$/.exec(source.slice(Math.max(0, offset - 80), offset))
  if (close !== null) {
    const open = openAt(source.slice(0, offset - close[0].length), document)
    return { in: "close-tag", parents: open, from: offset - (close[1] ?? "").length }
  }
  return document.wellFormed ? inTree(document.xml, offset) : inPrefix(source.slice(0, offset), document)
}

/** The elements around an offset, the innermost first. */
export function elementsAround(document: XmlDocument, offset: number): XmlElement[] {
  const around: XmlElement[] = []
  let element = document.root
  while (element !== undefined && offset > element.offset && offset < element.end) {
    around.unshift(element)
    element = element.children.find(
      (child): child is XmlElement => child.kind === "element" && offset > child.offset && offset < child.end,
    )
  }
  return around
}

/** The attribute that an offset touches, its name and both quotes included. */
export function attributeAt(element: XmlElement, offset: number): XmlAttribute | undefined {
  return element.attributes.find((attribute) => offset >= attribute.offset && offset <= attribute.end)
}

function inTree(document: XmlDocument, offset: number): Place {
  const [element, ...parents] = elementsAround(document, offset)
  if (element === undefined) return NOTHING
  if (offset < element.openEnd) return inTag(document.source, element, parents, offset)
  if (element.name === "Handler") return inScript(document.source, element, offset)
  const aside = element.children.some(
    ({ kind, offset: start, end }) => kind !== "element" && kind !== "text" && offset > start && offset < end,
  )
  return aside ? NOTHING : { in: "content", parents: [element, ...parents] }
}

function inTag(source: string, element: XmlElement, parents: readonly XmlElement[], offset: number): Place {
  if (offset <= element.offset + 1 + element.name.length) return { in: "tag-name", parents, from: element.offset + 1 }
  const given = element.attributes.find(({ valueStart, valueEnd }) => offset >= valueStart && offset <= valueEnd)
  if (given !== undefined) {
    const { name: attribute, valueStart: from, valueEnd } = given
    const [written, rest] = [source.slice(from, offset), source.slice(offset, valueEnd)]
    return { in: "value", element, parents, attribute, written, rest, from }
  }
  const word = /[\s"']([A-Za-z_][\w.:-]*)?$/.exec(source.slice(element.offset, offset))
  return word === null ? NOTHING : { in: "attribute-name", element, parents, from: offset - (word[1] ?? "").length }
}

function inScript(source: string, element: XmlElement, offset: number): Place {
  const { offset: from } = scriptText(element, source)
  return { in: "script", element, written: source.slice(Math.min(from, offset), offset), from }
}

/** The place at the end of a source whose rest is not read. */
function inPrefix(before: string, document: PanelDocument): Place {
  const open = openAt(before, document)
  const [current, ...parents] = open
  const offset = before.length
  if (current?.name === "Handler" && current.openEnd < offset && !current.broken)
    return inScript(before, current, offset)
  const tag = current?.broken === true && !before.endsWith(">") ? before.slice(current.offset) : undefined
  if (current === undefined || tag === undefined) {
    const name = /<([A-Za-z_][\w.:-]*)?$/.exec(before)
    if (name === null) return { in: "content", parents: open }
    return { in: "tag-name", parents: open, from: offset - (name[1] ?? "").length }
  }
  if (/^<[\w.:-]*$/.test(tag)) return { in: "tag-name", parents, from: current.offset + 1 }
  const value = /([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"]*)|'([^']*))$/.exec(tag)
  if (value !== null) {
    const written = value[2] ?? value[3] ?? ""
    const given = attributeOf(current, value[1] ?? "")
    const from = given === undefined ? offset - written.length : given.valueStart
    return { in: "value", element: current, parents, attribute: value[1] ?? "", written, rest: "", from }
  }
  const name = /[\s"']([A-Za-z_][\w.:-]*)?$/.exec(tag)
  if (name === null) return NOTHING
  return { in: "attribute-name", element: current, parents, from: offset - (name[1] ?? "").length }
}

/** The elements that are open at the end of the text, the innermost first; it may be a tag still being written. */
function openAt(before: string, { options }: PanelDocument): XmlElement[] {
  const open: XmlElement[] = []
  let element = new Prefix(before, options).xml.root
  while (element !== undefined && !element.selfClosing && element.closeStart < 0) {
    open.unshift(element)
    element = element.children.findLast((child): child is XmlElement => child.kind === "element")
  }
  return open
}
