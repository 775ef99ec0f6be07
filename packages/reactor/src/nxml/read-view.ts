import {
  type Binding,
  COMMON_PROPS,
  type ComponentDeclaration,
  elements,
  type PropDeclaration,
  type ViewNode,
} from "@nexus/protocol"
import { analyseBinding } from "../expression/analyse.ts"
import {
  badValue,
  checkAttributes,
  checkEnum,
  isMisspelt,
  missingAttribute,
  unknownAttribute,
} from "./check/attributes.ts"
import { type Locals, readBind, readBinding, readStatements, readText } from "./check/bindings.ts"
import type { Names } from "./check/names.ts"
import { checkStrayText, misplaced, retagged } from "./check/places.ts"
import { attributeOf, decodeText, isUnwritten, type XmlAttribute, type XmlElement } from "./document.ts"
import { didYouMean } from "./nearest.ts"
import { tagRange } from "./read-data.ts"

export function readView(rooms: readonly XmlElement[], names: Names): ViewNode[] {
  const nodes: ViewNode[] = []
  for (const room of rooms) readChildren(room, "", names, [], nodes)
  return nodes
}

function readChildren(parent: XmlElement, path: string, names: Names, locals: Locals, nodes: ViewNode[]): ViewNode[] {
  checkStrayText(parent, names.problems)
  for (const child of parent.children) {
    if (child.kind !== "element") continue
    const id = path === "" ? String(nodes.length) : `${path}.${nodes.length}`
    nodes.push(readNode(child, parent, id, names, locals))
  }
  return nodes
}

function readNode(element: XmlElement, parent: XmlElement, id: string, names: Names, locals: Locals): ViewNode {
  const component = names.components.get(element.name)
  if (component !== undefined) return readComponent(element, component, id, names, locals)
  const control = elements.get(element.name)
  const range = tagRange(element, names)
  const stands = control?.parents.includes("View") === true || (element.name === "Else" && parent.name === "If")
  if (control === undefined || !stands) {
    unknownInView(element, parent, names)
    const attributes: { [name: string]: Binding } = {}
    const isComponent = control === undefined
    for (const attribute of element.attributes)
      if (isComponent) attributes[attribute.name] = readUnknown(attribute, names, locals)
    const children = isComponent || element.name === "Else" ? readChildren(element, id, names, locals, []) : []
    return { id, element: element.name, attributes, children, content: "", range }
  }
  checkAttributes(element, control, names.problems)
  const attributes: { [name: string]: Binding } = {}
  const itself = element.name === "Each" ? bound(element, attributes, names, locals) : locals
  for (const attribute of element.attributes) {
    if (Object.hasOwn(attributes, attribute.name)) continue
    const kind = control.attributes[attribute.name]?.kind
    attributes[attribute.name] = kind === "binding" ? readBinding(attribute, names, itself) : readText(attribute, names)
    if (kind === "binding") needsHole(element, attribute, names)
  }
  if (element.name === "Each" && attributeOf(element, "key") === undefined)
    names.problems.add("missing-key", element.offset, element.name.length + 1, "<Each> has no key", {
      hint: 'Add key="{item.id}", so that an item keeps its place and input when the list changes.',
    })
  return {
    id,
    element: element.name,
    attributes,
    children: readChildren(element, id, names, itself, []),
    content: "",
    range,
  }
}

/** The names that an Each gives its inside; reads `items`, which does not see them. */
function bound(element: XmlElement, attributes: { [name: string]: Binding }, names: Names, locals: Locals): Locals {
  const items = attributeOf(element, "items")
  if (items !== undefined) {
    attributes.items = readBinding(items, names, locals)
    needsHole(element, items, names)
  }
  const references = attributes.items?.references ?? []
  const inner = ["as", "index"].flatMap((attribute) => {
    const name = attributeOf(element, attribute)?.value
    return name === undefined ? [] : [{ name, references: attribute === "as" ? references : [] }]
  })
  return [...inner, ...locals]
}

/** A condition or list written without braces is plain text and always the same: surely a slip. */
function needsHole(element: XmlElement, attribute: XmlAttribute, names: Names): void {
  if (attribute.value.includes("{") || attribute.name === "key") return
  const { value } = attribute
  if (attribute.name === "test" && (value === "true" || value === "false")) return
  badValue(element, attribute, "an {expression}", names.problems, {
    hint: `Write ${attribute.name}="{${value}}".`,
    fix: { text: `{${value}}`, label: "Put it in braces" },
  })
}

function unknownInView(element: XmlElement, parent: XmlElement, names: Names): void {
  const known = [...names.components.keys(), "If", "Each"]
  if (elements.has(element.name)) {
    misplaced(element, parent, element.name === "Else" ? [] : known, names.problems)
    return
  }
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
  component: ComponentDeclaration,
  id: string,
  names: Names,
  locals: Locals,
): ViewNode {
  const { problems } = names
  const attributes: { [name: string]: Binding } = {}
  for (const attribute of element.attributes)
    attributes[attribute.name] = readAttribute(element, component, attribute, names, locals)
  for (const name of requiredOf(component))
    if (
      attributeOf(element, name) === undefined &&
      !isMisspelt(element, name, { ...component.props, ...component.events })
    )
      missingAttribute(element, name, component.props[name]?.doc ?? "", problems)
  checkLabel(element, component, names)
  let children: ViewNode[] = []
  let content = ""
  if (component.children === "components") children = readChildren(element, id, names, locals, [])
  else {
    if (component.children === "text") content = contentOf(element, problems.source)
    else checkStrayText(element, problems)
    for (const child of element.children) if (child.kind === "element") misplaced(child, element, [], problems)
  }
  return { id, element: element.name, attributes, children, content, range: tagRange(element, names) }
}

const requiredNames = new Map<ComponentDeclaration, readonly string[]>()

function requiredOf(component: ComponentDeclaration): readonly string[] {
  let required = requiredNames.get(component)
  if (required === undefined) {
    required = Object.keys(component.props).filter((name) => component.props[name]?.required === true)
    requiredNames.set(component, required)
  }
  return required
}

function readAttribute(
  element: XmlElement,
  component: ComponentDeclaration,
  attribute: XmlAttribute,
  names: Names,
  locals: Locals,
): Binding {
  const { name } = attribute
  const prop = Object.hasOwn(component.props, name)
    ? component.props[name]
    : Object.hasOwn(COMMON_PROPS, name)
      ? COMMON_PROPS[name]
      : undefined
  if (prop !== undefined) {
    checkProp(element, attribute, prop, names)
    return readBinding(attribute, names, locals)
  }
  if (Object.hasOwn(component.events, name)) return readStatements(attribute, names, locals)
  if (name === "bind" && component.bind !== undefined) return readBind(attribute, names, locals)
  const own = [...Object.keys(component.props), ...Object.keys(component.events), ...Object.keys(COMMON_PROPS)]
  unknownAttribute(element, attribute, component.bind === undefined ? own : ["bind", ...own], names.problems)
  return readUnknown(attribute, names, locals)
}

/** A value written as plain text must be of the prop's type; what a hole gives is known only when it runs. */
function checkProp(element: XmlElement, attribute: XmlAttribute, prop: PropDeclaration, names: Names): void {
  const { value } = attribute
  const { problems } = names
  if (isUnwritten(attribute)) return
  if (value.includes("{") && !analyseBinding(value).plain) {
    const mixed = !analyseBinding(value).lone && analyseBinding(value).errors.length === 0
    if (mixed && (prop.type === "list" || prop.type === "object"))
      badValue(element, attribute, "one {expression} alone", problems)
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
