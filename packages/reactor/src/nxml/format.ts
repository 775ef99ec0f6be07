import type { XmlElement, XmlNode } from "./document.ts"
import { parseDocument } from "./grammar.ts"
import { Problems } from "./problems.ts"
import { skipSpace, trimEnd } from "./tag.ts"
import { MAX_SOURCE } from "./to-panel.ts"
import { componentsWith, type PanelOptions } from "./vocabulary.ts"

const WIDTH = 120

/**
 * Lays a source out: one element a line, two spaces a level, attributes one a line where they do not fit. Comments, the
 * order and spelling of attributes and single blank lines stay. Texts and handlers move as a whole and only where their
 * meaning cannot change. A source with a syntax mistake is given back as it is: its layout may be all there is to read.
 */
export function formatPanel(source: string, options: PanelOptions = {}): string {
  if (source.length > MAX_SOURCE) return source
  const problems = new Problems(source)
  const document = parseDocument(source, problems, componentsWith(options.components))
  if (problems.size > 0) return source
  const writer = new Writer(source)
  writer.nodes(document.nodes, 0, 0)
  return `${writer.lines.join("\n")}\n`
}

/** A text whose lines cannot move unseen: a template, a line that goes on, or CDATA. */
const FIXED_TEXT = /`|\\\r?\n|<!\[CDATA\[/
/** What would be taken for a declaration if a space came before or behind it. */
const LIKE_A_TAG = /^[ \t]*<(?!!)/m

class Writer {
  readonly lines: string[] = []
  readonly #source: string

  constructor(source: string) {
    this.#source = source
  }

  /** Writes neighbours; `from` is where the text before the first begins. */
  nodes(nodes: readonly XmlNode[], from: number, depth: number): void {
    const first = this.lines.length
    const source = this.#source
    let written = from
    for (const node of nodes) {
      const raw = source.slice(node.offset, node.end)
      const gap = source.slice(written, node.offset) + (node.kind === "text" ? raw : "")
      if (/\n[ \t\r]*\n/.test(gap) && this.lines.length > first) this.lines.push("")
      if (node.kind === "text")
        this.#line(source.slice(skipSpace(source, node.offset), trimEnd(source, node.end)), depth)
      else if (node.kind === "element") this.#element(node, depth)
      else this.#line(raw, depth)
      written = node.end
    }
  }

  #line(text: string, depth: number): void {
    this.lines.push("  ".repeat(depth) + text)
  }

  #element(element: XmlElement, depth: number): void {
    const kind = element.entry?.holds
    const raw = element.closeStart < 0 ? "" : this.#source.slice(element.openEnd, element.closeStart)
    if (kind === "script" || kind === "text") {
      this.#block(element, raw, depth)
      return
    }
    const empty = element.children.length === 0
    this.#open(element, depth, empty ? "/>" : ">")
    if (empty) return
    this.nodes(element.children, element.openEnd, depth + 1)
    this.#line(`</${element.name}>`, depth)
  }

  /** An element whose content is text: its lines are shifted together, or left alone where a shift could be seen. */
  #block(element: XmlElement, raw: string, depth: number): void {
    if (element.closeStart < 0) {
      this.#open(element, depth, "/>")
      return
    }
    this.#open(element, depth, ">")
    const close = `</${element.name}>`
    const last = this.lines.length - 1
    const indent = "  ".repeat(depth)
    if (!raw.includes("\n") || LIKE_A_TAG.test(raw)) this.lines[last] += raw + close
    else if (FIXED_TEXT.test(raw)) this.lines[last] += `${raw.trimEnd()}\n${indent}${close}`
    else {
      const lines = dedented(raw)
      for (const line of lines) this.lines.push(line === "" ? "" : `${indent}  ${line}`)
      this.lines.push(indent + close)
    }
  }

  #open(element: XmlElement, depth: number, end: string): void {
    const attributes = element.attributes.map(({ name, valueStart, end: behind }) => {
      const quote = this.#source.charAt(behind - 1)
      return `${name}=${quote}${this.#source.slice(valueStart, behind)}`
    })
    const one = `<${[element.name, ...attributes].join(" ")}${end}`
    const long = depth * 2 + one.length > WIDTH || one.includes("\n")
    if (!long || attributes.length < 2) {
      this.#line(one, depth)
      return
    }
    this.#line(`<${element.name}`, depth)
    for (const attribute of attributes) this.#line(attribute, depth + 1)
    this.#line(end, depth)
  }
}

/** The lines of a text without their common indent and without the blank lines around them. */
function dedented(raw: string): string[] {
  const lines = raw.split("\n").map((line) => line.trimEnd())
  while (lines.length > 0 && lines[0] === "") lines.shift()
  while (lines.length > 0 && lines[lines.length - 1] === "") lines.pop()
  const first = raw.split("\n", 1)[0] ?? ""
  if (first.trim() !== "") lines[0] = first.trim()
  const counted = first.trim() === "" ? lines : lines.slice(1)
  let indent = Number.MAX_SAFE_INTEGER
  for (const line of counted) if (line !== "") indent = Math.min(indent, line.length - line.trimStart().length)
  return lines.map((line, index) =>
    index === 0 && first.trim() !== "" ? line : line.slice(Math.min(indent, line.length)),
  )
}
