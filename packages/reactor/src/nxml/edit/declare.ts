import type { Edited, TextEdit } from "../../text/text-edit.ts"
import type { XmlElement } from "../document.ts"
import { checked } from "./checked.ts"
import { insertAfter, insertInto } from "./insert.ts"
import { type NewElement, printElement } from "./new-element.ts"
import { indentAt, indented, indentOfLine, type Page, pageOf } from "./page.ts"
import type { PanelDocument } from "./panel-document.ts"
import { elementsIn, refuseOpen } from "./target.ts"

/** What a room holds, in the order that people read it. */
const ROOMS = {
  Data: ["State", "Computed", "Import"],
  Logic: ["Capability", "Handler", "Tool", "Lifecycle"],
} as const

const NAMED: ReadonlySet<string> = new Set(["State", "Computed", "Import", "Handler", "Tool"])

/**
 * Declares a State, Computed, Import, Capability, Handler, Tool or Lifecycle: behind the last of its kind, or where its
 * kind belongs in its room; a room that is not there is made.
 */
export function addDeclaration(document: PanelDocument, declaration: NewElement): Edited {
  const room = declaration.name in ROOMS ? undefined : roomOf(declaration.name)
  if (room === undefined) return `<${declaration.name}> is not declared in Data or Logic`
  const name = declaration.attributes?.as ?? declaration.attributes?.name ?? ""
  const taken =
    NAMED.has(declaration.name) &&
    document.symbols.all.some((symbol) => symbol.element.name === declaration.name && symbol.name === name)
  if (taken) return `There is a ${declaration.name} "${name}" already`
  const { root } = document.xml
  if (root === undefined) return "There is no panel"
  const page = pageOf(document.xml)
  const there = elementsIn(root).find((child) => child.name === room)
  if (there === undefined) return checked(document, addRoom(page, root, room, declaration))
  return checked(document, addInRoom(page, there, room, declaration))
}

function roomOf(name: string): keyof typeof ROOMS | undefined {
  if (ROOMS.Data.some((declared) => declared === name)) return "Data"
  return ROOMS.Logic.some((declared) => declared === name) ? "Logic" : undefined
}

function addInRoom(page: Page, room: XmlElement, kind: keyof typeof ROOMS, declaration: NewElement): Edited {
  const order: readonly string[] = ROOMS[kind]
  const upTo = order.slice(0, order.indexOf(declaration.name) + 1)
  const before = elementsIn(room).findLast(({ name }) => upTo.includes(name))
  const lines = printElement(declaration, page.unit)
  return before === undefined ? insertInto(page, room, lines, "start") : insertAfter(page, before, lines)
}

/** Data stands first, Logic before View. */
function addRoom(page: Page, root: XmlElement, room: keyof typeof ROOMS, declaration: NewElement): Edited {
  const refused = refuseOpen(root)
  if (refused !== undefined) return refused
  const lines = printElement({ name: room, children: [declaration] }, page.unit)
  const next = elementsIn(root).find(({ name }) => name === "View" || (room === "Data" && name === "Logic"))
  if (next === undefined) return insertInto(page, root, lines, "end")
  return [before(page, next.offset, lines)]
}

function before({ source, newline }: Page, offset: number, lines: readonly string[]): TextEdit {
  const indent = indentAt(source, offset) ?? indentOfLine(source, offset)
  return { offset, length: 0, text: `${indented(lines, indent, newline)}${newline}${indent}` }
}
