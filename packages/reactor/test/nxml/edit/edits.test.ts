import { apply, Graph } from "@nexus/protocol"
import { expect, test } from "vitest"
import {
  addDeclaration,
  addElement,
  applyEdits,
  draftAttribute,
  duplicateElement,
  type Edited,
  elementOfNode,
  elementsFrom,
  moveElement,
  nodeAt,
  PanelDocument,
  removeElement,
  setAttribute,
  toOperations,
  unwrapElement,
  wrapElement,
} from "../../../src/language/index.ts"

const VIEW = `    <Container title="A">
      <Text content="one"/> <!-- first -->
      <Text content="two"/>
    </Container>
    <Container title="B"/>
    <If test="{true}"><Text content="x"/><Else><Text content="y"/></Else></If>
    <Each items="{[1, 2]}" as="n" key="{n}">
      <Text content="{n}"/>
    </Each>
    <Button label="Go" onClick="add()"/>
`
const SOURCE = `<NexusPanel title="T">
  <Logic>
    <Handler name="add">$log.info("x")</Handler>
  </Logic>
  <View>
${VIEW}  </View>
</NexusPanel>
`
const document = new PanelDocument(SOURCE)

/** The View as it is then, or the sentence. */
function view(edited: Edited): string {
  if (typeof edited === "string") return edited
  const after = applyEdits(SOURCE, edited)
  return after.slice(after.indexOf("<View>\n") + 7, after.indexOf("  </View>"))
}

test("a new element has the indent of its neighbours, and a comment at a line's end stays there", () => {
  const badge = { name: "Badge", attributes: { content: "new" } }
  const one = '      <Text content="one"/> <!-- first -->\n'
  expect(view(addElement(document, badge, { after: { node: "0.0" } }))).toBe(
    VIEW.replace(one, `${one}      <Badge content="new"/>\n`),
  )
  expect(view(addElement(document, badge, { before: { node: "0.0" } }))).toBe(
    VIEW.replace(one, `      <Badge content="new"/>\n${one}`),
  )
  expect(view(addElement(document, badge, { into: { node: "1" } }))).toBe(
    VIEW.replace('<Container title="B"/>', '<Container title="B">\n      <Badge content="new"/>\n    </Container>'),
  )
  expect(view(addElement(document, badge, { into: { node: "0" }, at: "start" }))).toBe(
    VIEW.replace(one, `      <Badge content="new"/>\n${one}`),
  )
})

test("on one line a new element stays on it", () => {
  expect(view(addElement(document, { name: "Divider" }, { after: { node: "2.0" } }))).toContain(
    '<If test="{true}"><Text content="x"/><Divider/><Else>',
  )
})

test("values are escaped by what they mean, in the quotes that need the least", () => {
  const put = (value: string) => view(setAttribute(document, { node: "4" }, "label", value))
  expect(put("it's")).toContain(`label="it's"`)
  expect(put('say "x" < y')).toContain('label="say &quot;x&quot; &lt; y"')
  expect(put("a & b &amp; c")).toContain('label="a & b &amp;amp; c"')
  expect(view(setAttribute(document, { node: "4" }, "id", 'say "x"'))).toContain(`onClick="add()" id='say "x"'/>`)
})

test("an attribute is written on a line of its own where the last one is, and leaves with its space", () => {
  const source = '<NexusPanel title="T">\n  <View>\n    <Text\n      content="x"\n    />\n  </View>\n</NexusPanel>\n'
  const long = new PanelDocument(source)
  const added = setAttribute(long, { node: "0" }, "tone", "muted")
  expect(applyEdits(source, added as never)).toContain('    <Text\n      content="x"\n      tone="muted"\n    />')
  expect(view(setAttribute(document, { node: "0" }, "title", undefined))).toContain("    <Container>\n      <Text")
})

test("what is moved keeps its text and takes the indent of its place", () => {
  const moved = view(moveElement(document, { node: "3" }, { into: { node: "1" } }))
  expect(moved).toContain(
    '<Container title="B">\n      <Each items="{[1, 2]}" as="n" key="{n}">\n        <Text content="{n}"/>\n      </Each>\n    </Container>',
  )
  expect(view(moveElement(document, { node: "0" }, { into: { node: "0.1" } }))).toBe(
    "<Container> cannot go into itself",
  )
})

test("wrapping shifts the lines inside, and unwrapping shifts them back", () => {
  const wrapped = view(wrapElement(document, { node: "3" }, { name: "Form", attributes: { label: "F" } }))
  expect(wrapped).toContain(
    '    <Form label="F">\n      <Each items="{[1, 2]}" as="n" key="{n}">\n        <Text content="{n}"/>\n      </Each>\n    </Form>\n',
  )
  expect(view(unwrapElement(document, { node: "0" }))).toBe(
    VIEW.replace('    <Container title="A">\n', "")
      .replace('      <Text content="one"/>', '    <Text content="one"/>')
      .replace('      <Text content="two"/>\n    </Container>', '    <Text content="two"/>'),
  )
})

test("an edit that would bring an error is refused with that error", () => {
  expect(view(unwrapElement(document, { node: "3" }))).toMatch(/^Line 12 would be wrong: "n" is not known here/)
  expect(view(unwrapElement(document, { node: "2" }))).toMatch(/<Else> does not stand in/)
  expect(view(addElement(document, { name: "Badge" }, { after: { node: "0" } }))).toMatch(/needs "content"/)
  expect(view(addElement(document, { name: "State" }, { after: { node: "0" } }))).toMatch(/does not stand in/)
  expect(view(removeElement(document, { offset: SOURCE.indexOf("<Handler") + 1 }))).toMatch(/There is no Handler "add"/)
  expect(view(setAttribute(document, { node: "4" }, "variant", "loud"))).toMatch(/variant/)
})

