import { components, elements } from "@nexus/protocol"

/** An element to be written. Attribute values are what they mean: escaping and quotes are the printer's. */
export interface NewElement {
  readonly name: string
  readonly attributes?: { readonly [name: string]: string }
  readonly children?: readonly NewElement[]
  /** A handler's JavaScript, or the text of a component that holds text. */
  readonly text?: string
}

/** The lines of an element, the first without indent. */
export function printElement(element: NewElement, unit: string): string[] {
  const attributes = Object.entries(element.attributes ?? {}).map(([name, value]) => ` ${name}=${quoted(value)}`)
  const open = `<${element.name}${attributes.join("")}`
  const children = element.children ?? []
  if (element.text !== undefined) return printText(element, open, element.text, unit)
  if (children.length === 0) return [kindOf(element.name) === "script" ? `${open}></${element.name}>` : `${open}/>`]
  const inside = children.flatMap((child) => printElement(child, unit).map((line) => unit + line))
  return [`${open}>`, ...inside, `</${element.name}>`]
}

function printText(element: NewElement, open: string, text: string, unit: string): string[] {
  const raw = kindOf(element.name) === "script"
  const safe = raw ? (text.includes("</Handler") ? cdata(text) : text) : escapeText(text)
  const close = `</${element.name}>`
  if (!safe.includes("\n")) return [`${open}>${safe}${close}`]
  const lines = safe
    .replace(/^[ \t]*\r?\n/, "")
    .replace(/\r?\n[ \t]*$/, "")
    .split(/\r?\n/)
  const fixed = /`|\\$|<!\[CDATA\[/m.test(safe)
  return [`${open}>`, ...(fixed ? lines : lines.map((line) => (line === "" ? "" : unit + line))), close]
}

function kindOf(name: string): string | undefined {
  return components.get(name)?.children ?? elements.get(name)?.children
}

function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`
}

/** A value in quotes: double ones, or single ones where that saves escaping. */
export function quoted(value: string): string {
  const quote = value.includes('"') && !value.includes("'") ? "'" : '"'
  return quote + escapeValue(value, quote) + quote
}

/** The text between two quotes that reads as `value`. */
export function escapeValue(value: string, quote: string): string {
  const text = escapeText(value)
  return quote === '"' ? text.replaceAll('"', "&quot;") : text.replaceAll("'", "&apos;")
}

/** Text that reads as itself: `&` stays where it begins no reference. */
function escapeText(text: string): string {
  return text.replace(/&(?=#|[A-Za-z_][\w.-]{0,63};)/g, "&amp;").replaceAll("<", "&lt;")
}
