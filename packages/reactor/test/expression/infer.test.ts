// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions are written as text here
import { expect, test } from "vitest"
import { inferExpression, type TypeNames } from "../../src/expression/infer.ts"
import { parseExpression } from "../../src/expression/parse.ts"
import { beforeDot, typeAt } from "../../src/expression/type-at.ts"
import { describeType, typeOfValue, type ValueType } from "../../src/expression/value-type.ts"
import { parsePanel } from "../../src/index.ts"
import { panelTypes, rowTypes } from "../../src/nxml/check/types.ts"

const state = {
  title: "Board",
  count: 3,
  done: false,
  none: null,
  items: [{ id: 1, name: "a", tags: ["x"], size: 2.5 }],
  numbers: [1, 2],
  mixed: [1, "a"],
  empty: [],
  box: { width: 1, label: "x", inner: { deep: true } },
  open: {},
}
const names: TypeNames = (name) => (name === "$state" ? typeOfValue(state) : undefined)
const typeOf = (text: string) => describeType(inferExpression(parseExpression(text), names).type)

test.each([
  ["1 + 2", "number"],
  ["'a' + 1", "string"],
  ["$state.count + $state.count", "number"],
  ["$state.title + $state.count", "string"],
  ["$state.none", "any"],
  ["$state.none ?? 'x'", "any"],
  ["null ?? 'x'", "string"],
  ["!$state.items", "boolean"],
  ["-$state.title", "number"],
  ["typeof $state.count", "string"],
  ["`a${1}`", "string"],
  ["$state.count > 2 && $state.done", "boolean"],
  ["$state.done ? 1 : 2", "number"],
  ["$state.done ? 1 : 'a'", "any"],
  ["$state.items", "list of { id: number, name: string, tags: list of string, size: number }"],
  ["$state.items[0].tags[0]", "string"],
  ["$state.items[0]?.size", "number"],
  ["$state.items['length']", "any"],
  ["$state.title[0]", "string"],
  ["$state.box.inner", "{ deep: boolean }"],
  ["$state.box['label']", "string"],
  ["$state.open.anything", "any"],
  ["$state.mixed", "list"],
  ["$state.empty[0]", "any"],
  ["[1, 2, ...$state.numbers]", "list of number"],
  ["[...'ab']", "list of string"],
  ["[1, 'a']", "list"],
  ["({ a: 1, ...$state.box })", "{ a: number, width: number, label: string, inner: { deep: boolean }, … }"],
  ["$state.items.filter(i => i.size > 2)", "list of { id: number, name: string, tags: list of string, size: number }"],
  ["$state.items.map(i => i.name)", "list of string"],
  ["$state.items.map(({ tags: [first] }) => first)", "list of string"],
  ["$state.items.map((i, index) => index)", "list of number"],
  ["$state.items.flatMap(i => i.tags)", "list"],
  ["$state.items.find(i => i.id == 1).name", "string"],
  ["$state.items.some(i => i.size)", "boolean"],
  ["$state.items.reduce((total, i) => total + i.size, 0)", "number"],
  ["$state.items.reduce((all, i) => [...all, i], [])", "list"],
  ["$state.items.toSorted((a, b) => a.size - b.size)[0].name", "string"],
  ["$state.title.split(',').map(x => x.length)", "list of number"],
  ["sum($state.numbers)", "number"],
  ["sortBy($state.items, i => i.size)[0].name", "string"],
  ["unique($state.numbers)", "list of number"],
  ["groupBy($state.items, i => i.name)", "any"],
  ["format($state.count)", "string"],
  ["Math.max(...$state.numbers) + Math.PI", "number"],
  ["Object.keys($state.box)", "list of string"],
  ["JSON.parse($state.title)", "any"],
  ["$imports.other.thing", "any"],
  ["item.name.trim()", "string"],
])("%s is %s", (text, expected) => {
  expect(typeOf(text)).toBe(expected)
  expect(inferExpression(parseExpression(text), names).findings).toEqual([])
})

