import { parsePanel } from "@nexus/reactor"
import { expect, test } from "vitest"
import { asksOf, fuzz } from "../../fuzz/sources.ts"
import { mergeSource } from "../../src/versions/source-merge.ts"

const BASE = `<?xml version="1.0"?>
<!-- What we buy -->
<NexusPanel title="Groceries" version="1.0.0">
  <Data>
    <State name="items" type="list" default="[]"/>
    <!-- only here -->
    <State   name='draft' type="string" scope="session" />
  </Data>
  <Logic>
    <Handler name="add">
      $state.items.push({ id: $id() })
      $state.draft = ""
    </Handler>
    <Handler name="clear">$state.items = []</Handler>
  </Logic>
  <View>
    <Layout strategy="auto">
      <Metric label="To buy" value="{$state.items.length}"/>
      <Button label="Add" onClick="add()"/>
      <Button label="Clear" onClick="clear()"/>
    </Layout>
  </View>
</NexusPanel>
`

/** The merged source and the parts that were asked about. */
function merge(ours: string, theirs: string, base = BASE) {
  const asked: unknown[][] = []
  const source = mergeSource({ base, ours, theirs }, undefined, (...conflict) => {
    asked.push(conflict)
    return conflict[2]
  })
  return { source, asked }
}

const edit = (...pairs: readonly (readonly [string, string])[]) =>
  pairs.reduce((source, [from, to]) => {
    if (!source.includes(from)) throw new Error(`no ${from}`)
    return source.replace(from, to)
  }, BASE)

test("40 random pairs of sources merge by the laws of a merge", () => {
  let asked = 0
  for (let seed = 1; seed <= 40; seed += 1) {
    asked += asksOf(seed)
    expect(() => fuzz.round(seed), `npm run fuzz -- sources --seed ${seed} --rounds 1`).not.toThrow()
  }
  expect(asked).toBeGreaterThan(10)
})

test("two states that two people added at the same place are both there, in one order whoever merges", () => {
  const end = ` scope="session" />`
  const ours = edit([end, `${end}\n    <State name="a" type="number"/>`])
  const theirs = edit([end, `${end}\n    <State name="b" type="number"/>`])
  const both = edit([end, `${end}\n    <State name="a" type="number"/>\n    <State name="b" type="number"/>`])
  expect(merge(ours, theirs)).toEqual({ source: both, asked: [] })
  expect(merge(theirs, ours).source).toBe(both)
})

test("two attributes of one element on one line are changed by two people", () => {
  const ours = edit([`label="To buy"`, `label="Left"`])
  const theirs = edit([`value="{$state.items.length}"`, `value="{$state.items.length + 1}" tone="good"`])
  expect(merge(ours, theirs)).toEqual({
    source: edit([
      `label="To buy" value="{$state.items.length}"`,
      `label="Left" value="{$state.items.length + 1}" tone="good"`,
    ]),
    asked: [],
  })
})

test("what nobody touched stays as it was written, byte for byte", () => {
  const ours = edit([`$state.draft = ""`, `$state.draft = "milk"`])
  const theirs = edit([`<Handler name="clear">$state.items = []`, `<Handler name="clear">$state.items = [1]`])
  const { source, asked } = merge(ours, theirs)
  expect(asked).toEqual([])
  expect(source).toBe(ours.replace("$state.items = []<", "$state.items = [1]<"))
})

test("a conflict names the part, with both texts and no other", () => {
  const ours = edit([`$state.draft = ""`, `$state.draft = "a"`], [`title="Groceries"`, `title="Shopping"`])
  const theirs = edit([`$state.draft = ""`, `$state.draft = "b"`], [`title="Groceries"`, `title="Errands"`])
  const body = (text: string) => `\n      $state.items.push({ id: $id() })\n      $state.draft = "${text}"\n    `
  expect(merge(ours, theirs).asked).toEqual([
    ["`title`", `title="Groceries"`, `title="Shopping"`, `title="Errands"`],
    ["handler `add`", body(""), body("a"), body("b")],
  ])
})

test("a handler that one removed and the other changed is asked about; one that only one removed is gone", () => {
  const clear = `\n    <Handler name="clear">$state.items = []</Handler>`
  const without = edit([clear, ""], [`\n      <Button label="Clear" onClick="clear()"/>`, ""])
  const changed = edit(["$state.items = []<", "$state.items = [2]<"])
  expect(merge(without, changed).asked).toEqual([
    ["handler `clear`", clear.trim(), undefined, clear.trim().replace("[]", "[2]")],
  ])
  const elsewhere = edit([`label="To buy"`, `label="Left"`])
  expect(merge(without, elsewhere)).toEqual({ source: without.replace("To buy", "Left"), asked: [] })
})

test("an element that one moved and the other changed is moved and changed", () => {
  const add = `      <Button label="Add" onClick="add()"/>\n`
  const clear = `      <Button label="Clear" onClick="clear()"/>\n`
  const ours = edit([add + clear, clear + add])
  const theirs = edit([`label="Add"`, `label="Put on the list"`])
  expect(merge(ours, theirs)).toEqual({ source: ours.replace(`"Add"`, `"Put on the list"`), asked: [] })
})

test("a room that one opened and the other filled holds what both put there", () => {
  const base = `<NexusPanel title="P"><Data/><View><Text content="Hi"/></View></NexusPanel>`
  const ours = base.replace("<Data/>", `<Data><State name="a"/></Data>`)
  const theirs = base.replace("<Data/>", `<Data><State name="b"/></Data>`).replace("Hi", "Hello")
  expect(merge(ours, theirs, base)).toEqual({
    source: `<NexusPanel title="P"><Data><State name="a"/><State name="b"/></Data><View><Text content="Hello"/></View></NexusPanel>`,
    asked: [],
  })
})

test("comments are merged as what stands before a part", () => {
  const ours = edit(["<!-- only here -->", "<!-- only on this screen -->"])
  const theirs = edit([`type="string" scope`, `type="string" description="What is typed" scope`])
  const { source, asked } = merge(ours, theirs)
  expect([source, asked]).toEqual([
    ours.replace(`type="string" scope`, `type="string" description="What is typed" scope`),
    [],
  ])
  const other = edit(["<!-- only here -->", "<!-- nowhere else -->"])
  expect(merge(ours, other).asked.map(([part]) => part)).toEqual(["what stands before state `draft`"])
})

test("a source with a mistake of syntax has no parts", () => {
  expect(merge(BASE, BASE.replace("</View>", "")).source).toBeUndefined()
})

test("the sources of these tests are panels", () => {
  expect(parsePanel(BASE).diagnostics.filter(({ severity }) => severity === "error")).toEqual([])
})
