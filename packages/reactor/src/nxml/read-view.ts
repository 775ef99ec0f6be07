import {
  type Binding,
  type ComponentDeclaration,
  elements,
  type PropDeclaration,
  type Reference,
  type ViewNode,
} from "@nexus/protocol"
import { analyseBinding } from "../expression/analyse.ts"
import { badValue, checkEnum, checkRequired, checkValue, unknownAttribute } from "./check/attributes.ts"
import { readBind, readBinding, readStatements, readText } from "./check/bindings.ts"
import type { Local, Locals } from "./check/locals.ts"
import type { Names } from "./check/names.ts"
import { checkStrayText, isHalfWritten, misplaced, retagged } from "./check/places.ts"
import { attributeOf, decodeText, isUnwritten, type XmlAttribute, type XmlElement } from "./document.ts"
import { didYouMean } from "./nearest.ts"
import { tagRange } from "./read-data.ts"
import type { Entry } from "./vocabulary.ts"

const NONE: readonly never[] = []

/** Reads View. `component` is whose own document it is, if any: its props are variables there. */
export function readView(
  rooms: readonly XmlElement[],
  names: Names,
  component: ComponentDeclaration | undefined,
): ViewNode[] {
  const nodes: ViewNode[] = []
  const locals = component === undefined ? NONE : propsOf(component)
  for (const room of rooms) readChildren(room, undefined, "", names, locals, nodes)
  return nodes
}

function propsOf({ props, bind }: ComponentDeclaration): Local[] {
  const locals = Object.keys(props).map((name): Local => ({ name, references: NONE, place: true }))
  return bind === undefined || Object.hasOwn(props, "value")
    ? locals
    : [...locals, { name: "value", references: NONE, place: true }]
}

/** `host` is the component that the children stand in, through If and Each. */
function readChildren(
  parent: XmlElement,
  host: ComponentDeclaration | undefined,
  path: string,
  names: Names,
  locals: Locals,
  nodes: ViewNode[],
): ViewNode[] {
  checkStrayText(parent, names.problems)
  for (const child of parent.children) {
    if (child.kind !== "element") continue
    const id = path === "" ? String(nodes.length) : `${path}.${nodes.length}`
    nodes.push(readNode(child, parent, host, id, names, locals))
  }
  return nodes
}

function readNode(
  element: XmlElement,
  parent: XmlElement,
  host: ComponentDeclaration | undefined,
  id: string,
  names: Names,
  locals: Locals,
): ViewNode {
  const { entry } = element
  if (entry?.component !== undefined) {
    checkHost(element, entry.component, parent, host, names)
    return readComponent(element, entry, entry.component, id, names, locals)
  }
  const stands = entry?.inView === true && (element.name !== "Else" || parent.name === "If")
  if (stands) return readControl(element, entry, host, id, names, locals)
  unknownInView(element, parent, names)
  const attributes: { [name: string]: Binding } = {}
  const isComponent = entry === undefined
  for (const attribute of element.attributes)
    if (isComponent) attributes[attribute.name] = readUnknown(attribute, names, locals)
  const children = isComponent || element.name === "Else" ? readChildren(element, host, id, names, locals, []) : NONE
  return { id, element: element.name, attributes, children, content: "", range: tagRange(element, names) }
}

/** A component that stands only in some others, or a place that holds only some. */
function checkHost(
  element: XmlElement,
  component: ComponentDeclaration,
  parent: XmlElement,
  host: ComponentDeclaration | undefined,
  names: Names,
): void {
  const wanted = component.parents
  const held = host?.holds
  const fits =
    (wanted === undefined || (host !== undefined && wanted.includes(host.name))) &&
    (held?.includes(element.name) ?? true)
  if (!fits) misplaced(element, parent, held ?? NONE, names.problems)
}

