import { FUNCTION_SIGNATURES, methodsOf, NAMESPACE_SIGNATURES, type Signature } from "../expression/signatures.ts"
import { beforeDot, typeAt } from "../expression/type-at.ts"
import { describeType, membersOf } from "../expression/value-type.ts"
import { decodeText, sourceOffset, type XmlAttribute, type XmlElement } from "../nxml/document.ts"
import type { PanelDocument } from "../nxml/edit/panel-document.ts"
import { roleOf } from "../nxml/symbols/symbols.ts"
import { codeBlock, joined } from "./docs.ts"
import { elementsAround } from "./place.ts"
import type { Hover } from "./span.ts"
import { statementHole, typesAt } from "./typed.ts"

/** What a word of an expression is: a method or function with its signature, or a value with its type. */
export function expressionHover(
  document: PanelDocument,
  element: XmlElement,
  attribute: XmlAttribute,
  offset: number,
): Hover | undefined {
  const { source, components, xml } = document
  const role = roleOf(element.name, attribute.name, components)
  if (role === "text" || role === "handler" || offset < attribute.valueStart) return undefined
  const { value } = attribute
  const at = decodeText(source.slice(attribute.valueStart, offset)).length
  const start = at - (/[\w$]*$/.exec(value.slice(0, at))?.[0].length ?? 0)
  const end = at + (/^[\w$]*/.exec(value.slice(at))?.[0].length ?? 0)
  const word = value.slice(start, end)
  if (!/^[A-Za-z_$]/.test(word)) return undefined
  const around = elementsAround(xml, element.offset + 1).slice(attribute.name === "items" ? 1 : 0)
  const types = typesAt(document.parsed.panel, around)
  const hole =
    role === "statements"
      ? statementHole(value, end)
      : role === "path"
        ? { text: `{${value}}`, at: end + 1 }
        : { text: value, at: end }
  const text = docOf(value.slice(0, start), word, hole, types)
  if (text === undefined) return undefined
  const from = sourceOffset(source, attribute, start)
  return { offset: from, length: sourceOffset(source, attribute, end) - from, text }
}

function docOf(
  before: string,
  word: string,
  { text, at }: { readonly text: string; readonly at: number },
  types: Parameters<typeof beforeDot>[2],
): string | undefined {
  if (!before.endsWith(".")) {
    const known = FUNCTION_SIGNATURES.get(word)
    if (known !== undefined && /^\s*\(/.test(text.slice(at))) return signatureDoc(known)
    const type = typeAt(text, at, types)
    return type === undefined ? undefined : codeBlock(`${word}: ${describeType(type)}`, "ts")
  }
  const namespace = /(?:^|[^\w$.])(\w+)\.$/.exec(before)?.[1] ?? ""
  const known = NAMESPACE_SIGNATURES.get(namespace)?.get(word)
  if (known !== undefined) return signatureDoc(known)
  const type = beforeDot(text, at, types)?.type
  if (type === undefined) return undefined
  const method = methodsOf(type).get(word)
  if (method !== undefined && /^\s*\(/.test(text.slice(at))) return signatureDoc(method)
  const member = membersOf(type).get(word)
  return member === undefined ? undefined : codeBlock(`${word}: ${describeType(member)}`, "ts")
}

function signatureDoc({ signature, doc }: Signature): string {
  return joined(codeBlock(signature, "ts"), doc)
}
