import type { XmlDocument, XmlNode } from "../nxml/document.ts"

/** A stretch that can be folded away; its first line stays. */
export interface Fold {
  readonly offset: number
  readonly end: number
  readonly kind: "element" | "comment"
}

/** Every element and comment of more than one line: what stands between its first and its last line's end. */
export function foldsOf(document: XmlDocument): Fold[] {
  const { source } = document
  const folds: Fold[] = []
  const visit = (node: XmlNode) => {
    if (node.kind === "text") return
    const isElement = node.kind === "element"
    const offset = isElement && !source.slice(node.offset, node.openEnd).includes("\n") ? node.openEnd : node.offset
    const end = isElement && node.closeStart >= 0 ? node.closeStart : node.end
    const folded = source.slice(offset, end)
    if (folded.includes("\n") && folded.trim() !== "")
      folds.push({ offset, end, kind: isElement ? "element" : "comment" })
    if (isElement) for (const child of node.children) visit(child)
  }
  for (const node of document.nodes) visit(node)
  return folds
}
