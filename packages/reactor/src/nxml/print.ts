import type { XmlDocument, XmlNode } from "./document.ts"

/**
 * Writes a tree as it was read: every space, quote, comment and order of attributes, and also what recovery left out of
 * the tree, which stands in the gaps between nodes. So `print(parse(x))` is `x` for any text.
 */
export function print(document: XmlDocument): string {
  const pieces: string[] = []
  let written = 0
  const writeTo = (end: number) => {
    if (end <= written) return
    pieces.push(document.source.slice(written, end))
    written = end
  }
  const visit = (nodes: readonly XmlNode[]) => {
    for (const node of nodes) {
      writeTo(node.offset)
      if (node.kind === "element") {
        writeTo(node.openEnd)
        visit(node.children)
      }
      writeTo(node.end)
    }
  }
  visit(document.nodes)
  writeTo(document.source.length)
  return pieces.join("")
}
