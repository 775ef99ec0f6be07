import { type Computed, type Import, isJson, type Json, STATE_TYPES, type State, type StateType } from "@nexus/protocol"
import { badValue, checkAttributes } from "./check/attributes.ts"
import { readBinding } from "./check/bindings.ts"
import type { Names } from "./check/names.ts"
import { checkPlaces } from "./check/places.ts"
import { attributeOf, type XmlElement } from "./document.ts"
import { MAX_DEPTH } from "./tree.ts"

export function readState(element: XmlElement, names: Names): State {
  checkElement(element, names)
  const type = typeOf(element)
  return {
    name: attributeOf(element, "name")?.value ?? "",
    type: type ?? "string",
    initial: readInitial(element, type, names) ?? emptyOf(type ?? "string"),
    description: attributeOf(element, "description")?.value ?? "",
    scope: attributeOf(element, "scope")?.value === "session" ? "session" : "document",
    secret: attributeOf(element, "secret")?.value === "true",
    range: tagRange(element, names),
  }
}

export function readComputed(element: XmlElement, names: Names): Computed {
  checkElement(element, names)
  const name = attributeOf(element, "name")?.value ?? ""
  const attribute = attributeOf(element, "value")
  const range = tagRange(element, names)
  if (attribute === undefined) return { name, value: { text: "", references: [], range }, range }
  const value = readBinding(attribute, names, [])
  const use = names.typed.at(-1)
  if (use?.attribute === attribute && !names.computedUses.has(name)) names.computedUses.set(name, use)
  return { name, value, range }
}

export function readImport(element: XmlElement, names: Names): Import {
  checkElement(element, names)
  const name = attributeOf(element, "name")?.value ?? ""
  return {
    panel: attributeOf(element, "panel")?.value ?? "",
    name,
    as: attributeOf(element, "as")?.value ?? name,
    range: tagRange(element, names),
  }
}

/** Checks the attributes of a declaration and that nothing foreign stands in it. */
export function checkElement(element: XmlElement, names: Names): void {
  checkAttributes(element, names.problems)
  if (element.entry?.holds === "none" && element.children.length > 0) checkPlaces(element, names.problems)
}

/** The `type` of a State or Arg, when it is one. */
export function typeOf(element: XmlElement): StateType | undefined {
  const written = attributeOf(element, "type")?.value
  return STATE_TYPES.find((type) => type === written)
}

/** The `default` of a State or Arg as JSON of its type; a value of another type is told. */
export function readInitial(element: XmlElement, type: StateType | undefined, names: Names): Json | undefined {
  const attribute = attributeOf(element, "default")
  if (attribute === undefined || type === undefined) return undefined
  const value = parseInitial(attribute.value, type)
  if (value === undefined) badValue(element, attribute, WANTED[type], names.problems)
  return value
}

const WANTED: { readonly [type in StateType]: string } = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  list: "a JSON list such as [1, 2]",
  object: 'a JSON object such as {"a": 1}',
}

function parseInitial(text: string, type: StateType): Json | undefined {
  if (type === "string") return text
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : undefined
  const value = parseJson(text)
  if (type === "number") return typeof value === "number" ? value : undefined
  const isList = Array.isArray(value)
  if (type === "list") return isList ? value : undefined
  return typeof value === "object" && value !== null && !isList ? value : undefined
}

function parseJson(text: string): Json | undefined {
  if (/^(?:\s{0,8}[[{]){65}/.test(text.slice(0, 600))) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isJson(value, MAX_DEPTH) ? value : undefined
  } catch {
    return undefined
  }
}

/** The value of a State without a default. */
export function emptyOf(type: StateType): Json {
  switch (type) {
    case "string":
      return ""
    case "number":
      return 0
    case "boolean":
      return false
    case "list":
      return []
    case "object":
      return {}
  }
}

/** The opening tag of an element. */
export function tagRange(element: XmlElement, names: Names) {
  return names.problems.range(element.offset, element.openEnd - element.offset)
}
