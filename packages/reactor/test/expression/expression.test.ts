// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions are written as text here
import { expect, test } from "vitest"
import {
  compileBinding,
  compilePath,
  compileStatements,
  evaluateComputed,
  evaluateExpression,
  parsePanel,
  type Scope,
} from "../../src/index.ts"
import { createRandom } from "../nxml/corpus.ts"

const items = [
  { id: 1, title: "Milk", done: false, price: 1.5, tags: ["cold"] },
  { id: 2, title: "Bread", done: true, price: 2.5, tags: [] },
  { id: 3, title: "äpfel", done: false, price: 0.5, tags: ["raw", "cold"] },
]
const scope: Scope = {
  $state: { items, n: 4, name: "Ada", none: null },
  $computed: {},
  $imports: {},
  $panel: {},
  item: items[0],
}

function value(text: string): unknown {
  const result = evaluateExpression(text, scope)
  if (!result.ok) throw result.error
  return result.value
}

test.each<[string, unknown]>([
  ["1 + 2 * 3 ** 2 - -4 / 2", 21],
  ["2 ** 3 ** 2", 512],
  ["7 % 4", 3],
  ["0x1f + 1e2 + .5", 131.5],
  ["'a' + 1 + 'é' + \"\\u00e9\\n\"", "a1éé\n"],
  ["`${$state.n} of ${$state.items.length}`", "4 of 3"],
  ["1 == '1'", false],
  ["1 === 1 && 1 != 2", true],
  ["null == undefined", false],
  ["$state.none?.a.b.c", undefined],
  ["$state.none?.[0].trim()", undefined],
  ["$state.none ?? 'x'", "x"],
  ["0 || 'x'", "x"],
  ["$state.n > 3 ? 'many' : $state.n > 1 ? 'some' : 'none'", "many"],
  ["!$state.n", false],
  ["typeof $state.name", "string"],
  ["[1, ...[2, 3], ...'ab']", [1, 2, 3, "a", "b"]],
  ["({ a: 1, 'b c': 2, [`d${1}`]: 3, ...{ e: 4 } })", { a: 1, "b c": 2, d1: 3, e: 4 }],
  ["$state.items.filter(i => !i.done).map(i => i.title)", ["Milk", "äpfel"]],
  ["$state.items.map((i, index) => index)", [0, 1, 2]],
  ["$state.items.map(({ title, tags: [first] }) => title + first)", ["Milkcold", "Breadundefined", "äpfelraw"]],
  ["Object.entries({ a: 1, b: 2 }).map(([k, v]) => k + v).join()", "a1,b2"],
  ["$state.items.reduce((total, i) => total + i.price, 0)", 4.5],
  ["$state.items.find(i => i.id == 2)?.title", "Bread"],
  ["$state.items.flatMap(i => i.tags)", ["cold", "raw", "cold"]],
  ["[3, 1, 2].sort((a, b) => b - a)", [3, 2, 1]],
  ["[10, 9, 1].sort()", [1, 10, 9]],
  ["[1, 2, 3].reverse().slice(0, 2)", [3, 2]],
  ["[[1, [2]], 3].flat(2)", [1, 2, 3]],
  ["Array.from({ length: 3 }, (_, i) => i * 2)", [0, 2, 4]],
  ["Math.max(...$state.items.map(i => i.id)) + Math.round(2.5)", 6],
  ["' a-b '.trim().split('-').join('+').toUpperCase()", "A+B"],
  ["'aXbX'.replace('X', '$&').replaceAll('X', 'y')", "a$&by"],
  ["'7'.padStart(3, '0')", "007"],
  ["(1234.5).toFixed(2)", "1234.50"],
  ["sum([1, 2, 3]) + sum($state.items, i => i.price)", 10.5],
  ["groupBy($state.items, i => i.done).map(g => g.key + ':' + g.items.length)", ["false:2", "true:1"]],
  ["sortBy($state.items, 'title').map(i => i.id)", [3, 2, 1]],
  ["sortBy($state.items, i => i.price, true).map(i => i.id)", [2, 1, 3]],
  ["unique([1, 2, 1])", [1, 2]],
  ["unique($state.items, 'done').length", 2],
  ["format(1234567.891, '0,0.00')", "1,234,567.89"],
  ["format(0.256, '0.0%')", "25.6%"],
  ["format(-3.5, '€0.00')", "-€3.50"],
  ["format(0, 'YYYY-MM-DD HH:mm:ss ddd')", "1970-01-01 00:00:00 Thu"],
  ["format('2026-03-01T12:00:00Z', 'D MMM YYYY')", "1 Mar 2026"],
  ["plural(1, 'item') + ' ' + plural(2, 'box', 'boxes') + ' ' + plural(1200, 'item')", "1 item 2 boxes 1,200 items"],
  [
    "relativeTime(0, 300000) + ' ' + relativeTime(172800000, 0) + ' ' + relativeTime(5, 6)",
    "5 minutes ago in 2 days now",
  ],
  ["JSON.parse(JSON.stringify({ a: [1] })).a[0]", 1],
  ["item.title", "Milk"],
])("%s", (text, expected) => {
  expect(value(text)).toEqual(expected)
})

