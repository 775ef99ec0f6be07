import type { XmlElement } from "./document.ts"
import { PanelDocument } from "./edit/panel-document.ts"
import type { PanelOptions } from "./vocabulary.ts"

/**
 * A source taken apart without loss: each element with its attributes, what it holds, and every space and comment around
 * them, as written. Printed again it is the source, byte for byte; so two sources can be woven part by part, and what
 * nobody touched stays as it was. What is meant (`Panel`) is no use for that: it has no comments, and no spelling.
 */
export interface SourcePart {
  readonly element: string
  /** What stands before it: the spaces and comments behind the part before. */
  readonly lead: string
  readonly attributes: readonly SourceAttribute[]
  /** The end of the opening tag, with the space before it. */
  readonly tail: string
  /** What it holds when that is text or JavaScript; it then has no parts. */
  readonly text: string | undefined
  readonly parts: readonly SourcePart[]
  /** What stands between its last part and its end. */
  readonly trail: string
  /** The closing tag, and nothing where the opening one closes itself; of the outermost part, the rest of the source. */
  readonly close: string
}

export interface SourceAttribute {
  readonly name: string
  /** The space before it. */
  readonly lead: string
  /** As written, such as `label="To buy"`. */
  readonly text: string
}

/** The outermost part of a source; `undefined` when its syntax has a mistake, for then nobody knows what is a part. */
export function readSourceParts(source: string, options: PanelOptions = {}): SourcePart | undefined {
  const document = new PanelDocument(source, options)
  const { root } = document.xml
  if (!root || !document.wellFormed) return undefined
  const part = partOf(source, root, 0)
  return { ...part, close: source.slice(root.closeStart >= 0 ? root.closeStart : root.openEnd) }
}

export function printSourcePart(part: SourcePart): string {
  const attributes = part.attributes.map(({ lead, text }) => lead + text).join("")
  const inside = part.text ?? part.parts.map(printSourcePart).join("") + part.trail
  return `${part.lead}<${part.element}${attributes}${part.tail}${inside}${part.close}`
}

function partOf(source: string, element: XmlElement, from: number): SourcePart {
  const { name, offset, openEnd, closeStart, end } = element
  let written = offset + 1 + name.length
  const attributes = element.attributes.map((attribute) => {
    const lead = source.slice(written, attribute.offset)
    written = attribute.end
    return { name: attribute.name, lead, text: source.slice(attribute.offset, attribute.end) }
  })
  const shell = { element: name, lead: source.slice(from, offset), attributes, tail: source.slice(written, openEnd) }
  const inside = closeStart >= 0 ? closeStart : openEnd
  const close = source.slice(inside, end)
  if (holdsText(element)) return { ...shell, text: source.slice(openEnd, inside), parts: [], trail: "", close }
  let behind = openEnd
  const parts = element.children.flatMap((child) => {
    if (child.kind !== "element") return []
    const part = partOf(source, child, behind)
    behind = child.end
    return [part]
  })
  return { ...shell, text: undefined, parts, trail: source.slice(behind, inside), close }
}

function holdsText({ entry, children, selfClosing }: XmlElement): boolean {
  if (selfClosing) return false
  const declared = entry?.holds === "text" || entry?.holds === "script"
  return declared || children.some(({ kind }) => kind === "text" || kind === "cdata")
}
