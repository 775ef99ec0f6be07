import {
  type AttributeDeclaration,
  COMMON_PROPS,
  type ComponentDeclaration,
  components,
  type ElementDeclaration,
  elements,
  type PropDeclaration,
} from "@nexus/protocol"

/**
 * NXML as an XML Schema (1.0), for editors that know XML and not NXML. Made from the declarations that the checks read.
 * A schema sees attributes and nesting; names, expressions and JavaScript it takes as text. Two things are looser here
 * than in NXML: a Tab may stand in any If or Each, and a room may be left out.
 */
export function renderXsd(): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">',
    ...documented(HOW_TO),
    ...SIMPLE_TYPES,
    ...group("anywhere", standing(false)),
    ...group("inside", standing(true)),
    ...[...elements.values()].flatMap(declareElement),
    ...[...components.values()].flatMap(declareComponent),
    "</xs:schema>",
  ]
  return `${lines.join("\n")}\n`
}

const HOW_TO = `NXML 1.0. For an XML tool a panel must be well-formed XML, which NXML asks less strictly: the JavaScript of a Handler
stands in <![CDATA[ … ]]>, and a bare & or < in an attribute is written &amp; or &lt;. NXML reads both ways the same;
"nexus fmt --xml FILE" writes them so.`

const SIMPLE_TYPES = [
  ...pattern("identifier", "[A-Za-z_][A-Za-z0-9_]{0,63}"),
  ...pattern("duration", "[0-9]+(\\.[0-9]+)?(ms|s|m|h|d)"),
  ...pattern("expression", "[\\s\\S]*\\{[\\s\\S]*"),
  ...pattern("flag", "true|false"),
  '<xs:simpleType name="flagOrExpression"><xs:union memberTypes="flag expression"/></xs:simpleType>',
  '<xs:simpleType name="numberOrExpression"><xs:union memberTypes="xs:double expression"/></xs:simpleType>',
]

function pattern(name: string, value: string): string[] {
  return [
    `<xs:simpleType name="${name}">`,
    `<xs:restriction base="xs:string"><xs:pattern value="${escaped(value)}"/></xs:restriction>`,
    "</xs:simpleType>",
  ]
}

/** What stands in View; `bound` adds the components that stand only in certain others, which If and Each may hold too. */
function standing(bound: boolean): string[] {
  const free = [...components.values()].filter(({ parents }) => bound || parents === undefined).map(({ name }) => name)
  return [...controls(), ...free]
}

function controls(): string[] {
  return [...elements.values()].filter(({ parents }) => parents.includes("View")).map(({ name }) => name)
}

function group(name: string, members: readonly string[]): string[] {
  return [`<xs:group name="${name}"><xs:choice>`, ...members.map(reference), "</xs:choice></xs:group>"]
}

function reference(name: string): string {
  return `<xs:element ref="${name}"/>`
}

function declareElement(element: ElementDeclaration): string[] {
  const attributes = Object.entries(element.attributes).flatMap(([name, declared]) => elementAttribute(name, declared))
  const text = element.children === "script"
  return declared(element.name, element.doc, text, [...contentOf(element)], attributes)
}

function contentOf({ name, children }: ElementDeclaration): string[] {
  if (name === "NexusPanel")
    return [
      "<xs:all>",
      ...["Data", "Logic", "View"].map((room) => `<xs:element ref="${room}" minOccurs="0"/>`),
      "</xs:all>",
    ]
  if (children === "components")
    return choice([name === "View" ? VIEW : INSIDE, ...(name === "If" ? [reference("Else")] : [])])
  const own = [...elements.values()].filter(({ parents }) => parents.includes(name)).map(({ name }) => reference(name))
  return children === "elements" ? choice(own) : []
}

const VIEW = '<xs:group ref="anywhere"/>'
const INSIDE = '<xs:group ref="inside"/>'

function choice(members: readonly string[]): string[] {
  return ['<xs:choice minOccurs="0" maxOccurs="unbounded">', ...members, "</xs:choice>"]
}

function declareComponent(component: ComponentDeclaration): string[] {
  const { name, doc, props, events, bind, children } = component
  const attributes = [
    ...Object.entries({ ...COMMON_PROPS, ...props }).flatMap(([prop, declared]) => propAttribute(prop, declared)),
    ...Object.entries(events).flatMap(([event, doc]) => attribute(event, "xs:string", false, doc)),
    ...(bind === undefined ? [] : attribute("bind", "xs:string", false, "The place it reads and writes.")),
  ]
  const content = children === "components" ? choice(heldBy(component)) : []
  return declared(name, doc, children === "text", content, attributes)
}

/** What may stand in a component: what it holds, or else anything that is not bound to another. */
function heldBy({ name, holds }: ComponentDeclaration): string[] {
  if (holds !== undefined) return [...holds, ...controls()].map(reference)
  const bound = [...components.values()].filter(({ parents }) => parents?.includes(name) === true)
  return [VIEW, ...bound.map((component) => reference(component.name))]
}

function declared(
  name: string,
  doc: string,
  text: boolean,
  content: readonly string[],
  attributes: readonly string[],
): string[] {
  const inner = text
    ? ['<xs:simpleContent><xs:extension base="xs:string">', ...attributes, "</xs:extension></xs:simpleContent>"]
    : [...content, ...attributes]
  return [
    `<xs:element name="${name}">`,
    ...documented(doc),
    "<xs:complexType>",
    ...inner,
    "</xs:complexType>",
    "</xs:element>",
  ]
}

function elementAttribute(name: string, { kind, doc, required, values }: AttributeDeclaration): string[] {
  if (values !== undefined) return attribute(name, values, required === true, doc)
  const type =
    kind === "identifier" || kind === "handler"
      ? "identifier"
      : kind === "boolean"
        ? "flag"
        : kind === "duration"
          ? "duration"
          : "xs:string"
  return attribute(name, type, required === true, doc)
}

function propAttribute(name: string, { type, doc, required, values }: PropDeclaration): string[] {
  if (values !== undefined) return attribute(name, values, required === true, doc, true)
  const known = type === "number" ? "numberOrExpression" : type === "boolean" ? "flagOrExpression" : "xs:string"
  return attribute(name, known, required === true, doc)
}

/** `type` is a type's name, or the allowed values; with `open` an expression may give them too. */
function attribute(
  name: string,
  type: string | readonly string[],
  required: boolean,
  doc: string,
  open = false,
): string[] {
  const use = required ? ' use="required"' : ""
  if (typeof type === "string")
    return [`<xs:attribute name="${name}" type="${type}"${use}>`, ...documented(doc), "</xs:attribute>"]
  const values = type.map((value) => `<xs:enumeration value="${escaped(value)}"/>`)
  const restriction = ['<xs:restriction base="xs:string">', ...values, "</xs:restriction>"]
  const union = open
    ? ['<xs:union memberTypes="expression">', "<xs:simpleType>", ...restriction, "</xs:simpleType>", "</xs:union>"]
    : restriction
  return [
    `<xs:attribute name="${name}"${use}>`,
    ...documented(doc),
    "<xs:simpleType>",
    ...union,
    "</xs:simpleType>",
    "</xs:attribute>",
  ]
}

function documented(doc: string): string[] {
  return [`<xs:annotation><xs:documentation>${escaped(doc)}</xs:documentation></xs:annotation>`]
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")
}