test.each([
  ["", 0],
  ["1 +", 3],
  ["(1", 2],
  ["[1, 2", 5],
  ["a b", 2],
  ["'abc", 0],
  ["{a: }", 4],
  ["1 ?? 2 || 3", 2],
  ["1 || 2 ?? 3", 7],
  ["1..2", 3],
])("a mistake in %j is placed at %i", (text, at) => {
  const result = evaluateExpression(text, scope)
  expect(result.ok ? undefined : [result.error.code, result.error.at]).toEqual(["expression-syntax", at])
})

test("arithmetic agrees with JavaScript on random expressions", () => {
  for (let seed = 1; seed <= 1500; seed++) {
    const random = createRandom(seed)
    const make = (depth: number): string => {
      if (depth === 0) return random.pick(["1", "2.5", "0", "x", "y", "'a'", "true", "null", "(-3)"])
      const kind = random.next(9)
      if (kind === 0) return `(${make(depth - 1)})`
      if (kind === 1) return `!${make(depth - 1)}`
      if (kind === 2) return `(${make(depth - 1)} ? ${make(depth - 1)} : ${make(depth - 1)})`
      if (kind === 3) return `((${make(depth - 1)}) ?? (${make(depth - 1)}))`
      return `${make(depth - 1)} ${random.pick(["+", "-", "*", "/", "%", "<", ">=", "===", "!==", "&&", "||"])} ${make(depth - 1)}`
    }
    const text = make(3)
    const expected = new Function("x", "y", `return (${text})`)(7, "z")
    expect(value2(text), `seed ${seed}: ${text}`).toEqual(expected)
  }
})

function value2(text: string): unknown {
  const result = evaluateExpression(text, { x: 7, y: "z" })
  if (!result.ok) throw result.error
  return result.value
}

test("a binding is text, text with holes, or the value of a lone hole", () => {
  expect(compileBinding("plain")(scope)).toBe("plain")
  expect(compileBinding("")(scope)).toBe("")
  expect(compileBinding("{$state.n}")(scope)).toBe(4)
  expect(compileBinding("{$state.items}")(scope)).toBe(items)
  expect(compileBinding("a {$state.n} b {$state.none}{$state.items[0].tags}")(scope)).toBe('a 4 b ["cold"]')
  expect(compileBinding('{"}"} and {`{${1}}`}')(scope)).toBe("} and {1}")
  expect(compileBinding("{$state.n}")).toBe(compileBinding("{$state.n}"))
})

test("an error in one binding is thrown when it is evaluated, and says where", () => {
  const evaluate = compileBinding("x {$state.nope.deeper}")
  expect(() => evaluate(scope)).toThrow('Cannot read "deeper" of undefined')
  expect(() => compileBinding("{1 +}")(scope)).toThrow('Expected a value, found "}"')
  expect(() => compileBinding("{unheardOf}")(scope)).toThrow('"unheardOf" is not known here')
})

