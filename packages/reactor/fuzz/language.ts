import { readFileSync } from "node:fs"
import { type LanguageDocument, openLanguageDocument, type Span } from "../src/language/index.ts"
import { createRandom, damaged, type Random, randomPanel } from "../test/nxml/corpus.ts"
import type { Fuzz } from "./fuzz.ts"

/**
 * The language service asked about anything in panels at random, damaged ones among them: it always answers, every place
 * it names lies in the text, and its colours never overlap.
 */
export const fuzz: Fuzz = {
  round(seed) {
    const random = createRandom(seed)
    const source = someSource(random)
    const document = openLanguageDocument(source)
    const tokens = document.tokens()
    const spans: Span[] = [
      ...document.diagnostics().map(({ range }) => range),
      ...tokens,
      ...document.format(),
      ...document.folds().map(({ offset, end }) => ({ offset, length: end - offset })),
      ...document.outline().flatMap(({ selection, children }) => [selection, ...children]),
    ]
    for (let times = 0; times < 8; times++) spans.push(...answersAt(document, random.next(source.length + 1)))
    for (const { offset, length } of spans)
      if (offset < 0 || length < 0 || offset + length > source.length)
        throw new Error(`${offset}+${length} lies outside of a text of ${source.length}`)
    tokens.forEach(({ offset }, index) => {
      const before = tokens[index - 1]
      if (before !== undefined && offset < before.offset + before.length)
        throw new Error(`colours overlap at ${offset}`)
    })
  },
}

const groceries = readFileSync(new URL("../../../gallery/groceries/panel.nxml", import.meta.url), "utf8")

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
