import { expect, test } from "vitest"
import { parsePanel } from "../../src/index.ts"
import type { XmlElement } from "../../src/nxml/document.ts"
import { parseDocument } from "../../src/nxml/grammar.ts"
import { Problems } from "../../src/nxml/problems.ts"
import { createRandom, damaged, randomPanel } from "./corpus.ts"

const view = (inside: string, rooms = "") =>
  `<NexusPanel title="T">\n${rooms}<View>\n${inside}\n</View>\n</NexusPanel>\n`
const errors = (source: string) =>
  parsePanel(source)
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ code, range }) => `${code} ${range.line}`)

test.each([
  ["a missing end", view("<Container>\n<Text content='x'/>"), ["xml-unclosed-element 3"]],
  ["a missing slash", view('<Text content="x">\n<Text content="y"/>'), ["xml-unclosed-element 3"]],
  [
    "a missing room end",
    '<NexusPanel title="T">\n<Data>\n<View>\n<Text content="x"/>\n</View>\n</NexusPanel>',
    ["xml-unclosed-element 2"],
  ],
  ["a misspelt end", view("<Container>\n<Text content='x'/>\n</Contaner>"), ["xml-mismatched-close 5"]],
  ["a stray end", view("<Text content='x'/>\n</Layout>"), ["xml-mismatched-close 4"]],
  ["ends in the wrong order", view("<Layout><Container>\n</Layout></Container>"), ["xml-unclosed-element 3"]],
  ["a missing closing quote", view('<Text content="x/>\n<Text content="y"/>'), ["xml-missing-quote 3"]],
  [
    "a missing closing quote before another attribute",
    view('<Text content="x tone="muted"/>'),
    ["xml-missing-quote 3"],
  ],
  ["a missing last quote", view('<Text content="x/>'), ["xml-missing-quote 3"]],
  ["no quotes", view("<Text content=x/>"), ["xml-missing-quote 3"]],
  ["a missing opening quote", view('<Text content=two words" tone="muted"/>'), ["xml-missing-quote 3"]],
  ["no value", view('<Button label="x" disabled/>'), ["xml-missing-value 3"]],
  ["an empty value", view('<Text content="x" tone= />'), ["xml-missing-value 3"]],
  ["no end of the tag", view('<Text content="x"\n<Text content="y"/>'), ["xml-unclosed-tag 3"]],
  ["no end of an end tag", view("<Layout>\n</Layout\n"), ["xml-unclosed-tag 4"]],
  ["no end of a comment", view('<!-- note\n<Text content="y"/>'), ["xml-unclosed-comment 3"]],
  [
    "no end of a comment before another",
    view('<!-- note\n<Text content="y"/>\n<!-- two -->'),
    ["xml-unclosed-comment 3"],
  ],
  ["no end of a CDATA section", view("<Markdown><![CDATA[ x\n</Markdown>"), ["xml-unclosed-cdata 3"]],
  ["an attribute twice", view('<Text content="x" content="y"/>'), ["xml-duplicate-attribute 3"]],
  ["text between elements", view('words here\n<Text content="x"/>'), ["xml-unexpected-text 3"]],
  ["a bare less-than", view('1 < 2\n<Text content="x"/>'), ["xml-unexpected-character 3"]],
  ["a strange character in a tag", view('<Text % content="x"/>'), ["xml-unexpected-character 3"]],
  [
    "a handler left open before another",
    view(
      '<Button label="x" onClick="a(); b()"/>',
      '<Logic>\n<Handler name="a">$log.info(1)\n<Handler name="b">$log.info(2)</Handler>\n</Logic>\n',
    ),
    ["xml-unclosed-element 3"],
  ],
  [
    "the last handler left open",
    view('<Button label="x" onClick="a()"/>', '<Logic>\n<Handler name="a">$log.info(1)\n</Logic>\n'),
    ["xml-unclosed-element 3"],
  ],
  [
    "two panels",
    '<NexusPanel title="T"><View/></NexusPanel>\n<NexusPanel title="U"><View/></NexusPanel>',
    ["xml-extra-root 2"],
  ],
  ["text behind the panel", '<NexusPanel title="T"><View/></NexusPanel>\nwords', ["xml-unexpected-text 2"]],
  ["nothing at all", "", ["xml-no-root 1"]],
  ["only words", "hello", ["xml-no-root 1"]],
  ["no < before a component", view('Layout>\n<Text content="x"/>\n</Layout>'), ["xml-unexpected-text 3"]],
  ["no < before an end", view('<Layout>\n<Text content="x"/>\n/Layout>'), ["xml-unexpected-text 5"]],
  [
    "no < before a room",
    '<NexusPanel title="T">\nView>\n<Text content="x"/>\n</View>\n</NexusPanel>',
    ["xml-unexpected-text 2"],
  ],
  [
    "no < before the panel",
    'NexusPanel title="T">\n<View>\n<Text content="x"/>\n</View>\n</NexusPanel>',
    ["xml-unexpected-text 1"],
  ],
  ["a comment begun before a tag", view('<!-- <Layout>\n<Text content="x"/>\n</Layout>'), ["xml-unclosed-comment 3"]],
  ["an entity", view('<Text content="&nbsp;"/>'), ["entity-forbidden 3"]],
])("one mistake gives one error: %s", (_, source, expected) => {
  expect(errors(source)).toEqual(expected)
})

test("bare ampersands and less-than signs in expressions need no escaping", () => {
  const source = view(
    '<If test="{$state.n < 3 && $state.n > 1}"><Text content="Tom & Jerry"/></If>',
    '<Data><State name="n" type="number"/></Data>',
  )
  expect(parsePanel(source).diagnostics).toEqual([])
})

