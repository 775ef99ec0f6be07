import { expect, test } from "vitest"
import { applyEdits } from "../../src/language/index.ts"
import { open, panel } from "./cursor.ts"

function renamed(marked: string, name: string): string {
  const { document, source, offset } = open(marked)
  const edits = document.rename(offset, name)
  return typeof edits === "string" ? edits : applyEdits(source, edits)
}

/** The stretches that references name, as they are written. */
function places(marked: string): string[] {
  const { document, source, offset } = open(marked)
  return document.references(offset).map(({ offset, length, use }) => `${use} ${source.slice(offset, offset + length)}`)
}

test("a state is renamed in its declaration, bindings, binds, events, watches and handlers", () => {
  const marked = `<NexusPanel title="count">
  <!-- count is the count -->
  <Data><State name="count" type="number"/><Computed name="twice" value="{$state.count * 2}"/></Data>
  <Logic>
    <Handler name="add">
      // count
      const count = $state.count + "count".length
      $state["count"] = count
      const { count: was } = $state
    </Handler>
    <Lifecycle on="change" watch="{$state.count}" run="add"/>
  </Logic>
  <View>
    <Number label="count" bind="$state.c‸ount"/>
    <Text content="count {$state.count} {'count'}"/>
    <Button label="+" onClick="$state.count += 1; add({ count: $state.count })"/>
  </View>
</NexusPanel>`
  expect(renamed(marked, "total")).toBe(`<NexusPanel title="count">
  <!-- count is the count -->
  <Data><State name="total" type="number"/><Computed name="twice" value="{$state.total * 2}"/></Data>
  <Logic>
    <Handler name="add">
      // count
      const count = $state.total + "count".length
      $state["total"] = count
      const { total: was } = $state
    </Handler>
    <Lifecycle on="change" watch="{$state.total}" run="add"/>
  </Logic>
  <View>
    <Number label="count" bind="$state.total"/>
    <Text content="count {$state.total} {'count'}"/>
    <Button label="+" onClick="$state.total += 1; add({ count: $state.total })"/>
  </View>
</NexusPanel>`)
})

test("in a handler a shadowed $state is another thing, and an alias of it is the same", () => {
  const logic = `<Handler name="x">
      const s = $state
      s.count = 1
      const { count } = $state
      const own = ($state) => $state.count
      $log.info(count, own({ count: 1 }))
      function inner(s) { return s.count }
    </Handler>`
  const after = renamed(panel({ logic, view: '<Text content="{$state.cou‸nt}"/>' }), "total")
  expect(after).toContain("s.total = 1")
  expect(after).toContain("const { total: count } = $state")
  expect(after).toContain("($state) => $state.count")
  expect(after).toContain("own({ count: 1 })")
  expect(after).toContain("return s.count")
})

test("a name that becomes that of its local variable stands once", () => {
  const logic = `<Handler name="x">
      const { count: total, left: rest = 1 } = $state
      $log.info(total, rest)
    </Handler>`
  const after = renamed(panel({ logic, view: '<Text content="{$state.cou‸nt}"/>' }), "total")
  expect(after).toContain("const { total, left: rest = 1 } = $state")
})

test("a loop variable is renamed in its own Each and not in another of the same name", () => {
  const view = `<Each items="{$state.items}" as="it‸em" key="{item.id}">
      <Switch label="{item.title}" bind="item.done"/>
      <Button label="x" onClick="add({ item, title: item.title })"/>
      <Each items="{item.parts}" as="part" key="{part}"><Text content="{part} of {item.title}"/></Each>
    </Each>
    <Each items="{$state.items}" as="item" key="{item.id}"><Text content="{item.title}"/></Each>`
  const after = renamed(panel({ view }), "row")
  expect(after).toContain(`<Each items="{$state.items}" as="row" key="{row.id}">
      <Switch label="{row.title}" bind="row.done"/>
      <Button label="x" onClick="add({ item: row, title: row.title })"/>
      <Each items="{row.parts}" as="part" key="{part}"><Text content="{part} of {row.title}"/></Each>
    </Each>
    <Each items="{$state.items}" as="item" key="{item.id}"><Text content="{item.title}"/></Each>`)
})

