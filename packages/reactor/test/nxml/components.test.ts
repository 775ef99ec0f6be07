import type { ComponentDeclaration } from "@nexus/protocol"
import { expect, test } from "vitest"
import { formatPanel, parsePanel } from "../../src/index.ts"
import { openLanguageDocument } from "../../src/language/index.ts"

const rating: ComponentDeclaration = {
  name: "Rating",
  doc: "Stars.",
  props: { most: { type: "number", required: true, doc: "How many stars there are." } },
  events: { onSelect: "A star was chosen." },
  children: "none",
  width: { min: 80, ideal: 120, max: 200 },
  example: '<Rating most="5"/>',
}
const options = { components: new Map([["Rating", rating]]) }
const panel = (inside: string) => `<NexusPanel title="T"><View>${inside}</View></NexusPanel>`
const codes = (inside: string) => parsePanel(panel(inside), options).diagnostics.map(({ code, hint }) => [code, hint])

test("a component of a package is known beside the standard ones, and only where it is given", () => {
  expect(codes('<Rating most="5"/><Text content="x"/>')).toEqual([])
  expect(parsePanel(panel('<Rating most="5"/>')).diagnostics.map(({ code }) => code)).toEqual(["undefined-component"])
})

test("its attributes are checked by its declaration", () => {
  expect(codes("<Rating/>")).toEqual([["missing-attribute", "How many stars there are."]])
  expect(codes('<Rating most="many"/>').map(([code]) => code)).toEqual(["bad-attribute-type"])
  expect(codes('<Rating mots="5"/>')).toEqual([["unknown-attribute", 'Did you mean "most"?']])
})

test("its name is suggested for a misspelt one, and completed", () => {
  expect(codes('<Ratign most="5"/>')).toEqual([["undefined-component", 'Did you mean "Rating"?']])
  const source = panel("<Ra")
  const labels = openLanguageDocument(source, options)
    .completions(source.indexOf("<Ra") + 3)
    .map(({ label }) => label)
  expect(labels).toContain("Rating")
})

test("the tree is repaired by what it may hold", () => {
  const { panel: read, diagnostics } = parsePanel(panel('<Rating most="5"><Text content="x"/>'), options)
  expect(diagnostics.map(({ code }) => code)).toEqual(["xml-unclosed-element"])
  expect(read?.view.map(({ element }) => element)).toEqual(["Rating", "Text"])
})

test("a standard component is never replaced", () => {
  const text = { components: new Map([["Text", { ...rating, name: "Text" }]]) }
  expect(parsePanel(panel('<Text content="x"/>'), text).diagnostics).toEqual([])
  expect(formatPanel(panel('<Text content="x"/>'), text)).toContain('<Text content="x"/>')
})