function readControl(
  element: XmlElement,
  entry: Entry,
  host: ComponentDeclaration | undefined,
  id: string,
  names: Names,
  locals: Locals,
): ViewNode {
  const { name } = element
  const { problems } = names
  const attributes: { [name: string]: Binding } = {}
  const inside = name === "Each" ? bound(element, attributes, names, locals) : locals
  for (const attribute of element.attributes) {
    const rule = entry.rules.get(attribute.name)
    if (rule?.reads !== "attribute") unknownAttribute(element, attribute, entry.known, problems)
    else checkValue(element, attribute, rule.declared, problems)
    if (name === "Each" && attribute.name === "items") continue
    const holes = rule?.reads === "attribute" && rule.declared.kind === "binding"
    attributes[attribute.name] = holes ? readBinding(attribute, names, inside) : readText(attribute, names)
    if (name === "If" && holes) needsHole(element, attribute, names)
  }
  checkRequired(element, entry, problems)
  if (name === "Each" && attributeOf(element, "key") === undefined)
    problems.add("missing-key", element.offset, element.name.length + 1, "<Each> has no key", {
      hint: 'Add key="{item.id}", so that an item keeps its place and input when the list changes.',
    })
  const within = name === "If" || name === "Each" || name === "Else" ? host : undefined
  const children = readChildren(element, within, id, names, inside, [])
  return { id, element: name, attributes, children, content: "", range: tagRange(element, names) }
}

/** The names that an Each gives its inside; reads `items`, which does not see them. */
function bound(element: XmlElement, attributes: { [name: string]: Binding }, names: Names, locals: Locals): Locals {
  const items = attributeOf(element, "items")
  if (items !== undefined) {
    attributes.items = readBinding(items, names, locals)
    needsHole(element, items, names)
  }
  const references = attributes.items?.references ?? []
  const as = attributeOf(element, "as")?.value
  const index = attributeOf(element, "index")?.value
  const inner: Local[] = []
  if (as !== undefined) inner.push({ name: as, references, ...rowsOf(items?.value ?? "", references, names, locals) })
  if (index !== undefined) inner.push({ name: index, references: [], counts: true })
  return [...inner, ...locals]
}

/** What the type of an item comes from; nothing where the list is a state of which no item is known. */
function rowsOf(list: string, references: readonly Reference[], names: Names, locals: Locals): Pick<Local, "rows"> {
  const plain = references.every(({ root, name }) => root !== "$computed" && isUnshown(names.of(root).get(name)))
  const known = !plain || list.includes("(") || locals.some(({ rows }) => rows !== undefined)
  return known ? { rows: { list, locals } } : {}
}

/** Does the declaration say nothing of what is in the value? */
function isUnshown(declared: XmlElement | undefined): boolean {
  const shown = declared === undefined ? undefined : attributeOf(declared, "default")
  return shown === undefined || shown.value === "[]"
}

/** A condition or list written without braces is plain text and always the same: surely a slip. */
function needsHole(element: XmlElement, attribute: XmlAttribute, names: Names): void {
  if (attribute.value.includes("{")) return
  const { value } = attribute
  if (attribute.name === "test" && (value === "true" || value === "false")) return
  badValue(element, attribute, "an {expression}", names.problems, {
    hint: `Write ${attribute.name}="{${value}}".`,
    fix: { text: `{${value}}`, label: "Put it in braces" },
  })
}

function unknownInView(element: XmlElement, parent: XmlElement, names: Names): void {
  const known = [...names.components.keys(), "If", "Each", "Slot", "Embed"]
  if (elements.has(element.name)) {
    misplaced(element, parent, element.name === "Else" ? [] : known, names.problems)
    return
  }
  if (isHalfWritten(element)) return
  names.problems.add(
    "undefined-component",
    element.offset,
    element.name.length + 1,
    `There is no component <${element.name}>`,
    {
      hint: `There are ${known.join(", ")}.`,
      ...retagged(element, didYouMean(element.name, known)),
    },
  )
}

/** An attribute of a component that is not known: its expressions are read all the same. */
function readUnknown(attribute: XmlAttribute, names: Names, locals: Locals): Binding {
  if (/^on[A-Z]/.test(attribute.name)) return readStatements(attribute, names, locals)
  if (attribute.name === "bind") return readBind(attribute, names, locals)
  return readBinding(attribute, names, locals)
}

