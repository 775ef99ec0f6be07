import { COMMON_PROPS, elements, type Panel } from "@nexus/protocol"
import { attributeOf, decodeText, type XmlElement } from "../nxml/document.ts"
import type { PanelDocument } from "../nxml/edit/panel-document.ts"
import { scriptText } from "../nxml/symbols/script-text.ts"
import { type AttributeRole, roleOf } from "../nxml/symbols/symbols.ts"
import {
  completeExpression,
  completePath,
  completeStatements,
  type ExpressionPlace,
  handlers,
} from "./complete-names.ts"
import { completeScript } from "./complete-script.ts"
import { completeAttribute, completeElement } from "./complete-tag.ts"
import type { Completion } from "./completion.ts"
import { type Place, placeAt } from "./place.ts"
import { statementHole, typesAt } from "./typed.ts"

/**
 * What can be written at `offset`: elements that may stand there, attributes not given yet, values, and the names the
 * panel declares. Answers from the same declarations that the checks use.
 */
export function completionsAt(
  document: PanelDocument,
  offset: number,
  panels: readonly OtherPanel[] = NO_PANELS,
): Completion[] {
  const { source, components } = document
  const place = placeAt(document, offset)
  const rest = source.slice(offset, offset + 400)
  switch (place.in) {
    case "tag-name":
      return completeElement(place.parents, components, place.from, offset, rest)
    case "close-tag":
      return closing(place.parents, place.from, offset, rest)
    case "attribute-name":
      return completeAttribute(place.element, components, place.from, offset, rest)
    case "value":
      return completeValue(place, document, offset, panels)
    case "script": {
      const { text } = scriptText(place.element, source)
      return completeScript(place.written, text, source.slice(offset, offset + 80), document.parsed.panel, offset)
    }
    case "content":
    case "nothing":
      return []
  }
}

function closing([element]: readonly XmlElement[], from: number, to: number, rest: string): Completion[] {
  if (element === undefined) return []
  const insert = /^[\w.:-]*\s*>/.test(rest) ? element.name : `${element.name}>`
  return [{ label: element.name, kind: "element", detail: `</${element.name}>`, doc: "", insert, from, to }]
}

function completeValue(
  place: Place & { in: "value" },
  document: PanelDocument,
  offset: number,
  panels: readonly OtherPanel[],
): Completion[] {
  const { element, attribute, written, from } = place
  const { components } = document
  const open = openHole(written)
  const choices =
    open === undefined
      ? (namesElsewhere(element, attribute, panels) ?? valuesOf(element.name, attribute, document))
      : undefined
  if (choices !== undefined)
    return choices.map(({ label, detail }) => ({
      label,
      kind: "value",
      detail,
      doc: "",
      insert: label,
      from,
      to: offset,
    }))
  const role = roleOf(element.name, attribute, components)
  if (role === "text" || (role === "binding" && open === undefined)) return []
  const around = attribute === "items" ? place.parents : [element, ...place.parents]
  const names = placeIn(document, place, around, role, role === "binding" ? (open ?? 0) : 0, offset)
  if (role === "handler") return handlers(names, "")
  if (role === "path") return completePath(names)
  return role === "statements" ? completeStatements(names) : completeExpression(names)
}

/** The cursor's place in the value, with the names that are known there and their types. */
function placeIn(
  { parsed: { panel }, options: { component } }: PanelDocument,
  { written, rest }: Place & { in: "value" },
  around: readonly XmlElement[],
  role: AttributeRole,
  start: number,
  offset: number,
): ExpressionPlace {
  const before = decodeText(written)
  const value = before + decodeText(rest)
  const hole =
    role === "statements"
      ? statementHole(value, before.length)
      : role === "path"
        ? { text: `{${value}}`, at: before.length + 1 }
        : { text: value, at: before.length }
  return {
    ...hole,
    panel,
    types: typesAt(panel, around, component),
    locals: [...localsOf(around), ...Object.keys(component?.props ?? {})],
    events: Object.keys(component?.events ?? {}),
    written: written.slice(start),
    offset,
    called: /^\w*\s*\(/.test(rest),
  }
}

/** Where the hole that is open at the end of a value begins, behind its brace. */
function openHole(written: string): number | undefined {
  const stack: number[] = []
  let quote = ""
  for (let index = 0; index < written.length; index++) {
    const char = written.charAt(index)
    if (quote !== "") {
      if (char === "\\") index++
      else if (char === quote) quote = ""
    } else if (char === "{") stack.push(index + 1)
    else if (char === "}") stack.pop()
    else if (stack.length > 0 && (char === "'" || char === '"' || char === "`")) quote = char
  }
  return stack[0]
}

/** Another panel of the workspace, by what it is called and what it lets others see. */
export interface OtherPanel {
  readonly title: string
  /** Its states and computed values. */
  readonly names: readonly string[]
}

const NO_PANELS: readonly OtherPanel[] = []

/** Titles of other panels, and for an Import the names of the panel it names. */
function namesElsewhere(element: XmlElement, attribute: string, panels: readonly OtherPanel[]) {
  if ((element.name !== "Import" && element.name !== "Embed") || panels.length === 0) return undefined
  if (attribute === "panel") return panels.map(({ title }) => ({ label: title, detail: "a panel of this workspace" }))
  const title = attributeOf(element, "panel")?.value
  const other = attribute === "name" ? panels.find((panel) => panel.title === title) : undefined
  return other?.names.map((label) => ({ label, detail: `of ${title}` }))
}

/** The values that can be chosen from, where there are such. */
function valuesOf(
  element: string,
  attribute: string,
  { components, parsed }: PanelDocument,
): { readonly label: string; readonly detail: string }[] | undefined {
  const component = components.get(element)
  const prop = component?.props[attribute] ?? (component === undefined ? undefined : COMMON_PROPS[attribute])
  const declared = component === undefined ? elements.get(element)?.attributes[attribute] : undefined
  const values =
    prop?.values ??
    declared?.values ??
    (prop?.type === "boolean" || declared?.kind === "boolean" ? ["true", "false"] : undefined)
  if (values !== undefined) return values.map((label) => ({ label, detail: prop?.doc ?? declared?.doc ?? "" }))
  if (declared?.kind === "duration")
    return ["10s", "1m", "5m", "15m", "1h", "1d"].map((label) => ({ label, detail: "" }))
  return element === "Capability" && attribute === "scope" ? scopesOf(parsed.panel) : undefined
}

/** Origins that the panel's handlers write out. */
function scopesOf(panel: Panel | undefined): { readonly label: string; readonly detail: string }[] {
  const origins = new Set<string>()
  for (const { source } of panel?.handlers ?? [])
    for (const [origin] of source.matchAll(/https?:\/\/[^/?#"'`\s$]+/g)) origins.add(`${origin}/*`)
  return [...origins].map((label) => ({ label, detail: "An address that a handler names." }))
}

function localsOf(around: readonly XmlElement[]): string[] {
  return around.flatMap((element) =>
    element.name === "Each" ? ["as", "index"].flatMap((name) => attributeOf(element, name)?.value || []) : [],
  )
}
