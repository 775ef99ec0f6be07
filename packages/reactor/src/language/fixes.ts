import type { Diagnostic } from "@nexus/protocol"
import type { XmlElement } from "../nxml/document.ts"
import { attributeEdits } from "../nxml/edit/attribute.ts"
import { addDeclaration } from "../nxml/edit/declare.ts"
import type { NewElement } from "../nxml/edit/new-element.ts"
import type { PanelDocument } from "../nxml/edit/panel-document.ts"
import { removeElement } from "../nxml/edit/remove.ts"
import { findTarget } from "../nxml/edit/target.ts"
import type { Edited, TextEdit } from "../text/text-edit.ts"
import { attributesOf } from "./complete-tag.ts"

/** A change that mends something; `of` is the finding it answers. */
export interface Fix {
  readonly label: string
  readonly edits: readonly TextEdit[]
  readonly of: Diagnostic
  /** The one that is most likely meant. */
  readonly preferred: boolean
}

/** What would mend the findings that touch `offset`…`offset + length`. */
export function fixesAt(document: PanelDocument, offset: number, length = 0): Fix[] {
  return document.parsed.diagnostics
    .filter(({ range }) => range.offset <= offset + length && offset <= range.offset + range.length)
    .flatMap((diagnostic) => fixesOf(document, diagnostic))
}

export function fixesOf(document: PanelDocument, diagnostic: Diagnostic): Fix[] {
  const fixes: Fix[] = []
  const { fix } = diagnostic
  if (fix !== undefined) {
    const { label, offset, length, text } = fix
    fixes.push({ label, edits: [{ offset, length, text }], of: diagnostic, preferred: true })
  }
  for (const [label, edits] of furtherFixes(document, diagnostic))
    if (typeof edits !== "string" && edits.length > 0)
      fixes.push({ label, edits, of: diagnostic, preferred: fixes.length === 0 && label !== REMOVE })
  return fixes
}

/** Never what is surely meant: it may be unfinished. */
const REMOVE = "Remove it"

type Offer = readonly [label: string, edits: Edited]

function furtherFixes(document: PanelDocument, { code, range, message }: Diagnostic): Offer[] {
  const word = document.source.slice(range.offset, range.offset + range.length)
  switch (code) {
    case "undefined-state":
      return isName(word) ? declareValue(document, word, range.offset) : []
    case "undefined-handler":
      return isName(word) ? [declare(document, { name: "Handler", attributes: { name: word }, text: "\n" }, word)] : []
    case "undeclared-capability":
      return declareCapability(document, message)
    case "unused-state":
    case "unused-handler":
      return [[REMOVE, removeElement(document, { offset: range.offset + 1 })]]
    case "missing-key":
    case "missing-label":
    case "missing-attribute":
      return addAttribute(document, code, range.offset, message)
    default:
      return []
  }
}

function isName(word: string): boolean {
  return /^[A-Za-z_]\w{0,63}$/.test(word)
}

function declare(document: PanelDocument, declaration: NewElement, name: string): Offer {
  return [`Declare the ${declaration.name} "${name}"`, addDeclaration(document, declaration)]
}

/** A State, or the Computed that is asked for by its root. */
function declareValue(document: PanelDocument, name: string, offset: number): Offer[] {
  const root = /\$(state|computed|imports)\s*(?:\?\.|\.|\[\s*["'])\s*$/.exec(document.source.slice(0, offset))?.[1]
  if (root === "imports") return []
  if (root === "computed") return [declare(document, { name: "Computed", attributes: { name, value: "{null}" } }, name)]
  const type = typeFor(document, name, offset)
  return [declare(document, { name: "State", attributes: { name, type } }, name)]
}

/** The type that the place asks for where it says so: what is bound, what is repeated, what is called. */
function typeFor(document: PanelDocument, name: string, offset: number): string {
  const { source } = document
  const behind = source.slice(offset + name.length, offset + name.length + 40)
  if (/^\??\.(?:push|map|filter|find|some|every|length|sort|join|flatMap|reduce|splice)\b/.test(behind)) return "list"
  if (/^\s*(?:[-+*/%]=|\+\+|--|[-*/%<>])/.test(behind)) return "number"
  const found = findTarget(document.xml, { offset })
  if (typeof found === "string") return "string"
  const { element } = found
  const attribute = element.attributes.find(({ valueStart, valueEnd }) => offset >= valueStart && offset <= valueEnd)
  if (element.name === "Each" && attribute?.name === "items") return "list"
  const component = document.components.get(element.name)
  const type = attribute?.name === "bind" ? component?.bind : component?.props[attribute?.name ?? ""]?.type
  return type === "number" || type === "boolean" || type === "list" || type === "object" ? type : "string"
}

/** The hint of the finding names the declaration to write. */
function declareCapability(document: PanelDocument, message: string): Offer[] {
  const finding = document.parsed.diagnostics.find((other) => other.message === message)
  const written = /<Capability type="([^"]+)"(?: scope="([^"]+)")?/.exec(finding?.hint ?? "")
  if (written === null) return []
  const [, type = "", scope] = written
  const attributes = { type, ...(scope === undefined ? {} : { scope }), reason: "" }
  return [declare(document, { name: "Capability", attributes }, type)]
}

function addAttribute(document: PanelDocument, code: string, offset: number, message: string): Offer[] {
  const found = findTarget(document.xml, { offset: offset + 1 })
  if (typeof found === "string" || found.element.broken) return []
  const { element } = found
  const name = code === "missing-key" ? "key" : code === "missing-label" ? "label" : /"([\w.:-]+)"$/.exec(message)?.[1]
  if (name === undefined) return []
  const value =
    code === "missing-key"
      ? keyFor(element)
      : code === "missing-label"
        ? labelFor(element)
        : sampleFor(document, element, name)
  return [[`Add ${name}="${value}"`, attributeEdits(document.source, element, name, value)]]
}

function keyFor(element: XmlElement): string {
  const item = element.attributes.find(({ name }) => name === "as")?.value ?? "item"
  return `{${item}.id}`
}

/** A first label, as words: what is bound, called or shown. */
function labelFor(element: XmlElement): string {
  const from = ["bind", "onClick", "onSubmit", "value", "data"]
    .map((name) => element.attributes.find((attribute) => attribute.name === name)?.value)
    .find((value) => value !== undefined)
  const path = /\$(?:state|computed|imports)\.(\w+)|([A-Za-z_][\w.]*)/.exec(from ?? "")
  const word = path?.[1] ?? path?.[2]?.split(".").pop() ?? element.name
  const words = word
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A value to begin with: as the component's example writes it, the first of a choice, an empty list. */
function sampleFor({ components }: PanelDocument, element: XmlElement, name: string): string {
  const known = attributesOf(element.name, components).find((attribute) => attribute.name === name)
  if (known?.hole === true) return "{[]}"
  const example = components.get(element.name)?.example ?? ""
  const written = new RegExp(`<${element.name}\\b[^>]*\\s${name}="([^"{}$]+)"`).exec(example)?.[1]
  const first = /^([\w-]+) \|/.exec(known?.detail ?? "")?.[1]
  return first ?? written ?? (element.name === "Each" && name === "as" ? "item" : name)
}
