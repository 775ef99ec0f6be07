import { components, elements } from "@nexus/protocol"
import { attributeOf, type XmlElement } from "../nxml/document.ts"
import { elementsIn } from "../nxml/edit/target.ts"
import type { Span } from "./span.ts"

/** One element of the document as a person looks for it; `name` is what is declared or shown. */
export interface OutlineItem extends Span {
  readonly name: string
  readonly element: string
  /** The tag's name, to be selected. */
  readonly selection: Span
  readonly children: readonly OutlineItem[]
}

export function outlineOf(root: XmlElement | undefined): OutlineItem[] {
  return root === undefined ? [] : [itemOf(root)]
}

function itemOf(element: XmlElement): OutlineItem {
  const { offset, end, name } = element
  return {
    name: nameOf(element),
    element: name,
    offset,
    length: end - offset,
    selection: { offset: offset + 1, length: name.length },
    children: elementsIn(element).map(itemOf),
  }
}

/** What tells an element from its like: its own name, or the first words it shows. */
const TELLING = ["name", "title", "label", "content", "test", "items", "type", "on", "panel"]

function nameOf(element: XmlElement): string {
  const isKnown = elements.has(element.name) || components.has(element.name)
  for (const attribute of TELLING) {
    const value = attributeOf(element, attribute)?.value.trim()
    if (value === undefined || value === "") continue
    return `${element.name} ${value.length > 40 ? `${value.slice(0, 39)}…` : value}`
  }
  return isKnown ? element.name : `<${element.name}>`
}
