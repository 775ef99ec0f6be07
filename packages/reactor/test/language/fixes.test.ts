import { expect, test } from "vitest"
import { applyEdits } from "../../src/language/index.ts"
import { open, panel } from "./cursor.ts"

/** The source once the fix whose label begins so is made. */
function mended(marked: string, label: string): string {
  const { document, source, offset } = open(marked)
  const fixes = document.fixes(offset)
  const chosen = fixes.find((fix) => fix.label.startsWith(label))
  if (chosen === undefined) throw new Error(`offered are ${fixes.map(({ label }) => label).join(", ") || "none"}`)
  return applyEdits(source, chosen.edits)
}

test("a misspelt name is mended, and that is the preferred fix", () => {
  const { document, offset } = open(panel({ view: '<Text content="{$state.cou‸mt}"/>' }))
  const [first, second] = document.fixes(offset)
  expect(first).toMatchObject({ label: 'Change to "count"', preferred: true })
  expect(second).toMatchObject({ label: 'Declare the State "coumt"', preferred: false })
})

test.each([
  ['<Each items="{$state.row‸s}" as="r" key="{r}"/>', "rows", "list"],
  ['<Switch label="x" bind="$state.is‸on"/>', "ison", "boolean"],
  ['<Progress label="x" value="{$state.fa‸r}"/>', "far", "number"],
  ['<Text content="{$state.al‸l.length}"/>', "all", "list"],
  ['<Text content="{$state.word‸s}"/>', "words", "string"],
])("a missing state is declared with the type its use asks for: %s", (view, name, type) => {
  expect(mended(panel({ view }), "Declare the State")).toContain(
    `<State name="count" type="number" default="3"/>\n    <State name="${name}" type="${type}"/>\n    <Computed`,
  )
})

test("a missing handler is declared with room for its JavaScript", () => {
  expect(mended(panel({ view: '<Button label="x" onClick="cle‸ar()"/>' }), "Declare the Handler")).toContain(
    '</Handler>\n    <Handler name="clear">\n\n    </Handler>\n    <Tool',
  )
})

test("a missing capability is declared with the scope that is called", () => {
  const logic = '<Handler name="x">await nexus.ht‸tp.fetch("https://api.example.org/a")</Handler>'
  expect(mended(panel({ logic }), "Declare the Capability")).toContain(
    '<Logic>\n    <Capability type="http" scope="https://api.example.org/*" reason=""/>\n    <Handler',
  )
})

test("a panel without Data gets it with its first state", () => {
  const marked = '<NexusPanel title="x">\n  <View>\n    <Text content="{$state.na‸me}"/>\n  </View>\n</NexusPanel>\n'
  expect(mended(marked, "Declare the State")).toBe(
    '<NexusPanel title="x">\n  <Data>\n    <State name="name" type="string"/>\n  </Data>\n  <View>\n    <Text content="{$state.name}"/>\n  </View>\n</NexusPanel>\n',
  )
})

test("an Each gets its key, an input its label", () => {
  expect(mended(panel({ view: '<Ea‸ch items="{$state.items}" as="row"/>' }), "Add key")).toContain('key="{row.id}"')
  expect(mended(panel({ view: '<In‸put bind="$state.draft"/>' }), "Add label")).toContain('label="Draft"')
  expect(mended(panel({ view: '<Met‸ric value="{$state.items.length}"/>' }), "Add label")).toContain('label="Items"')
  expect(mended(panel({ view: '<But‸ton onClick="add_itemNow()"/>' }), "Add label")).toContain('label="Add item now"')
})

test("a missing attribute is written, as the component's example has it where that stands alone", () => {
  expect(mended(panel({ view: '<Sel‸ect label="x" bind="$state.draft"/>' }), "Add options")).toContain(
    'options="small,medium,large"',
  )
  expect(mended(panel({ view: "<Ba‸dge/>" }), "Add content")).toContain('<Badge content="late"/>')
})

test("what nothing uses is removed with its line", () => {
  const after = mended(panel({ data: '<State na‸me="old" type="string"/>' }), "Remove it")
  expect(after).not.toContain("old")
  expect(after).toContain("</Data>\n")
})

test("removing is offered, and never as what is surely meant", () => {
  const { document, offset } = open(panel({ data: '<State na‸me="old" type="string"/>' }))
  expect(document.fixes(offset)).toMatchObject([{ label: "Remove it", preferred: false }])
})

test("where nothing is wrong nothing is offered", () => {
  const { document, offset } = open(panel({ view: '<Text con‸tent="x"/>' }))
  expect(document.fixes(offset)).toEqual([])
})
