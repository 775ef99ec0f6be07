import type { TextEdit } from "../../text/text-edit.ts"
import type { XmlElement } from "../document.ts"
import { scriptText } from "../symbols/script-text.ts"
import type { PanelDocument } from "./panel-document.ts"

/**
 * The edits that make a panel well-formed XML for tools that know no NXML: a handler's JavaScript goes into CDATA where it
 * needs it, and a bare `&` or `<` in an attribute or a text is escaped. What the panel means stays. None while the source
 * has a mistake of syntax.
 */
export function strictXml(document: PanelDocument): TextEdit[] {
  const { root } = document.xml
  return root === undefined || !document.wellFormed ? [] : editsIn(document.source, root)
}

function editsIn(source: string, element: XmlElement): TextEdit[] {
  const edits = element.attributes.flatMap(({ valueStart, valueEnd }) => escapes(source, valueStart, valueEnd))
  if (element.name === "Handler") return [...edits, ...inCdata(source, element)]
  for (const child of element.children) {
    if (child.kind === "element") edits.push(...editsIn(source, child))
    else if (child.kind === "text") edits.push(...escapes(source, child.offset, child.end))
  }
  return edits
}

const BARE = /&(?!(?:lt|gt|amp|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)|</g

function escapes(source: string, start: number, end: number): TextEdit[] {
  return [...source.slice(start, end).matchAll(BARE)].map(({ index, 0: mark }) => ({
    offset: start + index,
    length: 1,
    text: mark === "&" ? "&amp;" : "&lt;",
  }))
}

function inCdata(source: string, handler: XmlElement): TextEdit[] {
  const { offset, text } = scriptText(handler, source)
  const isCdata = offset > handler.openEnd && source.startsWith("<![CDATA[", offset - 9)
  if (isCdata || !/[&<]|\]\]>/.test(text) || text.includes("]]>")) return []
  return [
    { offset, length: 0, text: "<![CDATA[" },
    { offset: offset + text.length, length: 0, text: "]]>" },
  ]
}