test("what is not there, the panel itself and what is left open are refused with a sentence", () => {
  expect(view(removeElement(document, { node: "9.9" }))).toBe("There is no element 9.9 in the View")
  expect(view(removeElement(document, { offset: 0 }))).toBe("The panel itself cannot be removed")
  const open = new PanelDocument('<NexusPanel title="T"><View><Container><Text content="x"/></View></NexusPanel>')
  expect(wrapElement(open, { node: "0" }, { name: "Form" })).toBe("<Container> is left open; close it first")
})

test("a declaration stands behind its like, in the order of its room, and makes the room it needs", () => {
  const declared = addDeclaration(document, { name: "State", attributes: { name: "n", type: "number" } })
  expect(applyEdits(SOURCE, declared as never)).toBe(
    SOURCE.replace("  <Logic>", '  <Data>\n    <State name="n" type="number"/>\n  </Data>\n  <Logic>'),
  )
  const capability = addDeclaration(document, { name: "Capability", attributes: { type: "time", reason: "Waits" } })
  expect(applyEdits(SOURCE, capability as never)).toContain(
    '<Logic>\n    <Capability type="time" reason="Waits"/>\n    <Handler',
  )
  const twice = addDeclaration(document, { name: "Handler", attributes: { name: "add" }, text: "" })
  expect(twice).toBe('There is a Handler "add" already')
  expect(addDeclaration(document, { name: "Text" })).toBe("<Text> is not declared in Data or Logic")
})

test("edits become one operation on the graph, which is refused once somebody else has edited", () => {
  const properties = { source: SOURCE, frame: { x: 0, y: 0, w: 1, h: 1 }, title: "T", state: {}, grants: [] }
  const workspace = { id: "w", kind: "workspace", name: "W", scope: "w", properties: {} } as const
  const panel = { id: "p", kind: "panel", name: "T", scope: "w", properties } as const
  const graph = Graph.fromSnapshot({ entities: [workspace, panel], relationships: [] })
  const edits = setAttribute(document, { offset: 3 }, "title", "New")
  const operations = typeof edits === "string" ? [] : toOperations("p", SOURCE, edits)
  expect(operations).toEqual([
    { kind: "panel_source", panel: "p", source: SOURCE.replace('"T"', '"New"'), title: "New", expect: SOURCE },
  ])
  expect(apply(graph, operations).ok).toBe(true)
  expect(graph.panel("p")?.properties).toMatchObject({ title: "New", source: SOURCE.replace('"T"', '"New"') })
  expect(apply(graph, operations)).toMatchObject({ ok: false })
  expect(toOperations("p", SOURCE, [])).toEqual([])
})

test("a duplicate stands behind its original, written alike but for the ids", () => {
  const one = '      <Text content="one"/> <!-- first -->\n'
  expect(view(duplicateElement(document, { node: "0.0" }))).toBe(
    VIEW.replace(one, `${one}      <Text content="one"/>\n`),
  )
  const named = new PanelDocument(
    '<NexusPanel title="T">\n<View>\n  <Text id="a" content="x"/>\n</View>\n</NexusPanel>',
  )
  const edits = duplicateElement(named, { node: "0" })
  expect(typeof edits === "string" ? edits : applyEdits(named.source, edits)).toContain(
    '  <Text id="a" content="x"/>\n  <Text content="x"/>\n',
  )
  expect(duplicateElement(document, { offset: 1 })).toBe("The panel itself cannot be duplicated here")
})

test("a place in the View says which node stands there, whichever room it is in", () => {
  for (const node of ["0", "0.0", "0.1", "2.1.0", "3.0", "4"]) {
    const element = elementOfNode(document, node)
    expect(element && nodeAt(document, element.offset + 1)).toBe(node)
  }
  expect(nodeAt(document, SOURCE.indexOf("<Handler"))).toBeUndefined()
  expect(nodeAt(document, SOURCE.indexOf("<View>"))).toBeUndefined()
  const rooms = new PanelDocument(
    '<NexusPanel title="T"><View><Divider/></View><View><Text content="b"/></View></NexusPanel>',
  )
  expect(nodeAt(rooms, rooms.source.indexOf("<Text") + 1)).toBe("1")
})

test("a piece of View becomes elements that are written in the manner of another place", () => {
  const made = elementsFrom('<Container title="A &amp; B"><Text content="{1 &lt; 2}"/><Divider/></Container>')
  expect(made).toEqual([
    {
      name: "Container",
      attributes: { title: "A & B" },
      children: [
        { name: "Text", attributes: { content: "{1 < 2}" } },
        { name: "Divider", attributes: {} },
      ],
    },
  ])
  expect(elementsFrom("<Markdown># Hello</Markdown>")).toEqual([{ name: "Markdown", attributes: {}, text: "# Hello" }])
})

test("a value that is half typed stands in a source of its own, with the place of the cursor", () => {
  const draft = draftAttribute(document, { node: "4" }, "label", "{1 < $state.}", 12)
  expect(draft?.source.slice(0, draft.offset)).toMatch(/<Button label="\{1 &lt; \$state\.$/)
  const fresh = draftAttribute(document, { node: "1" }, "surface", "card", 2)
  expect(fresh?.source.slice(0, fresh.offset)).toMatch(/<Container title="B" surface="ca$/)
})
