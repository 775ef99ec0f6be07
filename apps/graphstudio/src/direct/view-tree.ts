import type { ViewNode } from "@nexus/protocol"
import { attributeOf, elementOfNode, type PanelDocument, type XmlElement } from "@nexus/reactor/language"

/** One element of a View as a person looks for it: what it is, and what tells it from its like. */
export interface TreeNode {
  /** `ViewNode.id`. */
  readonly id: string
  readonly element: string
  /** Its label or the first words it shows; empty where it has none. */
  readonly told: string
  /** 1-based, in the source. */
  readonly line: number
  readonly column: number
  readonly children: readonly TreeNode[]
}

/** The View of a document, in the order it is written. Nothing while the text cannot be read as a panel. */
export function viewTree(document: PanelDocument): readonly TreeNode[] {
  return (document.parsed.panel?.view ?? []).map((node) => toTree(document, node))
}

function toTree(document: PanelDocument, { id, element, range, children }: ViewNode): TreeNode {
  const written = elementOfNode(document, id)
  return {
    id,
    element,
    told: written === undefined ? "" : toldBy(written),
    line: range.line,
    column: range.column,
    children: children.map((child) => toTree(document, child)),
  }
}

const TELLING = ["title", "label", "content", "name", "value", "items", "test", "panel"]
const BRIEF = 32

function toldBy(element: XmlElement): string {
  for (const name of TELLING) {
    const value = attributeOf(element, name)?.value.trim()
    if (value) return value.length > BRIEF ? `${value.slice(0, BRIEF - 1)}…` : value
  }
  return ""
}

/** All nodes, each before its children. */
export function inReadingOrder(nodes: readonly TreeNode[]): readonly TreeNode[] {
  return nodes.flatMap((node) => [node, ...inReadingOrder(node.children)])
}

/** The nodes from the outermost to `id` itself; empty where it is not there. */
export function pathTo(nodes: readonly TreeNode[], id: string | undefined): readonly TreeNode[] {
  for (const node of nodes) {
    if (node.id === id) return [node]
    const below = pathTo(node.children, id)
    if (below.length > 0) return [node, ...below]
  }
  return []
}

/** The nodes that stand beside `id`, itself among them. */
export function siblingsOf(nodes: readonly TreeNode[], id: string): readonly TreeNode[] {
  const parent = pathTo(nodes, id).at(-2)
  return parent ? parent.children : nodes
}

export type Step = "before" | "after" | "previous" | "next" | "parent" | "child"

/** Where a key leads from `id`: `before` and `after` in reading order, `previous` and `next` among its siblings. */
export function stepFrom(nodes: readonly TreeNode[], id: string | undefined, step: Step): string | undefined {
  const all = inReadingOrder(nodes)
  const at = all.findIndex((node) => node.id === id)
  const here = all[at]
  if (here === undefined) return step === "before" || step === "previous" ? all.at(-1)?.id : all[0]?.id
  if (step === "before") return all[at - 1]?.id
  if (step === "after") return all[at + 1]?.id
  if (step === "parent") return pathTo(nodes, here.id).at(-2)?.id
  if (step === "child") return here.children[0]?.id
  const siblings = siblingsOf(nodes, here.id)
  return siblings[siblings.indexOf(here) + (step === "next" ? 1 : -1)]?.id
}
