import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { type LanguageDocument, openLanguageDocument, type Span } from "../../src/language/index.ts"
import { createRandom, damaged, type Random, randomPanel } from "../nxml/corpus.ts"

const ROUNDS = 150

const groceries = readFileSync(new URL("../../../../gallery/groceries/panel.nxml", import.meta.url), "utf8")

function someSource(random: Random): string {
  let source = random.next(2) === 0 ? randomPanel(random) : groceries
  for (let times = random.next(4); times > 0; times--) source = damaged(source, random)
  return random.next(4) === 0 ? source.slice(0, random.next(source.length)) : source
}

/** Every stretch that the document answers with at a place. */
function answersAt(document: LanguageDocument, offset: number): Span[] {
  const spans: (Span | undefined)[] = [
    document.hover(offset),
    document.definition(offset),
    document.renameable(offset),
    ...document.references(offset),
    ...document.selections(offset),
    ...document.completions(offset).map(({ from, to }) => ({ offset: from, length: to - from })),
    ...document.fixes(offset).flatMap(({ edits }) => edits),
    ...document.refactors(offset).flatMap(({ edits }) => edits),
  ]
  const renamed = document.rename(offset, "other")
  return [...spans, ...(typeof renamed === "string" ? [] : renamed)].filter((span) => span !== undefined)
}

test("whatever the text, every answer lies inside of it", () => {
  for (let seed = 1; seed <= ROUNDS; seed++) {
    const random = createRandom(seed)
    const source = someSource(random)
    const document = openLanguageDocument(source)
    const spans: Span[] = [
      ...document.diagnostics().map(({ range }) => range),
      ...document.tokens(),
      ...document.format(),
      ...document.folds().map(({ offset, end }) => ({ offset, length: end - offset })),
      ...document.outline().flatMap(({ selection, children }) => [selection, ...children]),
    ]
    for (let times = 0; times < 8; times++) spans.push(...answersAt(document, random.next(source.length + 1)))
    const outside = spans.filter(({ offset, length }) => offset < 0 || length < 0 || offset + length > source.length)
    expect(outside, `seed ${seed}`).toEqual([])
    const tokens = document.tokens()
    const overlaps = tokens.filter(({ offset }, at) => at > 0 && offset < endOf(tokens[at - 1]))
    expect(overlaps, `seed ${seed}`).toEqual([])
  }
})

function endOf(span: Span | undefined): number {
  return span === undefined ? 0 : span.offset + span.length
}
