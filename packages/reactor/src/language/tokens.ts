import { sourceOffset, type XmlAttribute, type XmlDocument, type XmlElement, type XmlNode } from "../nxml/document.ts"
import type { PanelDocument } from "../nxml/edit/panel-document.ts"
import { holesOf } from "../nxml/symbols/holes.ts"
import { scriptText } from "../nxml/symbols/script-text.ts"
import { roleOf } from "../nxml/symbols/symbols.ts"
import { type ScriptToken, scriptTokens } from "./script-tokens.ts"
import type { Token, TokenKind } from "./token.ts"

/** The colours of a document, in its order and without overlap: XML, and JavaScript in handlers and expressions. */
export function tokensOf(document: PanelDocument): Token[] {
  const painter = new Painter(document)
  for (const node of document.xml.nodes) painter.node(node)
  return painter.tokens
}

class Painter {
  readonly tokens: Token[] = []
  readonly #document: PanelDocument
  readonly #xml: XmlDocument

  constructor(document: PanelDocument) {
    this.#document = document
    this.#xml = document.xml
  }

  node(node: XmlNode): void {
    if (node.kind === "element") this.#element(node)
    else if (node.kind !== "text") this.#put("comment", node.offset, node.end)
  }

  #element(element: XmlElement): void {
    const { name, offset, closeStart, end } = element
    this.#put("element", offset + 1, offset + 1 + name.length)
    for (const attribute of element.attributes) this.#attribute(element, attribute)
    if (name === "Handler") {
      const { offset: start, text } = scriptText(element, this.#xml.source)
      for (const token of scriptTokens(text)) this.#put(token.kind, start + token.start, start + token.end)
    } else for (const child of element.children) this.node(child)
    if (closeStart >= 0) this.#put("element", closeStart + 2, Math.min(end, closeStart + 2 + name.length))
  }

  #attribute(element: XmlElement, attribute: XmlAttribute): void {
    const { name, offset, valueStart, valueEnd } = attribute
    this.#put("attribute", offset, offset + name.length)
    const role = roleOf(element.name, name, this.#document.components)
    if (role === "text") this.#put("string", valueStart, valueEnd)
    else if (role === "handler") this.#put("function", valueStart, valueEnd)
    else if (role === "binding") this.#binding(attribute)
    else this.#code(attribute, 0, attribute.value.length)
  }

  #binding(attribute: XmlAttribute): void {
    let plain = 0
    for (const { start, end } of holesOf(attribute.value)) {
      this.#in("string", attribute, plain, start - 1)
      this.#in("brace", attribute, start - 1, start)
      this.#code(attribute, start, end)
      plain = Math.min(end + 1, attribute.value.length)
      this.#in("brace", attribute, end, plain)
    }
    this.#in("string", attribute, plain, attribute.value.length)
  }

  #code(attribute: XmlAttribute, start: number, end: number): void {
    for (const token of scriptTokens(attribute.value.slice(start, end)))
      this.#in(token.kind, attribute, start + token.start, start + token.end)
  }

  /** A token whose place counts in the attribute's value. */
  #in(kind: ScriptToken["kind"], attribute: XmlAttribute, start: number, end: number): void {
    const { source } = this.#xml
    if (end > start) this.#put(kind, sourceOffset(source, attribute, start), sourceOffset(source, attribute, end))
  }

  #put(kind: TokenKind, start: number, end: number): void {
    if (end > start) this.tokens.push({ offset: start, length: end - start, kind })
  }
}
