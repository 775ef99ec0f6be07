import { applyEdits, elementOfNode, PanelDocument } from "@nexus/reactor/language"
import { expect, test } from "vitest"
import {
  adding,
  duplicating,
  type Making,
  moving,
  removing,
  shifting,
  unwrapping,
  usualPlace,
  WRAPPERS,
  wrapping,
} from "../../src/direct/made.ts"
import { propertiesOf, toExpression, toLiteral } from "../../src/direct/properties.ts"
import { followed } from "../../src/direct/use-followed.ts"
import { pathTo, stepFrom, viewTree } from "../../src/direct/view-tree.ts"

const SOURCE = `<NexusPanel title="Shop">
  <Data>
    <!-- what is bought -->
    <State name="name"   type="string" default='Ada'/>
  </Data>
  <View>
    <Container title="A">
      <Text content="one"/>
      <Text content="two"/> <!-- stays -->
    </Container>
    <Button  label='Go' onClick="$state.name = 'x'"/>
  </View>
</NexusPanel>
`
const document = new PanelDocument(SOURCE)

function after(making: Making, from = document) {
  const made = making(from)
  if (typeof made === "string") throw new Error(made)
  return { source: applyEdits(from.source, made.edits), node: made.node }
}

test("what is added works as it stands: with it come the states that it needs, under names that are free", () => {
  const { source, node } = after(adding("Input", { after: { node: "0.0" } }, []))
  expect(node).toBe("0.1")
  expect(source).toContain('<State name="name2" type="string"/>')
  expect(source).toContain(
    '      <Input label="Name" bind="$state.name2" placeholder="Ada"/>\n      <Text content="two"/>',
  )
  const { diagnostics } = new PanelDocument(source).parsed
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([])
  // Everything else is as it was, to the letter.
  const untouched = source.replace(/ *<(?:State name="name2"|Input)[^\n]*\n/g, "")
  expect(untouched).toBe(SOURCE)
})

test("every component of the catalogue can be added to an empty panel", () => {
  const empty = new PanelDocument('<NexusPanel title="T">\n  <View>\n  </View>\n</NexusPanel>')
  for (const name of [...empty.components.keys(), "If", "Each"]) {
    if (name === "Tab") continue
    const made = adding(name, usualPlace(empty, undefined), [])(empty)
    expect(typeof made === "object" ? made.node : made, name).toBe("0")
  }
})

test("what is moved, duplicated, wrapped or pushed up stays selected under its new number", () => {
  expect(after(moving("0.1", { after: { node: "1" } })).node).toBe("2")
  expect(after(moving("1", { before: { node: "0" } })).node).toBe("0")
  expect(after(moving("1", { into: { node: "0" } })).node).toBe("0.2")
  expect(after(duplicating("0.0")).node).toBe("0.1")
  expect(after(shifting("0.1", -1)).node).toBe("0.0")
  expect(after(shifting("0.0", -1))).toEqual({ source: SOURCE, node: "0.0" })
  for (const around of WRAPPERS) expect(after(wrapping("1", around)).source).toContain(`<${around.name}`)
  expect(after(unwrapping("0")).source).not.toContain("<Container")
})

test("after a removal the next one is selected, then the one before, then what it stood in", () => {
  expect(after(removing("0.0")).node).toBe("0.0")
  expect(after(removing("0.1")).node).toBe("0.0")
  const alone = new PanelDocument(after(removing("0.1")).source)
  expect(after(removing("0.0"), alone).node).toBe("0")
})

test("what does not fit is refused with a sentence", () => {
  expect(moving("0", { into: { node: "0.0" } })(document)).toBe("<Container> cannot go into itself")
  expect(moving("1", { into: { node: "0.0" } })(document)).toMatch(/^Line \d+ would be wrong/)
})

test("the selected component stays selected while somebody else changes the text around it", () => {
  const earlier = new PanelDocument(SOURCE.replace("<View>\n", '<View>\n    <Divider label="new"/>\n'))
  expect(followed(document, earlier, "1")).toBe("2")
  expect(followed(document, earlier, "0.1")).toBe("1.1")
  const gone = new PanelDocument(SOURCE.replace('      <Text content="one"/>\n', ""))
  expect(followed(document, gone, "1")).toBe("1")
  expect(followed(document, gone, "0.1")).toBe("0.0")
})

test("keys go through the components in reading order, among siblings, outwards and inwards", () => {
  const tree = viewTree(document)
  expect(pathTo(tree, "0.1").map(({ element, told, line }) => [element, told, line])).toEqual([
    ["Container", "A", 7],
    ["Text", "two", 9],
  ])
  expect(stepFrom(tree, undefined, "after")).toBe("0")
  expect(stepFrom(tree, "0", "after")).toBe("0.0")
  expect(stepFrom(tree, "0.1", "after")).toBe("1")
  expect(stepFrom(tree, "1", "after")).toBeUndefined()
  expect(stepFrom(tree, "0", "next")).toBe("1")
  expect(stepFrom(tree, "0.0", "parent")).toBe("0")
  expect(stepFrom(tree, "0", "child")).toBe("0.0")
})

test("properties come from the declaration and the text, with what the checks say at each", () => {
  const wrong = new PanelDocument(
    SOURCE.replace('title="A"', 'title="A" gap="{$state.nam}" surface="shiny" colour="red"'),
  )
  const element = elementOfNode(wrong, "0")
  const properties = element ? propertiesOf(wrong, element) : []
  const of = (name: string) => properties.find((property) => property.name === name)
  expect(of("title")).toMatchObject({ kind: "text", written: "A", findings: [] })
  expect(of("gap")).toMatchObject({ kind: "number", initial: "8", findings: [{ severity: "error" }] })
  expect(of("surface")?.findings[0]?.message).toContain("not one of")
  expect(of("direction")).toMatchObject({ kind: "choice", values: ["column", "row"], written: undefined })
  expect(of("colour")?.findings[0]?.message).toContain("no attribute")
  const button = elementOfNode(wrong, "1")
  const does = button ? propertiesOf(wrong, button).filter(({ kind }) => kind === "statements") : []
  expect(does).toMatchObject([{ name: "onClick", written: "$state.name = 'x'" }])
})

test("a value becomes an expression and, where it is one literal, plain again", () => {
  expect(toExpression("number", "3")).toBe("{3}")
  expect(toExpression("text", 'say "hi"')).toBe('{"say \\"hi\\""}')
  expect(toLiteral("{3}")).toBe("3")
  expect(toLiteral('{"say \\"hi\\""}')).toBe('say "hi"')
  expect(toLiteral("{$state.count}")).toBeUndefined()
})
