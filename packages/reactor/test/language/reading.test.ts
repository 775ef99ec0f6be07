import { expect, test } from "vitest"
import { parsePanel } from "../../src/index.ts"
import { applyEdits, openLanguageDocument } from "../../src/language/index.ts"
import { open, panel } from "./cursor.ts"

function hover(marked: string): string | undefined {
  const { document, offset } = open(marked, { errorPage: (code) => `https://example.org/${code}` })
  return document.hover(offset)?.text
}

test("an element says what it is, what it takes and how it is written", () => {
  const text = hover(panel({ view: '<Met‸ric label="x" value="1"/>' }))
  expect(text).toContain("One number with its label")
  expect(text).toContain("`value`: any, required")
  expect(text).toContain("```xml\n<Metric")
})

test("an attribute says its type, its values and what holds without it", () => {
  expect(hover(panel({ view: '<Button label="x" var‸iant="quiet"/>' }))).toContain(
    'variant: normal | primary | danger | quiet = "normal"',
  )
})

test("a state says its type, first value and description wherever it stands", () => {
  for (const view of ['<Text content="{$state.it‸ems.length}"/>', '<Table rows="{$state.it‸ems}"/>']) {
    expect(hover(panel({ view }))).toContain("$state.items: list = []")
    expect(hover(panel({ view }))).toContain("What to buy")
  }
  expect(hover(panel({ view: '<Input label="x" bind="$state.dra‸ft"/>' }))).toContain("Each viewer's own")
})

test("a handler says what it is called with and what it reads and writes", () => {
  const text = hover(panel({ view: '<Button label="x" onClick="ad‸d()"/>' }))
  expect(text).toContain("handler add({ title: string })")
  expect(text).toContain("Writes `$state.items`, `$state.count`.")
})

test("a loop variable says which list it is from", () => {
  const view = '<Each items="{$state.items}" as="item" key="{item.id}"><Text content="{it‸em.title}"/></Each>'
  expect(hover(panel({ view }))).toContain("One item of `{$state.items}`.")
})

test("in a handler its own names say their signature and the capability they need", () => {
  const logic = '<Handler name="x">await nexus.http.fe‸tch("https://example.org")</Handler>'
  const text = hover(panel({ logic }))
  expect(text).toContain("nexus.http.fetch(url")
  expect(text).toContain('<Capability type="http"')
})

test("a mistake tells its sentence, its hint and its page", () => {
  const text = hover(panel({ view: '<Text content="{$state.cou‸mt}"/>' }))
  expect(text).toContain('There is no State "coumt"')
  expect(text).toContain('Did you mean "count"?')
  expect(text).toContain("[undefined-state](https://example.org/undefined-state)")
})

test("without addresses of pages a hover says only what stands there", () => {
  const { document, offset } = open(panel({ view: '<Text content="{$state.cou‸mt}"/>' }))
  expect(document.hover(offset)).toBeUndefined()
})

test("diagnostics are those of parsePanel", () => {
  const source = panel({ view: "<Txt/>" })
  expect(openLanguageDocument(source).diagnostics()).toEqual(parsePanel(source).diagnostics)
})

test("folds are the elements and comments of more than one line", () => {
  const source = panel({ view: "<!-- a\n b --><Container><Divider/></Container>" })
  const folded = openLanguageDocument(source).folds()
  expect(folded.map(({ kind }) => kind)).toContain("comment")
  for (const { offset, end } of folded) expect(source.slice(offset, end)).toContain("\n")
  expect(folded.some(({ offset }) => source.slice(0, offset).endsWith("<Container>"))).toBe(false)
})

test("the outline has every element under its parent, named by what it declares or shows", () => {
  const [root] = openLanguageDocument(panel({})).outline()
  expect(root?.name).toBe("NexusPanel Test")
  expect(root?.children.map(({ name }) => name)).toEqual(["Data", "Logic", "View"])
  expect(root?.children[0]?.children.map(({ name }) => name)).toEqual([
    "State items",
    "State draft",
    "State count",
    "Computed open",
  ])
})

test("colours are in order, without overlap, and know JavaScript in handlers and expressions", () => {
  const logic = '<Handler name="x">\n// note\nconst a = `b` + $state.count + 1\n$log.info(a)\n</Handler>'
  const source = panel({ logic, view: "<!-- c --><Text content=\"so {$state.items.length > 1 ? 'a' : format(2)}\"/>" })
  const tokens = openLanguageDocument(source).tokens()
  let last = 0
  for (const { offset, length } of tokens) {
    expect(offset).toBeGreaterThanOrEqual(last)
    expect(length).toBeGreaterThan(0)
    last = offset + length
  }
  const painted = tokens.map(({ offset, length, kind }) => `${kind} ${source.slice(offset, offset + length)}`)
  expect(painted).toEqual(
    expect.arrayContaining([
      "element Text",
      "attribute content",
      "comment <!-- c -->",
      "string so ",
      "variable $state",
      "property items",
      "operator >",
      "string 'a'",
      "function format",
      "number 2",
      "comment // note",
      "keyword const",
      "method info",
    ]),
  )
})

test("formatting is the least change of space that gives the formatter's layout", () => {
  const source = panel({ view: "<Container>\n<Text content='a'></Text>\n   </Container>" }).replace(
    "  <Data>",
    "<Data>",
  )
  const document = openLanguageDocument(source)
  const edits = document.format()
  const after = applyEdits(source, edits)
  expect(openLanguageDocument(after).format()).toEqual([])
  expect(edits.every(({ length }) => length < 20)).toBe(true)
  expect(after).toContain("<Text content='a'/>")
})

test("a source with CRLF keeps it when it is formatted", () => {
  const laid = panel({ view: "<Divider/>" })
  const crlf = applyEdits(laid, openLanguageDocument(laid).format()).replaceAll("\n", "\r\n")
  expect(openLanguageDocument(crlf).format()).toEqual([])
  const edits = openLanguageDocument(crlf.replace("  <Data>", "<Data>")).format()
  expect(edits).toHaveLength(1)
  expect(edits[0]?.text).toBe("\r\n  ")
})

test("a source with a mistake of syntax is not formatted", () => {
  expect(openLanguageDocument('<NexusPanel title="x">\n<View>').format()).toEqual([])
})

test("selections grow from the name to the panel", () => {
  const { document, source, offset } = open(panel({ view: '<Text content="{$state.cou‸nt}"/>' }))
  const grown = document.selections(offset).map(({ offset, length }) => source.slice(offset, offset + length))
  expect(grown.slice(0, 5)).toEqual([
    "count",
    "{$state.count}",
    'content="{$state.count}"',
    '<Text content="{$state.count}"/>',
    expect.stringContaining("<Input"),
  ])
  expect(grown[grown.length - 1]).toMatch(/^<NexusPanel[\s\S]*<\/NexusPanel>$/)
})

test("every question about every place of a damaged panel has an answer", () => {
  const whole = panel({ view: '<Each items="{$state.items}" as="item"><Text content="{item.&lt;"/></Each>' })
  for (const source of [whole, whole.slice(0, 700), whole.replaceAll('"', ""), "", "<", "\ud800<a"]) {
    const document = openLanguageDocument(source)
    document.tokens()
    document.folds()
    document.outline()
    document.format()
    for (let offset = 0; offset <= source.length; offset += 3) {
      document.hover(offset)
      document.references(offset)
      document.selections(offset)
      document.fixes(offset)
      document.rename(offset, "other")
    }
  }
})
