import type { Diagnostic, Panel } from "@nexus/protocol"
import { PanelDocument } from "../nxml/edit/panel-document.ts"
import { nameAt, renameName } from "../nxml/edit/rename.ts"
import { formatPanel } from "../nxml/format.ts"
import type { Occurrence, SymbolKind } from "../nxml/symbols/symbols.ts"
import type { PanelOptions } from "../nxml/vocabulary.ts"
import type { Edited, TextEdit } from "../text/text-edit.ts"
import type { Completion } from "./completion.ts"
import { completionsAt, type OtherPanel } from "./completions.ts"
import { type Fix, fixesAt } from "./fixes.ts"
import { type Fold, foldsOf } from "./folds.ts"
import { layoutEdits } from "./format-edits.ts"
import { hoverAt } from "./hover.ts"
import { type OutlineItem, outlineOf } from "./outline.ts"
import { elementsAround } from "./place.ts"
import { type Refactor, refactorsAt } from "./refactors.ts"
import type { Hover, Span } from "./span.ts"
import type { Token } from "./token.ts"
import { tokensOf } from "./tokens.ts"

/** What the language service is told beside the source. */
export interface LanguageOptions extends PanelOptions {
  /** The address of a code's page; with it, hover tells what is wrong at the place first. */
  readonly errorPage?: (code: string) => string
  /** The other panels of the workspace, to be completed where one is named. */
  readonly panels?: readonly OtherPanel[]
}

/** A name that can be renamed, and in how many places it stands. */
export interface Renameable extends Span {
  readonly name: string
  readonly kind: SymbolKind
  readonly places: number
}

/** One place of a name. */
export interface Place extends Span {
  readonly use: Occurrence["use"]
}

/**
 * One source as a person writes it. Every answer is plain data whose offsets count UTF-16 units of this source, so it can
 * cross a wire; nothing is read before somebody asks, and no part is read twice. A changed source is another document.
 */
export interface LanguageDocument {
  readonly source: string
  /** The panel as far as it can be read. */
  readonly panel: Panel | undefined
  diagnostics(): readonly Diagnostic[]
  completions(offset: number): readonly Completion[]
  hover(offset: number): Hover | undefined
  /** Where the name at the place is declared. */
  definition(offset: number): Span | undefined
  /** Every place of the name at the place, its declaration too. */
  references(offset: number): readonly Place[]
  renameable(offset: number): Renameable | undefined
  /** The changes that rename it everywhere, or a sentence why not. */
  rename(offset: number, name: string): Edited
  /** What would mend the findings from `offset` on for `length`. */
  fixes(offset: number, length?: number): readonly Fix[]
  /** What can be done to the element whose tag is at the place: wrap, unwrap, move. */
  refactors(offset: number): readonly Refactor[]
  folds(): readonly Fold[]
  tokens(): readonly Token[]
  /** The changes that lay the source out; none while it has a mistake of syntax. */
  format(): readonly TextEdit[]
  outline(): readonly OutlineItem[]
  /** Ever larger stretches around the place. */
  selections(offset: number): readonly Span[]
}

/** Opens a source. Never throws, whatever the text and wherever the offset. */
export function openLanguageDocument(source: string, options: LanguageOptions = {}): LanguageDocument {
  const document = new PanelDocument(source, options)
  return {
    source,
    get panel() {
      return document.parsed.panel
    },
    diagnostics: () => document.parsed.diagnostics,
    completions: (offset) => completionsAt(document, offset, options.panels),
    hover: (offset) => hoverAt(document, offset, options.errorPage),
    definition: (offset) => definitionAt(document, offset),
    references: (offset) => placesAt(document, offset),
    renameable: (offset) => renameableAt(document, offset),
    rename: (offset, name) => {
      const pointed = nameAt(document, offset)
      return pointed === undefined ? NO_NAME : renameName(document, pointed.symbol, name)
    },
    fixes: (offset, length) => fixesAt(document, offset, length),
    refactors: (offset) => refactorsAt(document, offset),
    folds: () => foldsOf(document.xml),
    tokens: () => tokensOf(document),
    format: () => layoutEdits(source, formatPanel(source, options)),
    outline: () => outlineOf(document.xml.root),
    selections: (offset) => selectionsAt(document, offset),
  }
}

const NO_NAME = "No State, Computed, Import, Handler, Tool or loop variable stands here"

function definitionAt(document: PanelDocument, offset: number): Span | undefined {
  const pointed = nameAt(document, offset)
  const declared = pointed?.symbol.occurrences.find(({ use }) => use === "declare")
  return declared && { offset: declared.offset, length: declared.length }
}

function placesAt(document: PanelDocument, offset: number): Place[] {
  const places = nameAt(document, offset)?.symbol.occurrences ?? []
  return places.filter(({ length }) => length > 0).map(({ offset, length, use }) => ({ offset, length, use }))
}

function renameableAt(document: PanelDocument, offset: number): Renameable | undefined {
  const pointed = nameAt(document, offset)
  if (pointed === undefined) return undefined
  const { symbol, occurrence } = pointed
  const { name, kind } = symbol
  return { offset: occurrence.offset, length: occurrence.length, name, kind, places: placesAt(document, offset).length }
}

function selectionsAt(document: PanelDocument, offset: number): Span[] {
  const name = nameAt(document, offset)?.occurrence
  const spans: Span[] = name === undefined ? [] : [{ offset: name.offset, length: name.length }]
  for (const element of elementsAround(document.xml, offset)) {
    const { openEnd, closeStart, end } = element
    const attribute = element.attributes.find((attribute) => offset >= attribute.offset && offset <= attribute.end)
    if (attribute !== undefined) {
      spans.push({ offset: attribute.valueStart, length: attribute.valueEnd - attribute.valueStart })
      spans.push({ offset: attribute.offset, length: attribute.end - attribute.offset })
    }
    if (offset < openEnd) spans.push({ offset: element.offset, length: openEnd - element.offset })
    else if (closeStart >= 0) spans.push({ offset: openEnd, length: closeStart - openEnd })
    spans.push({ offset: element.offset, length: end - element.offset })
  }
  return spans.filter(
    (span, index) =>
      offset >= span.offset &&
      offset <= span.offset + span.length &&
      spans.findIndex((other) => other.offset === span.offset && other.length === span.length) === index,
  )
}
