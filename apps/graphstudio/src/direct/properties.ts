import {
  type AttributeDeclaration,
  COMMON_PROPS,
  type Diagnostic,
  elements,
  type Panel,
  type PropDeclaration,
} from "@nexus/protocol"
import { attributeOf, type PanelDocument, type XmlElement } from "@nexus/reactor/language"

/** How a property is edited. `expression`: always worked out, with or without braces; `statements`: what an event does. */
export type PropertyKind = "text" | "number" | "yes-no" | "choice" | "expression" | "place" | "statements"

/**
 * One property of a component as the inspector shows it. Everything is read from the component's declaration and from
 * the text; a component of a package is edited like one of ours, and a new property needs nothing here.
 */
export interface Property {
  readonly name: string
  readonly kind: PropertyKind
  readonly doc: string
  readonly required: boolean
  /** What may be chosen. */
  readonly values: readonly string[]
  /** What holds where it is not written. */
  readonly initial: string | undefined
  /** As it is written; `undefined` where it is not. */
  readonly written: string | undefined
  /** What the checks say about it. */
  readonly findings: readonly Diagnostic[]
}

const KINDS: Readonly<Record<PropDeclaration["type"], PropertyKind>> = {
  string: "text",
  number: "number",
  boolean: "yes-no",
  enum: "choice",
  list: "expression",
  object: "expression",
  any: "text",
}

const ATTRIBUTE_KINDS: Readonly<Record<AttributeDeclaration["kind"], PropertyKind>> = {
  text: "text",
  identifier: "text",
  json: "text",
  duration: "text",
  enum: "choice",
  boolean: "yes-no",
  binding: "expression",
  handler: "choice",
}

type Declared = Omit<Property, "written" | "findings">

/** What can be set on an element: its properties, what it is bound to, and what its events do; the unknown ones last. */
export function propertiesOf(document: PanelDocument, element: XmlElement): readonly Property[] {
  const declared = declaredOf(document, element.name)
  const unknown = element.attributes
    .filter(({ name }) => declared.every((one) => one.name !== name))
    .map(({ name }): Declared => ({ name, kind: "text", doc: "", required: false, values: [], initial: undefined }))
  return [...declared, ...unknown].map((one) => {
    const attribute = attributeOf(element, one.name)
    return {
      ...one,
      written: attribute?.value,
      findings: document.parsed.diagnostics.filter(({ code, message, range }) => {
        if (attribute) return range.offset >= attribute.offset && range.offset <= attribute.end
        const named = code === "missing-attribute" && message.includes(`"${one.name}"`)
        return named && range.offset >= element.offset && range.offset < element.openEnd
      }),
    }
  })
}

function declaredOf(document: PanelDocument, name: string): Declared[] {
  const component = document.components.get(name)
  if (component === undefined) {
    const { attributes = {} } = elements.get(name) ?? {}
    return Object.entries(attributes).map(([of, attribute]) => fromAttribute(of, attribute, document.parsed.panel))
  }
  const { props, bind, events } = component
  const rest = { required: false, values: [], initial: undefined }
  return [
    ...Object.entries(props).map(([of, prop]) => fromProp(of, prop)),
    ...(bind === undefined
      ? []
      : [{ name: "bind", kind: "place" as const, doc: "The state that it shows and writes.", ...rest }]),
    ...Object.entries(events).map(([of, doc]) => ({ name: of, kind: "statements" as const, doc, ...rest })),
    ...Object.entries(COMMON_PROPS).map(([of, prop]) => fromProp(of, prop)),
  ]
}

function fromProp(name: string, { type, doc, required, values = [], initial }: PropDeclaration): Declared {
  const written = initial === undefined ? undefined : String(initial)
  return { name, kind: KINDS[type], doc, required: required === true, values, initial: written }
}

function fromAttribute(name: string, declared: AttributeDeclaration, panel: Panel | undefined): Declared {
  const { kind, doc, required, values = [] } = declared
  const choices = kind === "handler" ? (panel?.handlers.map((handler) => handler.name) ?? []) : values
  return {
    name,
    kind: ATTRIBUTE_KINDS[kind],
    doc,
    required: required === true,
    values: choices,
    initial: undefined,
  }
}

/** Is it worked out, and not what it says? */
export function isExpression(value: string | undefined): boolean {
  return value?.includes("{") === true
}

/** The same value, worked out: `3` as `{3}`, `Add` as `{"Add"}`. */
export function toExpression(kind: PropertyKind, value: string): string {
  if (value === "") return "{}"
  const plain = kind === "number" || kind === "yes-no"
  return `{${plain ? value : JSON.stringify(value)}}`
}

/** The value of an expression that is one literal, as plain text; `undefined` where it takes working out. */
export function toLiteral(value: string): string | undefined {
  const [, inside] = /^\{\s*(-?[\d.]+|true|false|"(?:[^"\\]|\\.)*"|'[^'\\]*')\s*\}$/.exec(value.trim()) ?? []
  if (inside === undefined) return undefined
  if (inside.startsWith("'")) return inside.slice(1, -1)
  return String(JSON.parse(inside))
}
