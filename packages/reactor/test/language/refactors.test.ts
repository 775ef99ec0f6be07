import { expect, test } from "vitest"
import { applyEdits } from "../../src/language/index.ts"
import { open, panel } from "./cursor.ts"

function labels(marked: string): string[] {
  const { document, offset } = open(marked)
  return document.refactors(offset).map(({ label }) => label)
}

function done(marked: string, label: string): string {
  const { document, source, offset } = open(marked)
  const chosen = document.refactors(offset).find((refactor) => refactor.label === label)
  return chosen === undefined ? `"${label}" is not offered` : applyEdits(source, chosen.edits)
}

test("an element of View can be wrapped and moved, and the edit is that of the structure", () => {
  const view = '<Text con‸tent="x"/>'
  expect(done(panel({ view }), "Wrap <Text> in Container")).toContain(
    '    <Container>\n      <Text content="x"/>\n    </Container>\n',
  )
  expect(done(panel({ view }), "Move <Text> down")).toContain(
    '    <Input label="New" bind="$state.draft"/>\n    <Text content="x"/>\n',
  )
  expect(labels(panel({ view }))).not.toContain("Move <Text> up")
})

test("what would bring an error is not offered", () => {
  const each = '<Ea‸ch items="{$state.items}" as="item" key="{item.id}"><Text content="{item.title}"/></Each>'
  expect(labels(panel({ view: each }))).not.toContain("Unwrap <Each>")
  expect(labels(panel({ view: "<Contai‸ner><Divider/></Container>" }))).toContain("Unwrap <Container>")
})

test("declarations and the rooms themselves are left where they are", () => {
  expect(labels(panel({ data: '<State na‸me="x" type="string"/>' }))).toEqual([])
  expect(labels('<NexusPanel title="x"><Vi‸ew/></NexusPanel>')).toEqual([])
})

test("the document of a package's component completes its props and its events", () => {
  const component = {
    name: "Rating",
    doc: "Stars.",
    props: { most: { type: "number", doc: "How many." }, label: { type: "string", doc: "The words." } },
    events: { onPick: "A star was clicked." },
    children: "none",
    width: { min: 1, ideal: 2, max: 3 },
    example: "<Rating/>",
  } as const
  const inView = (view: string) => open(`<NexusPanel title="Rating"><View>${view}</View></NexusPanel>`, { component })
  const expression = inView('<Text content="{‸}"/>')
  expect(
    expression.document
      .completions(expression.offset)
      .slice(0, 3)
      .map(({ label, detail }) => `${label}: ${detail}`),
  ).toEqual(["most: number", "label: string", expect.any(String)])
  const event = inView('<Button label="x" onClick="‸"/>')
  expect(event.document.completions(event.offset).map(({ insert }) => insert)).toContain("onPick()")
})
