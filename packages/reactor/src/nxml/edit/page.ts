import type { XmlDocument, XmlElement } from "../document.ts"

/**
 * How a source is laid out on its lines. An edit takes the layout of what stands beside it: its indent, its kind of
 * newline, one line or several; the alternative, formatting afterwards, would change lines that nobody touched.
 */
export interface Page {
  readonly source: string
  readonly newline: string
  /** One level of indent. */
  readonly unit: string
}

export function pageOf(document: XmlDocument): Page {
  const { source, root } = document
  return {
    source,
    newline: /\r?\n/.exec(source)?.[0] ?? "\n",
    unit: (root && unitIn(root, source)) ?? "  ",
  }
}

/** The indent that a child has more than its parent, at the first place where both begin a line. */
function unitIn(element: XmlElement, source: string): string | undefined {
  const outer = indentAt(source, element.offset)
  for (const child of element.children) {
    if (child.kind !== "element") continue
    const inner = indentAt(source, child.offset)
    if (outer !== undefined && inner !== undefined && inner.length > outer.length && inner.startsWith(outer))
      return inner.slice(outer.length)
    const deeper = unitIn(child, source)
    if (deeper !== undefined) return deeper
  }
  return undefined
}

/** The spaces before `offset` when nothing else stands before it on its line. */
export function indentAt(source: string, offset: number): string | undefined {
  const start = lineStart(source, offset)
  const before = source.slice(start, offset)
  return /^[ \t]*$/.test(before) ? before : undefined
}

/** The spaces that the line of `offset` begins with. */
export function indentOfLine(source: string, offset: number): string {
  return /^[ \t]*/.exec(source.slice(lineStart(source, offset)))?.[0] ?? ""
}

export function lineStart(source: string, offset: number): number {
  return offset === 0 ? 0 : source.lastIndexOf("\n", offset - 1) + 1
}

/** Behind the newline that ends the line of `offset`, when nothing but spaces stands between; undefined otherwise. */
export function lineRest(source: string, offset: number): number | undefined {
  const rest = /^[ \t]*(?:\r?\n|$)/.exec(source.slice(offset, offset + 400))
  return rest === null ? undefined : offset + rest[0].length
}

/** The lines of a text, the first without indent and the others with `indent` before them unless they are empty. */
export function indented(lines: readonly string[], indent: string, newline: string): string {
  return lines.map((line, index) => (index === 0 || line === "" ? line : indent + line)).join(newline)
}
