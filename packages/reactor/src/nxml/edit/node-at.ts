import type { XmlElement } from "../document.ts"
import type { PanelDocument } from "./panel-document.ts"
import { elementsIn, findTarget } from "./target.ts"

/** The `ViewNode.id` of the innermost element of the View around a place in the source, if one is. */
export function nodeAt(document: PanelDocument, offset: number): string | undefined {
  const found = findTarget(document.xml, { offset })
  if (typeof found === "string") return undefined
  const { root } = document.xml
  const line = [found.element, ...found.parents].reverse()
  const [panel, room, first, ...inner] = line
  if (root === undefined || panel !== root || room?.name !== "View" || first === undefined) return undefined
  let before = 0
  for (const other of elementsIn(root)) {
    if (other === room) break
    if (other.name === "View") before += elementsIn(other).length
  }
  let parent: XmlElement = first
  const steps = [before + elementsIn(room).indexOf(first)]
  for (const element of inner) {
    steps.push(elementsIn(parent).indexOf(element))
    parent = element
  }
  return steps.join(".")
}

/** The element that a node of the View is written as; `undefined` where there is no such node. */
export function elementOfNode(document: PanelDocument, node: string): XmlElement | undefined {
  const found = findTarget(document.xml, { node })
  return typeof found === "string" ? undefined : found.element
}
