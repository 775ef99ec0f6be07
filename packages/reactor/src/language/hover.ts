import type { Panel } from "@nexus/protocol"
import { ANY, describeType } from "../expression/value-type.ts"
import { attributeOf, type XmlElement } from "../nxml/document.ts"
import type { PanelDocument } from "../nxml/edit/panel-document.ts"
import { nameAt } from "../nxml/edit/rename.ts"
import { scriptText } from "../nxml/symbols/script-text.ts"
import type { NamedSymbol } from "../nxml/symbols/symbols.ts"
import { attributesOf } from "./complete-tag.ts"
import { codeBlock, elementDoc, joined } from "./docs.ts"
import { HANDLER_NAME } from "./handler-names.ts"
import { expressionHover } from "./hover-expression.ts"
import { computedDoc, handlerDoc, importDoc, stateDoc, toolDoc } from "./name-docs.ts"
import { attributeAt, elementsAround } from "./place.ts"
import type { Hover, Span } from "./span.ts"
import { memberType, typesAt } from "./typed.ts"

/** What stands at `offset`; where `errorPage` gives the address of a code's page, what is wrong there comes first. */
export function hoverAt(
  document: PanelDocument,
  offset: number,
  errorPage: ((code: string) => string) | undefined,
): Hover | undefined {
  const meaning = meaningAt(document, offset)
  if (errorPage === undefined) return meaning
  const wrong = document.parsed.diagnostics.filter(
    ({ range }) => offset >= range.offset && offset <= range.offset + range.length,
  )
  const told = wrong.map(({ code, message, hint }) =>
    joined(`**${message}**${hint === undefined ? "" : `  \n${hint}`}`, `[${code}](${errorPage(code)})`),
  )
  if (meaning !== undefined) return { ...meaning, text: joined(...told, meaning.text) }
  const [first] = wrong
  return first && { offset: first.range.offset, length: first.range.length, text: joined(...told) }
}

function meaningAt(document: PanelDocument, offset: number): Hover | undefined {
  const { source, xml, components } = document
  const pointed = nameAt(document, offset)
  if (pointed !== undefined) {
    const text = symbolDoc(pointed.symbol, document)
    return { offset: pointed.occurrence.offset, length: pointed.occurrence.length, text }
  }
  const [element] = elementsAround(xml, offset)
  if (element === undefined) return undefined
  const tag = tagNameAt(element, offset)
  if (tag !== undefined) {
    const text = elementDoc(element.name, components)
    return text === undefined ? undefined : { ...tag, text }
  }
  const attribute = offset < element.openEnd ? attributeAt(element, offset) : undefined
  if (attribute !== undefined && offset <= attribute.offset + attribute.name.length) {
    const known = attributesOf(element.name, components).find(({ name }) => name === attribute.name)
    if (known === undefined) return undefined
    const text = joined(codeBlock(`${known.name}: ${known.detail}`, "ts"), known.doc)
    return { offset: attribute.offset, length: attribute.name.length, text }
  }
  if (attribute !== undefined) return expressionHover(document, element, attribute, offset)
  return element.name === "Handler" && offset >= element.openEnd ? scriptHover(element, source, offset) : undefined
}

/** The element's name in its opening or closing tag. */
function tagNameAt(element: XmlElement, offset: number): Span | undefined {
  const { name, offset: start, closeStart, end } = element
  if (offset > start && offset <= start + 1 + name.length) return { offset: start + 1, length: name.length }
  const length = closeStart < 0 ? 0 : Math.min(name.length, end - closeStart - 2)
  const closes = length > 0 && offset > closeStart + 1 && offset <= closeStart + 2 + length
  return closes ? { offset: closeStart + 2, length } : undefined
}

function symbolDoc({ kind, name, element }: NamedSymbol, { xml, parsed: { panel } }: PanelDocument): string {
  const at = <T extends { readonly range: Span }>(list: readonly T[] | undefined) =>
    list?.find(({ range }) => range.offset === element.offset)
  switch (kind) {
    case "state":
      return docOf(at(panel?.states), stateDoc, name)
    case "computed":
      return docOf(at(panel?.computed), (computed) => computedDoc(computed, computedType(panel, name)), name)
    case "import":
      return docOf(at(panel?.imports), importDoc, name)
    case "handler":
      return docOf(at(panel?.handlers), (handler) => (panel === undefined ? name : handlerDoc(handler, panel)), name)
    case "tool":
      return docOf(at(panel?.tools), toolDoc, name)
    case "variable": {
      const items = attributeOf(element, "items")?.value ?? ""
      const role = attributeOf(element, "index")?.value === name ? "The position, counted from 0," : "One item"
      const type = typesAt(panel, [element, ...elementsAround(xml, element.offset)])(name) ?? ANY
      return joined(codeBlock(`${name}: ${describeType(type)}`, "ts"), `${role} of \`${items}\`.`)
    }
  }
}

function computedType(panel: Panel | undefined, name: string): string {
  return describeType(memberType(typesAt(panel, []), "$computed", name))
}

function docOf<T>(value: T | undefined, write: (value: T) => string, name: string): string {
  return value === undefined ? codeBlock(name, "ts") : write(value)
}

/** `nexus.http.fetch` and the like in a handler. */
function scriptHover(element: XmlElement, source: string, offset: number): Hover | undefined {
  const { offset: start, text } = scriptText(element, source)
  const at = offset - start
  const before = /[\w$.]*$/.exec(text.slice(0, Math.max(0, at)))?.[0] ?? ""
  const behind = /^[\w$]*/.exec(text.slice(Math.max(0, at)))?.[0] ?? ""
  const known = HANDLER_NAME.get(before + behind)
  if (known === undefined) return undefined
  const needs = known.capability === undefined ? "" : `Needs \`<Capability type="${known.capability}" …/>\`.`
  const length = before.length + behind.length
  return { offset: offset - before.length, length, text: joined(codeBlock(known.signature, "js"), known.doc, needs) }
}