test("a handler is renamed in events, tools and lifecycles", () => {
  const after = renamed(
    panel({
      logic: '<Lifecycle on="mount" run="add"/>',
      view: '<Button label="add" onClick="ad‸d({ title: 1 })"/>',
    }),
    "put",
  )
  expect(after).toContain('<Handler name="put">')
  expect(after).toContain('<Tool name="add_item" handler="put">')
  expect(after).toContain('run="put"')
  expect(after).toContain('<Button label="add" onClick="put({ title: 1 })"/>')
})

test("an import without a name of its own gets one when it is renamed", () => {
  const data = '<Import panel="kitchen" name="stock"/>'
  const after = renamed(panel({ data, view: '<Text content="{$imports.st‸ock}"/>' }), "pantry")
  expect(after).toContain('<Import panel="kitchen" name="stock" as="pantry"/>')
  expect(after).toContain("{$imports.pantry}")
})

test("a tool is renamed where it is declared", () => {
  expect(renamed(panel({}).replace("add_item", "add_‸item"), "buy")).toContain('<Tool name="buy" handler="add">')
})

test.each([
  ["1st", /"1st" is not a name/],
  ["a b", /is not a name/],
  ["__proto__", /is not a name/],
  ["items", /There is a State "items" already/],
])("the name %s is refused with a sentence", (name, sentence) => {
  expect(renamed(panel({ view: '<Text content="{$state.cou‸nt}"/>' }), name)).toMatch(sentence)
})

test("a loop variable does not take a name that means something else where it is used", () => {
  const inner = '<Each items="{[1]}" as="other" key="{other}"><Text content="{item} {other}"/></Each>'
  const view = (inside: string) => `<Each items="{$state.items}" as="it‸em" key="{item}">${inside}</Each>`
  expect(renamed(panel({ view: view(inner) }), "other")).toMatch(/"other" is another name/)
  expect(renamed(panel({ view: view("<Text content=\"{[1].map(row => row + item).join(',')}\"/>") }), "row")).toMatch(
    /"row" is another name/,
  )
  expect(renamed(panel({ view: view('<Text content="{item}"/>') }), "format")).toMatch(/"format" is another name/)
})

test("a rename is refused as a whole while some place cannot be read", () => {
  const logic = '<Handler name="x">const = $state.count</Handler>'
  expect(renamed(panel({ logic, view: '<Text content="{$state.cou‸nt}"/>' }), "total")).toMatch(
    /^Line \d+ cannot be read, so its uses of "count" are unknown/,
  )
})

test("a loop variable is renamed although something outside of its Each cannot be read", () => {
  const view =
    '<Each items="{$state.items}" as="it‸em" key="{item}"><Text content="{item}"/></Each><Text content="{1 +}"/>'
  expect(renamed(panel({ view }), "row")).toContain('as="row" key="{row}"><Text content="{row}"/>')
})

test("where no name stands nothing is renamed, and the answer says so", () => {
  expect(renamed(panel({ view: '<Text con‸tent="x"/>' }), "y")).toMatch(/stands here$/)
  expect(open(panel({ view: "<Te‸xt/>" })).document.renameable(0)).toBeUndefined()
})

test("references tell reads from writes, the declaration first", () => {
  expect(places(panel({ view: '<Text content="{$state.cou‸nt}"/>' }))).toEqual([
    "declare count",
    "write count",
    "read count",
    "read count",
  ])
})

test("definition goes from a use to the name that is declared", () => {
  const { document, source, offset } = open(panel({ view: '<Button label="x" onClick="ad‸d()"/>' }))
  const found = document.definition(offset)
  expect(source.slice(found?.offset).startsWith("add")).toBe(true)
  expect(source.slice(0, found?.offset).endsWith('<Handler name="')).toBe(true)
})

test("what can be renamed says its name and how often it stands there", () => {
  const { document, offset } = open(panel({ view: '<Text content="{$state.cou‸nt}"/>' }))
  expect(document.renameable(offset)).toMatchObject({ name: "count", kind: "state", length: 5, places: 4 })
})
