import type { XmlDocument, XmlElement } from "../document.ts"

/** Which element is meant: a node of the View by `ViewNode.id`, or the innermost element around an offset. */
export type Target = { readonly node: string } | { readonly offset: number }

/** An element and what it stands in, the nearest first. */
export interface Found {
  readonly element: XmlElement
  readonly parents: readonly XmlElement[]
}

/** Finds the target; a sentence when there is none. */
export function findTarget(document: XmlDocument, target: Target): Found | string {
  const found = "node" in target ? byNode(document, target.node) : byOffset(document, target.offset)
  if (found !== undefined) return found
  return "node" in target ? `There is no element ${target.node} in the View` : "There is no element at that place"
}

/** A View's elements are counted over all its rooms, as `ViewNode.id` counts them. */
function byNode({ root }: XmlDocument, id: string): Found | undefined {
  if (root === undefined || !/^\d+(?:\.\d+)*$/.test(id)) return undefined
  const rooms = elementsIn(root).filter(({ name }) => name === "View")
  const [first, ...steps] = id.split(".").map(Number)
  let index = first ?? 0
  for (const room of rooms) {
    const nodes = elementsIn(room)
    const element = nodes[index]
    index -= nodes.length
    if (element !== undefined) return below({ element, parents: [room, root] }, steps)
  }
  return undefined
}

function below(start: Found, steps: readonly number[]): Found | undefined {
  let found: Found | undefined = start
  for (const step of steps) {
    const child: XmlElement | undefined = elementsIn(found.element)[step]
    if (child === undefined) return undefined
    found = { element: child, parents: [found.element, ...found.parents] }
  }
  return found
}

function byOffset({ root }: XmlDocument, offset: number): Found | undefined {
  if (root === undefined || offset < root.offset || offset > root.end) return undefined
  let found: Found = { element: root, parents: [] }
  for (;;) {
    const inner = innerAt(found.element, offset)
    if (inner === undefined) return found
    found = { element: inner, parents: [found.element, ...found.parents] }
  }
}

/** The child element around `offset`; of two that touch there the one that begins. */
function innerAt(element: XmlElement, offset: number): XmlElement | undefined {
  let touching: XmlElement | undefined
  for (const child of element.children) {
    if (child.kind !== "element" || offset < child.offset || offset > child.end) continue
    if (offset < child.end) return child
    touching = child
  }
  return touching
}

export function elementsIn(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => child.kind === "element")
}

/** Why the element's text cannot be taken as a whole, or undefined. */
export function refuseOpen(element: XmlElement): string | undefined {
  const whole = !element.broken && (element.selfClosing || element.closeStart >= 0)
  return whole ? undefined : `<${element.name}> is left open; close it first`
}