function names(element: XmlElement | undefined, into: string[] = []): string[] {
  if (element === undefined) return into
  into.push(element.name)
  for (const child of element.children) if (child.kind === "element") names(child, into)
  return into
}

test("a breakage costs at most two nodes", () => {
  const lines = Array.from({ length: 30 }, (_, index) => `<Text content="{$state.a}" tone="muted" id="t${index}"/>`)
  const source = view(`<Layout>\n${lines.join("\n")}\n</Layout>`)
  const count = (text: string) => names(parseDocument(text, new Problems(text)).root).length
  const whole = count(source)
  const start = source.indexOf("<Layout>") + 9
  const end = source.indexOf("</Layout>")
  for (let at = start; at < end; at++) {
    const broken = source.slice(0, at) + source.slice(at + 1)
    expect(count(broken), `without the character at ${at}: ${source.slice(at - 10, at + 10)}`).toBeGreaterThanOrEqual(
      whole - 2,
    )
  }
})

test("text that is a tag but for its < is that tag, and nothing inside is lost", () => {
  const { panel } = parsePanel(view('Layout strategy="stack">\n<Text content="x"/>\n</Layout>'))
  expect(panel?.view.map(({ element, children }) => [element, children.map((child) => child.element)])).toEqual([
    ["Layout", ["Text"]],
  ])
  const words = parsePanel(view("Layout is a word")).panel
  expect(words?.view).toEqual([])
})

test.each([1000, 50_000])("nesting of %i is refused at its 65th level, once", (depth) => {
  const source = `<NexusPanel title="T"><View>${"<Form>".repeat(depth)}${"</Form>".repeat(depth)}</View></NexusPanel>`
  expect(errors(source)).toEqual(["too-deep 1"])
  const open = `<NexusPanel title="T"><View>${"<Container>".repeat(depth)}`
  expect(errors(open)).toContain("too-deep 1")
})

test("64 levels are read", () => {
  const source = `<NexusPanel title="T"><View>${"<Container>".repeat(61)}<Text content="x"/>${"</Container>".repeat(61)}</View></NexusPanel>`
  expect(errors(source)).toEqual([])
})

test("more than 10,000 elements and more than 1 MiB are refused", () => {
  expect(errors(view("<Divider/>".repeat(9990)))).toEqual([])
  expect(errors(view("<Divider/>".repeat(10_010)))).toEqual(["too-large 3"])
  expect(errors(view(" ".repeat(1024 * 1024)))).toEqual(["too-large 1"])
})

test("no damage makes the parser throw, and its findings stand in document order", () => {
  for (let seed = 1; seed <= 500; seed++) {
    const random = createRandom(seed)
    let source = randomPanel(random)
    for (let step = 0; step < 6; step++) {
      source = damaged(source, random)
      const { diagnostics } = parsePanel(source)
      const offsets = diagnostics.map(({ range }) => range.offset)
      expect(offsets, `seed ${seed}`).toEqual(offsets.toSorted((a, b) => a - b))
      for (const { range } of diagnostics) {
        const before = source.slice(0, range.offset)
        expect(range.line, `seed ${seed}`).toBe(before.split("\n").length)
        expect(range.column, `seed ${seed}`).toBe(range.offset - before.lastIndexOf("\n"))
        expect(range.offset + range.length, `seed ${seed}`).toBeLessThanOrEqual(source.length)
      }
    }
  }
})

const REPEATED = [
  "<",
  "</",
  "<!--",
  "<![CDATA[",
  "<?",
  "<!",
  '<a b="',
  "<a b='",
  "<Handler>",
  "<Handler>\n",
  "&",
  "&a;",
  " ",
  "\n",
  "<a ",
  '"',
  "{",
  "<a b={",
  "=",
  '<Text content="{',
  "]]>",
  "-->",
  '<Each as="x" items="{(',
  "<!DOCTYPE a [",
  '<a b="x"',
  "</Handler",
  "<Handler><![CDATA[",
]

test.each(REPEATED)("repeating %j a hundred thousand times is read in linear work", (piece) => {
  const source = `<NexusPanel title="T"><View>${piece.repeat(Math.floor(100_000 / piece.length))}`
  parsePanel(source)
})

test("a default that nests without end is an error at its place, not an overflow later", () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth)
  const data = (depth: number) => `<Data><State name="a" type="list" default="${nested(depth)}"/></Data>`
  const source = (depth: number) => view('<Text content="{$state.a}"/>', data(depth))
  expect(errors(source(200_000))).toEqual(["bad-attribute-type 2"])
  expect(errors(source(65))).toEqual(["bad-attribute-type 2"])
  expect(errors(source(60))).toEqual([])
  const polluting = '<Data><State name="a" type="object" default=\'{"b": {"__proto__": {"admin": true}}}\'/></Data>'
  expect(errors(view('<Text content="{$state.a}"/>', polluting))).toEqual(["bad-attribute-type 2"])
})

test.each([
  ["<NexusPanel", ["xml-unclosed-tag 1"]],
  ['<NexusPanel title="T">', ["xml-unclosed-element 1"]],
  ['<Panel title="T"></Panel>', ["unknown-element 1"]],
  ['<NexusPanel title="T"><View><Text content="x"</View></NexusPanel>', ["xml-unclosed-tag 1"]],
  ['<NexusPanel title="T"/>', ["missing-element 1"]],
])("%s has one mistake and one error", (source, expected) => {
  expect(errors(source)).toEqual(expected)
})

test("nothing can be named __proto__, which no object has as a key like others", () => {
  const data = '<Data><State name="__proto__" type="object"/></Data>'
  expect(errors(view('<Text content="x"/>', data))).toEqual(["invalid-identifier 2"])
})