test("one mistake is told once: what it gives is of any type", () => {
  const found = (text: string) =>
    inferExpression(parseExpression(text), names).findings.map(({ code, at }) => [code, at])
  expect(found("$state.title.foo.bar.baz * $state.items[0].name.x")).toEqual([
    ["unknown-member", 13],
    ["unknown-member", 48],
  ])
  expect(found("($state.items * 2 + 1) + 3 == $state.title")).toEqual([["wrong-operand", 1]])
  expect(found("$state.count.filter(i => i.x).map(i => i.y).length")).toEqual([["unknown-method", 13]])
  expect(found("$state.items.reduce((total, i) => total + i.nope, 0)")).toEqual([["unknown-member", 44]])
})

test("the type of the part at an offset is the smallest part's", () => {
  const text = "a {$state.items.map(i => i.name)} b"
  const at = (piece: string) => {
    const type = typeAt(text, text.indexOf(piece) + 1, names)
    return type === undefined ? undefined : describeType(type)
  }
  expect(at("items")).toMatch(/^list of \{ id/)
  expect(at("i.name")).toMatch(/^\{ id/)
  expect(at("name)")).toBe("string")
  expect(at("b")).toBeUndefined()
})

test.each([
  ["{$state.|}", "object"],
  ["{$state.ti|}", "object"],
  ["{$state.title.|}", "string"],
  ["{$state.items.filter(i => i.|)}", "item"],
  ["{$state.items.filter(i => i.na|me == 'a').length}", "item"],
  ["{$state.items.filter(i => i.", "item"],
  ["{$state.items.map((i, n) => [n, `${i.", "item"],
  ["{'(' + $state.items[0].", "item"],
  ["{$state.box.inner.", "inner"],
  ["{$state.count + $state.title.", "string"],
  ["a {$state.count} b {$state.title.", "string"],
])("before the dot in %s stands its value", (marked, expected) => {
  const offset = marked.includes("|") ? marked.indexOf("|") : marked.length
  const found = beforeDot(marked.replace("|", ""), offset, names)
  const shapes: { readonly [name: string]: ValueType } = {
    item: typeOfValue(state.items[0]),
    inner: typeOfValue(state.box.inner),
    string: typeOfValue(""),
    object: typeOfValue(state),
  }
  expect(found && describeType(found.type)).toBe(describeType(shapes[expected] ?? typeOfValue(null)))
})

test("before a dot the parameters of the arrows around are known", () => {
  const found = beforeDot("{$state.items.map((row, at) => row.tags.map(tag => tag.", 55, names)
  expect([...(found?.locals.keys() ?? [])]).toEqual(["row", "at", "tag"])
})

const source = `<NexusPanel title="T"><Data>
  <State name="items" type="list" default='[{ "id": 1, "name": "a" }]'/><State name="n" type="number"/>
  <Computed name="third" value="{$computed.second + 1}"/>
  <Computed name="second" value="{$computed.first.length}"/>
  <Computed name="first" value="{$state.items.map(i => i.name)}"/>
  <Computed name="text" value="{$state.n} things"/>
  <Import panel="p" name="x" as="other"/>
</Data><View><Text content="{$computed.third} {$computed.text} {$imports.other}"/></View></NexusPanel>`

test("a panel's names have their types, a computed value that of its expression, in whatever order they stand", () => {
  const { panel } = parsePanel(source)
  expect(panel).toBeDefined()
  if (panel === undefined) return
  const types = panelTypes(panel)
  const of = (text: string) => describeType(inferExpression(parseExpression(text), types).type)
  expect(of("$computed.first")).toBe("list of string")
  expect(of("$computed.second")).toBe("number")
  expect(of("$computed.third")).toBe("number")
  expect(of("$computed.text")).toBe("string")
  expect(of("$imports.other")).toBe("any")
  expect(of("$panel.title")).toBe("string")
  const rows = rowTypes(types, "{$state.items}", "item", "index")
  expect(describeType(rows("item") ?? typeOfValue(null))).toBe("{ id: number, name: string }")
  expect(rows("index")?.kind).toBe("number")
  expect(rows("other")).toBeUndefined()
})
