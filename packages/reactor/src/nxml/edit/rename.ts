import { FUNCTIONS, NAMESPACES } from "../../expression/builtins.ts"
import type { Edited, TextEdit } from "../../text/text-edit.ts"
import { IDENTIFIER } from "../check/attributes.ts"
import type { XmlElement } from "../document.ts"
import type { NamedSymbol, Occurrence } from "../symbols/symbols.ts"
import type { PanelDocument } from "./panel-document.ts"

/** A name and the place of it that was pointed at. */
export interface PointedName {
  readonly symbol: NamedSymbol
  readonly occurrence: Occurrence
}

/** The declared name at an offset, if one stands there. */
export function nameAt(document: PanelDocument, offset: number): PointedName | undefined {
  for (const symbol of document.symbols.all)
    for (const occurrence of symbol.occurrences)
      if (occurrence.length > 0 && offset >= occurrence.offset && offset <= occurrence.offset + occurrence.length)
        return { symbol, occurrence }
  return undefined
}

/**
 * Renames what is declared under `symbol`, everywhere: attributes, expressions and handlers, never in texts, comments or
 * where another declaration hides the name. Refused as a whole when the name is not free or when some place cannot be
 * read, because a use there would be missed.
 */
export function renameName(document: PanelDocument, symbol: NamedSymbol, name: string): Edited {
  const { kind } = symbol
  if (!IDENTIFIER.test(name))
    return `${JSON.stringify(name)} is not a name: 1–64 letters, digits and _, not starting with a digit`
  if (name === symbol.name) return []
  const taken = document.symbols.all.find((other) => other !== symbol && other.kind === kind && other.name === name)
  if (taken !== undefined && kind !== "variable") return `There is a ${taken.element.name} "${name}" already`
  const unreadable = kind === "tool" ? undefined : unreadableFor(document, symbol)
  if (unreadable !== undefined)
    return `Line ${lineOf(document.source, unreadable)} cannot be read, so its uses of "${symbol.name}" are unknown; mend it first`
  if (kind === "variable" && isCaptured(document, symbol, name))
    return `"${name}" is another name where "${symbol.name}" is used`
  return symbol.occurrences.map((occurrence) => renamed(occurrence, name))
}

/** A place that may use the name and cannot be read; a loop variable is used in its Each alone. */
function unreadableFor({ symbols }: PanelDocument, { kind, element }: NamedSymbol): number | undefined {
  const reaches = (offset: number) => kind !== "variable" || (offset > element.offset && offset < element.end)
  return symbols.unreadable.find(reaches)
}

function renamed({ offset, length, before, after, alias }: Occurrence, name: string): TextEdit {
  if (alias?.name === name) return { offset, length: alias.end - offset, text: name }
  return { offset, length, text: before + name + after }
}

/** Would a use of the loop variable mean something else under the new name, or a use of another mean this one? */
function isCaptured(document: PanelDocument, symbol: NamedSymbol, name: string): boolean {
  if (FUNCTIONS.has(name) || NAMESPACES.has(name)) return true
  if (symbol.occurrences.some(({ bound }) => bound.includes(name))) return true
  const others = document.symbols.all.filter((other) => other.kind === "variable" && other.name === name)
  return others.some((other) => usedIn(symbol, other.element) || usedIn(other, symbol.element))
}

/** Does a use of the name stand in the element, so that a name bound there would take it? */
function usedIn({ element: own, occurrences }: NamedSymbol, { offset, end }: XmlElement): boolean {
  const sameElement = own.offset === offset
  const inner = own.offset > offset
  return (
    sameElement ||
    occurrences.some((place) => place.use !== "declare" && !inner && place.offset > offset && place.offset < end)
  )
}

function lineOf(source: string, offset: number): number {
  return source.slice(0, offset).split("\n").length
}