function readComponent(
  element: XmlElement,
  entry: Entry,
  component: ComponentDeclaration,
  id: string,
  names: Names,
  locals: Locals,
): ViewNode {
  const attributes: { [name: string]: Binding } = {}
  for (const attribute of element.attributes)
    attributes[attribute.name] = readAttribute(element, entry, attribute, names, locals)
  checkRequired(element, entry, names.problems)
  checkLabel(element, component, names)
  let children: readonly ViewNode[] = NONE
  let content = ""
  if (entry.holds === "components") {
    if (element.children.length > 0) children = readChildren(element, component, id, names, locals, [])
  } else if (element.children.length > 0) {
    if (entry.holds === "text") content = contentOf(element, names.problems.source)
    else checkStrayText(element, names.problems)
    for (const child of element.children) if (child.kind === "element") misplaced(child, element, NONE, names.problems)
  }
  return { id, element: element.name, attributes, children, content, range: tagRange(element, names) }
}

function readAttribute(
  element: XmlElement,
  entry: Entry,
  attribute: XmlAttribute,
  names: Names,
  locals: Locals,
): Binding {
  const rule = entry.rules.get(attribute.name)
  switch (rule?.reads) {
    case "prop":
      if (rule.prop.type !== "string" || attribute.value === "") checkProp(element, attribute, rule.prop, names)
      return readBinding(attribute, names, locals)
    case "event":
      return readStatements(attribute, names, locals)
    case "bind":
      return readBind(attribute, names, locals)
    default:
      unknownAttribute(element, attribute, entry.known, names.problems)
      return readUnknown(attribute, names, locals)
  }
}

/** A value written as plain text must be of the prop's type; what a hole gives is known only when it runs. */
function checkProp(element: XmlElement, attribute: XmlAttribute, prop: PropDeclaration, names: Names): void {
  const { value } = attribute
  const { problems } = names
  if (isUnwritten(attribute)) return
  if (value.includes("{")) {
    if (prop.type !== "list" && prop.type !== "object") return
    const { lone, errors } = analyseBinding(value)
    if (!lone && errors.length === 0) badValue(element, attribute, "one {expression} alone", problems)
    return
  }
  if (prop.type === "enum") checkEnum(element, attribute, prop.values ?? [], problems)
  else if (prop.type === "boolean") checkEnum(element, attribute, ["true", "false"], problems)
  else if (prop.type === "number" && (value.trim() === "" || !Number.isFinite(Number(value))))
    badValue(element, attribute, "a number", problems)
  else if (prop.type === "list" || prop.type === "object")
    badValue(element, attribute, "an {expression}", problems, {
      hint: `Write ${attribute.name}="{${value}}".`,
      fix: { text: `{${value}}`, label: "Put it in braces" },
    })
}

function checkLabel(element: XmlElement, component: ComponentDeclaration, names: Names): void {
  const { labelledBy } = component
  if (labelledBy === undefined || labelledBy.some((name) => (attributeOf(element, name)?.value ?? "") !== "")) return
  names.problems.add(
    "missing-label",
    element.offset,
    element.name.length + 1,
    `<${element.name}> has no ${labelledBy.join(" or ")}`,
    {
      hint: `Add label="…": people who cannot see the screen know it by that.`,
    },
  )
}

/** The text in an element, without the indent that all its lines share. */
function contentOf(element: XmlElement, source: string): string {
  let text = ""
  for (const child of element.children) {
    if (child.kind === "text") text += decodeText(source.slice(child.offset, child.end))
    if (child.kind === "cdata") text += source.slice(child.offset + 9, child.end - 3)
  }
  const lines = text
    .replace(/^[ \t]*\n/, "")
    .trimEnd()
    .split("\n")
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length)
  const indent = Math.min(...indents.slice(0, 10_000), Number.MAX_SAFE_INTEGER)
  return lines.map((line) => line.slice(Math.min(indent, line.length))).join("\n")
}
