import { elements, type Json } from "@nexus/protocol"
import {
  addDeclaration,
  addElement,
  applyEdits,
  duplicateElement,
  type Edited,
  type EditPlace,
  elementOfNode,
  elementsFrom,
  moveElement,
  nodeAt,
  PanelDocument,
  removeElement,
  type TextEdit,
  unwrapElement,
  wrapElement,
} from "@nexus/reactor/language"
import { textDifference } from "@nexus/reactor/text"
import { siblingsOf, viewTree } from "./view-tree.ts"

/** A change of a text, with the node that is selected in it afterwards. */
export interface Made {
  readonly edits: readonly TextEdit[]
  readonly node: string | undefined
}

/** What can be done to the structure of a panel. A sentence says why something cannot. Pure: text in, edits out. */
export type Making = (document: PanelDocument) => Made | string

/** A place beside a node, or the View of a panel that shows nothing yet. */
export type AddPlace = EditPlace | "view"

/** An element of the catalogue at a place, with what it needs to work as it stands: the states that its example names. */
export function adding(name: string, place: AddPlace, panels: readonly string[]): Making {
  return (document) => {
    const declared = document.components.get(name) ?? elements.get(name)
    if (declared === undefined) return `There is no component "${name}"`
    const taken = new Set(document.parsed.panel?.states.map((state) => state.name))
    let { example } = declared
    let now = document
    for (const [wanted, value] of Object.entries(declared.sample ?? {})) {
      const own = freeName(wanted, taken)
      taken.add(own)
      example = example.replaceAll(new RegExp(`\\$state\\.${wanted}\\b`, "g"), `$state.${own}`)
      const edits = addDeclaration(now, { name: "State", attributes: stateOf(own, value) })
      if (typeof edits === "string") return edits
      now = new PanelDocument(applyEdits(now.source, edits), document.options)
    }
    const [first] = elementsFrom(example, document.options)
    if (first === undefined) return `"${name}" has no example to start from`
    const [panel = ""] = panels
    const element = name === "Embed" ? { ...first, attributes: { panel } } : first
    const edits = addElement(now, element, place === "view" ? inView(now) : place)
    if (typeof edits === "string") return edits
    const after = new PanelDocument(applyEdits(now.source, edits), document.options)
    return { edits: textDifference(document.source, after.source), node: nodeAt(after, insertedAt(edits)) }
  }
}

export function moving(node: string, place: EditPlace): Making {
  return (document) => landed(document, moveElement(document, { node }, place), node)
}

export function duplicating(node: string): Making {
  return (document) => landed(document, duplicateElement(document, { node }), node)
}

/** Leaves the one beside it selected, or what it stood in. */
export function removing(node: string): Making {
  return (document) => {
    const siblings = siblingsOf(viewTree(document), node)
    const at = siblings.findIndex(({ id }) => id === node)
    const parent = node.includes(".") ? node.slice(0, node.lastIndexOf(".")) : undefined
    // The next one moves up into its place.
    const left = at < siblings.length - 1 ? node : (siblings[at - 1]?.id ?? parent)
    return kept(removeElement(document, { node }), left)
  }
}

/** Around what is wrapped: what each of them needs to mean something. */
export const WRAPPERS: readonly { readonly name: string; readonly attributes?: { readonly [name: string]: string } }[] =
  [
    { name: "Container", attributes: { surface: "card" } },
    { name: "Layout", attributes: { strategy: "row" } },
    { name: "Form" },
    { name: "If", attributes: { test: "{true}" } },
    { name: "Each", attributes: { items: "{[1, 2, 3]}", as: "item", key: "{item}" } },
  ]

export function wrapping(node: string, around: (typeof WRAPPERS)[number]): Making {
  return (document) => kept(wrapElement(document, { node }, around), node)
}

export function unwrapping(node: string): Making {
  return (document) => kept(unwrapElement(document, { node }), node)
}

/** One place up or down among those that it stands beside. */
export function shifting(node: string, by: -1 | 1): Making {
  return (document) => {
    const siblings = siblingsOf(viewTree(document), node)
    const beside = siblings[siblings.findIndex(({ id }) => id === node) + by]
    if (beside === undefined) return { edits: [], node }
    return moving(node, by < 0 ? { before: { node: beside.id } } : { after: { node: beside.id } })(document)
  }
}

function kept(edits: Edited, node: string | undefined): Made | string {
  return typeof edits === "string" ? edits : { edits, node }
}

/** What was written is what is selected; `node` where nothing was. */
function landed(document: PanelDocument, edits: Edited, node: string): Made | string {
  if (typeof edits === "string") return edits
  if (edits.length === 0) return { edits, node }
  const after = new PanelDocument(applyEdits(document.source, edits), document.options)
  return { edits, node: nodeAt(after, insertedAt(edits)) }
}

/** Where the new element's tag begins, in the text after the edits. */
function insertedAt(edits: readonly TextEdit[]): number {
  let moved = 0
  for (const { offset, length, text } of edits) {
    const tag = text.search(/<[A-Z]/)
    if (tag >= 0) return offset + moved + tag + 1
    moved += text.length - length
  }
  return -1
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = wanted
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}${count}`
  return name
}

function stateOf(name: string, value: Json): { readonly [name: string]: string } {
  const type = Array.isArray(value) ? "list" : typeof value === "object" ? "object" : typeof value
  const initial = typeof value === "string" ? value : JSON.stringify(value)
  return initial === "" ? { name, type } : { name, type, default: initial }
}

/** Where something that is added goes when nobody says: behind what is selected, or into it where it holds components. */
export function usualPlace(document: PanelDocument, node: string | undefined): AddPlace {
  const tree = viewTree(document)
  const element = node === undefined ? undefined : elementOfNode(document, node)
  if (node !== undefined && element !== undefined) {
    return holdsAnything(document, element.name) ? { into: { node } } : { after: { node } }
  }
  const last = tree.at(-1)
  if (last === undefined) return "view"
  return holdsAnything(document, last.element) ? { into: { node: last.id } } : { after: { node: last.id } }
}

function inView({ xml }: PanelDocument): EditPlace {
  const view = xml.root?.children.find((child) => child.kind === "element" && child.name === "View")
  return { into: { offset: (view?.offset ?? 0) + 1 } }
}

/** May any component stand in it? */
export function holdsAnything(document: PanelDocument, name: string): boolean {
  const component = document.components.get(name)
  if (component) return component.children === "components" && component.holds === undefined
  return name === "If" || name === "Each" || name === "Else" || name === "Slot"
}
