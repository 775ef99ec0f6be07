import type { AttributeDeclaration } from "@nexus/protocol"
import { attributeOf, isUnwritten, type XmlAttribute, type XmlElement } from "../document.ts"
import { didYouMean, nearest } from "../nearest.ts"
import type { Problems } from "../problems.ts"
import type { Entry } from "../vocabulary.ts"
import { parseDuration } from "./duration.ts"

/** The same names as protocol's `Identifier`, without the cost of a schema at each attribute. */
export const IDENTIFIER = /^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]{0,63}$/

/** Attributes of an element that is not a component: known ones only, required ones present, values of their kind. */
export function checkAttributes(element: XmlElement, problems: Problems): void {
  const { entry } = element
  if (entry === undefined) return
  for (const attribute of element.attributes) {
    const rule = entry.rules.get(attribute.name)
    if (rule?.reads === "attribute") checkValue(element, attribute, rule.declared, problems)
    else unknownAttribute(element, attribute, entry.known, problems)
  }
  checkRequired(element, entry, problems)
}

/** Tells the attributes that must be given and are not. */
export function checkRequired(element: XmlElement, entry: Entry, problems: Problems): void {
  for (const { name, doc } of entry.required)
    if (attributeOf(element, name) === undefined && !isMisspelt(element, name, entry))
      missingAttribute(element, name, doc, problems)
}

export function checkValue(
  element: XmlElement,
  attribute: XmlAttribute,
  declared: AttributeDeclaration,
  problems: Problems,
): void {
  const { value } = attribute
  if (isUnwritten(attribute)) return
  if (declared.kind === "identifier" || declared.kind === "handler") {
    if (!IDENTIFIER.test(value)) invalidIdentifier(attribute, problems)
  } else if (declared.kind === "enum") checkEnum(element, attribute, declared.values ?? [], problems)
  else if (declared.kind === "boolean") checkEnum(element, attribute, ["true", "false"], problems)
  else if (declared.kind === "duration" && parseDuration(value) === undefined)
    badValue(element, attribute, "a duration such as 30s, 5m, 1h or 1d", problems)
}

export function checkEnum(
  element: XmlElement,
  attribute: XmlAttribute,
  values: readonly string[],
  problems: Problems,
): void {
  if (values.includes(attribute.value)) return
  const near = didYouMean(attribute.value, values)
  const wanted = values.length === 2 ? values.join(" or ") : `one of ${listed(values)}`
  badValue(element, attribute, wanted, problems, near)
}

const LISTED = 12

/** The words in a row; of a long row its beginning and how many more there are. */
function listed(values: readonly string[]): string {
  if (values.length <= LISTED) return values.join(", ")
  return `${values.slice(0, LISTED / 2).join(", ")} and ${values.length - LISTED / 2} more`
}

export function badValue(
  element: XmlElement,
  attribute: XmlAttribute,
  wanted: string,
  problems: Problems,
  advice: { hint?: string; fix?: { text: string; label: string } } = {},
): void {
  const { name, value, valueStart, valueEnd } = attribute
  const message = `"${name}" of <${element.name}> is ${JSON.stringify(shortened(value))}, not ${wanted}`
  problems.add("bad-attribute-type", valueStart, valueEnd - valueStart, message, {
    hint: `Write ${wanted}.`,
    ...advice,
  })
}

export function unknownAttribute(
  element: XmlElement,
  attribute: XmlAttribute,
  known: readonly string[],
  problems: Problems,
): void {
  const near = didYouMean(attribute.name, known)
  problems.add(
    "unknown-attribute",
    attribute.offset,
    attribute.name.length,
    `<${element.name}> has no attribute "${attribute.name}"`,
    {
      hint: known.length === 0 ? "It takes none." : `It takes ${known.join(", ")}.`,
      ...near,
    },
  )
}

export function missingAttribute(element: XmlElement, name: string, doc: string, problems: Problems): void {
  if (element.broken) return
  problems.add("missing-attribute", element.offset, element.name.length + 1, `<${element.name}> needs "${name}"`, {
    hint: doc,
  })
}

/** Is some unknown attribute of the element most likely the misspelt `name`? Its mistake was told already. */
function isMisspelt(element: XmlElement, name: string, entry: Entry): boolean {
  return element.attributes.some(
    (attribute) => !entry.rules.has(attribute.name) && nearest(attribute.name, entry.known) === name,
  )
}

export function invalidIdentifier(attribute: XmlAttribute, problems: Problems): void {
  const { value, valueStart, valueEnd } = attribute
  const repaired = value
    .replace(/[^A-Za-z0-9_]/g, "_")
    .replace(/^(\d)/, "_$1")
    .slice(0, 64)
  problems.add(
    "invalid-identifier",
    valueStart,
    valueEnd - valueStart,
    `${JSON.stringify(shortened(value))} is not a name`,
    {
      hint: "A name is 1–64 letters, digits and _, and does not start with a digit.",
      ...(IDENTIFIER.test(repaired) ? { fix: { text: repaired, label: `Change to "${repaired}"` } } : {}),
    },
  )
}

function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 57)}…` : value
}
