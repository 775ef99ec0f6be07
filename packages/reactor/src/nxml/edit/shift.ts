import type { TextEdit } from "../../text/text-edit.ts"
import type { XmlElement, XmlNode } from "../document.ts"
import { elementsIn } from "./target.ts"

/**
 * The edits that change the indent of an element's lines behind its first: `from` becomes `to` where a line begins with
 * it. Lines inside of attribute values, CDATA and comments are text and stay.
 */
export function shiftLines(source: string, nodes: readonly XmlNode[], from: string, to: string): TextEdit[] {
  const [first] = nodes
  const last = nodes[nodes.length - 1]
  if (first === undefined || last === undefined || from === to) return []
  const fixed = nodes.flatMap((node) => fixedIn(node))
  const edits: TextEdit[] = []
  for (let at = source.indexOf("\n", first.offset) + 1; at > 0 && at < last.end; at = source.indexOf("\n", at) + 1) {
    const isText = fixed.some(({ start, end }) => at > start && at <= end)
    const blank = /^[ \t]*\r?$/m.exec(source.slice(at, at + 200))?.index === 0
    if (isText || blank || !source.startsWith(from, at)) continue
    edits.push(change(at, from, to))
  }
  return edits
}

/** Only what differs is written: the indent that both have stays. */
function change(offset: number, from: string, to: string): TextEdit {
  let common = 0
  while (common < from.length && from.charAt(common) === to.charAt(common)) common++
  return { offset: offset + common, length: from.length - common, text: to.slice(common) }
}

interface Stretch {
  readonly start: number
  readonly end: number
}

function fixedIn(node: XmlNode): Stretch[] {
  if (node.kind !== "element") return node.kind === "text" ? [] : [{ start: node.offset, end: node.end }]
  const values = node.attributes.map(({ valueStart, valueEnd }) => ({ start: valueStart, end: valueEnd }))
  const inside = node.children.flatMap((child) => (child.kind === "element" ? [] : fixedIn(child)))
  return [...values, ...inside, ...elementsIn(node).flatMap((child: XmlElement) => fixedIn(child))]
}
