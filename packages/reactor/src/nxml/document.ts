import type { Entry } from "./vocabulary.ts"

/**
 * The syntax tree of an NXML document. Nodes hold offsets into the source instead of copies of it, so that `print` can
 * give back every space, quote and comment, and so that reading 20 KB makes few objects. Blank text between elements is
 * no node at all: it is the gap between its neighbours.
 */
export interface XmlDocument {
  readonly source: string
  readonly nodes: readonly XmlNode[]
  readonly root: XmlElement | undefined
}

export type XmlNode = XmlElement | XmlText

export interface XmlAttribute {
  readonly name: string
  readonly offset: number
  /** Where the value's text begins and ends, without its quotes; equal where none was written. */
  readonly valueStart: number
  readonly valueEnd: number
  /** Behind the closing quote. */
  readonly end: number
  /** The value with its character references resolved. */
  readonly value: string
}

export interface XmlElement {
  readonly kind: "element"
  readonly name: string
  /** What is declared of its name, if anything. */
  readonly entry: Entry | undefined
  readonly offset: number
  readonly attributes: readonly XmlAttribute[]
  children: readonly XmlNode[]
  /** Behind the `>` of the opening tag. */
  readonly openEnd: number
  readonly selfClosing: boolean
  /** The opening tag has no `>`, which was reported. */
  readonly broken: boolean
  /** Where `</name>` begins and ends; -1 and the end of the content where it is missing or the tag closes itself. */
  closeStart: number
  end: number
}

/** What is not an element: text that is not blank, comment, CDATA, or an instruction such as `<?xml?>`. */
export interface XmlText {
  readonly kind: "text" | "comment" | "cdata" | "instruction"
  readonly offset: number
  end: number
  /** What is wrong here was reported. */
  reported: boolean
}

export function attributeOf(element: XmlElement, name: string): XmlAttribute | undefined {
  for (const attribute of element.attributes) if (attribute.name === name) return attribute
  return undefined
}

/** Was no value written at all, as in `tone=`? That mistake was told where it was read. */
export function isUnwritten(attribute: XmlAttribute): boolean {
  return attribute.value === "" && attribute.end === attribute.valueEnd
}

/** The place in the source of the character at `at` of the attribute's value. */
export function sourceOffset(
  source: string,
  attribute: Pick<XmlAttribute, "value" | "valueStart" | "valueEnd">,
  at: number,
): number {
  if (attribute.valueEnd - attribute.valueStart === attribute.value.length) return attribute.valueStart + at
  let offset = attribute.valueStart
  for (let index = 0; index < at && offset < attribute.valueEnd; index++) {
    const reference = source.charAt(offset) === "&" ? REFERENCE_HERE.exec(source.slice(offset, offset + 12)) : null
    if (reference !== null && decodeReference(reference[1] ?? "").length === 2) index++
    offset += reference === null ? 1 : reference[0].length
  }
  return offset
}

const REFERENCE_HERE = /^&(lt|gt|amp|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});/
const REFERENCE = /&(lt|gt|amp|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});/g
const NAMED: { readonly [name: string]: string } = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" }

/** Resolves the five named and the numeric character references; everything else stays as written. */
export function decodeText(raw: string): string {
  return raw.includes("&") ? raw.replace(REFERENCE, (_, name: string) => decodeReference(name)) : raw
}

function decodeReference(name: string): string {
  if (!name.startsWith("#")) return NAMED[name] ?? ""
  const code = name.startsWith("#x") ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  const legal = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) && code > 0
  return legal ? String.fromCodePoint(code) : "\ufffd"
}

/** The first reference that is not allowed: an entity of a DTD. */
export function forbiddenEntity(raw: string): { readonly index: number; readonly text: string } | undefined {
  if (!raw.includes("&")) return undefined
  for (const match of raw.matchAll(/&([A-Za-z_][\w.-]{0,63});/g))
    if (!Object.hasOwn(NAMED, match[1] ?? "")) return { index: match.index, text: match[0] }
  return undefined
}