test.each([
  "Array.from({ length: 1e9 })",
  "Array.from({ length: 3000 }).map(a => Array.from({ length: 3000 }).map(b => 1))",
  "'x'.repeat(1e9)",
  "'x'.padStart(1e9)",
  "'ab'.repeat(300000).split('').map(x => 'ab'.repeat(300000)).join('')",
  `[1]${".flatMap(x => [x, x])".repeat(40)}`,
  `['x']${".map(x => x + x)".repeat(40)}`,
  `[[1]]${".map(x => [x, x])".repeat(60)}.join()`,
  `JSON.stringify([[1]${".map(x => [x, x])".repeat(60)}])`,
  `${"(".repeat(5000)}1${")".repeat(5000)}`,
  `${"-".repeat(1)}${"!".repeat(5000)}1`,
  `1${" + 1".repeat(5000)}`,
  `$state${".a?".repeat(5000)}`,
  `${"[".repeat(5000)}`,
])("every expression ends: %.60s", (text) => {
  const result = evaluateExpression(text, { $state: {} })
  expect(result.ok).toBe(false)
})

test("expressions work on proxies, and only read what they name", () => {
  const read: string[] = []
  const get = (target: { a: number; b: number }, key: "a" | "b") => {
    read.push(key)
    return target[key]
  }
  const watched = new Proxy({ a: 1, b: 2 }, { get: (target, key) => get(target, key === "a" ? "a" : "b") })
  expect(compileBinding("{$state.a + 1}")({ $state: watched })).toBe(2)
  expect(read).toEqual(["a"])
  const list = new Proxy([1, 2, 3], {})
  expect(compileBinding("{$state.list.filter(x => x > 1).map(x => x * 2)}")({ $state: { list } })).toEqual([4, 6])
})

test("a scope made of getters and of inherited scopes is read", () => {
  const outer = {
    get $state() {
      return { n: 2 }
    },
  }
  const inner = Object.create(outer, { item: { value: { done: true }, enumerable: true } })
  expect(compileBinding("{item.done && $state.n}")(inner)).toBe(2)
})

test("statements call handlers and assign, each seeing what the ones before did", () => {
  const state: { [name: string]: unknown } = { draft: "x", n: 1, list: [{ done: false }] }
  const calls: unknown[] = []
  const run = (text: string) =>
    compileStatements(text)({
      scope: { $state: state, row: 0 },
      call: (handler, args) => calls.push([handler, args]),
      assign: (root, path, value) => {
        calls.push([root, path, value])
        if (path.length === 1 && path[0] !== undefined) state[path[0]] = value
      },
    })
  run("add({ title: $state.draft }); $state.draft = ''; log({ draft: $state.draft })")
  run("$state.n += 2; $state.n++; $state.list[row].done = !$state.list[row].done;")
  run("plain()")
  run("")
  expect(calls).toEqual([
    ["add", { title: "x" }],
    ["$state", ["draft"], ""],
    ["log", { draft: "" }],
    ["$state", ["n"], 3],
    ["$state", ["n"], 4],
    ["$state", ["list", 0, "done"], true],
    ["plain", {}],
  ])
})

test("a bind path resolves its indexes when it is asked", () => {
  const path = compilePath("$state.rows[index].name")
  expect(path({ $state: {}, index: 2 })).toEqual({ root: "$state", path: ["rows", 2, "name"] })
  expect(compilePath("item.done")({})).toEqual({ root: "item", path: ["done"] })
  expect(() => compilePath("$state.a + 1")({})).toThrow("cannot be assigned")
})

test("all computed values are worked out as JSON; one that fails is absent and harms no other", () => {
  const { panel } = parsePanel(`<NexusPanel title="T"><Data>
    <State name="n" type="number"/>
    <Computed name="double" value="{$state.n * 2}"/>
    <Computed name="text" value="n is {$computed.double}"/>
    <Computed name="bad" value="{$state.n.x.y}"/>
    <Computed name="worse" value="{$computed.bad + 1}"/>
    <Computed name="other" value="{$imports.stock.length}"/>
  </Data><View/></NexusPanel>`)
  expect(panel).toBeDefined()
  if (panel === undefined) return
  expect(evaluateComputed(panel, { n: 3 }, { stock: [1, 2] })).toEqual({ double: 6, text: "n is 6", other: 2 })
})
