// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions are written as text here
import { expect, test } from "vitest"
import { LIST_METHODS, NUMBER_METHODS, STRING_METHODS } from "../../src/expression/methods.ts"
import { NAMESPACE_SIGNATURES } from "../../src/expression/signatures.ts"
import { evaluateExpression } from "../../src/index.ts"

/** What is the same in JavaScript; it is the judge. */
const SAME = `
'abc'.at(-1) + 'abc'.at(0)
'abc'.charAt(1) + 'abc'.charAt(9)
'abc'.charCodeAt(1)
'a😀'.codePointAt(1)
'a'.concat('b', 1, null)
'abc'.endsWith('bc')
'abc'.includes('bc')
'abcabc'.indexOf('c') + 'abcabc'.indexOf('c', 3) + 'abc'.indexOf('x')
'abcabc'.lastIndexOf('c')
'e\\u0301'.normalize().length
'7'.padEnd(3, 'ab') + '7'.padEnd(3)
'7'.padStart(4, 'ab') + '7'.padStart(0)
'ab'.repeat(3) + 'ab'.repeat(0)
'aXbX'.replace('X', 'y')
'aXbX'.replaceAll('X', 'y')
'abcdef'.slice(1, -1) + 'abc'.slice(-2) + 'abc'.slice()
'a,b,c'.split(',')
'a,b,c'.split(',', 2)
'abc'.split('')
'abc'.split()
'abc'.startsWith('ab')
'abcdef'.substring(4, 1)
'AbC'.toLowerCase() + 'AbC'.toUpperCase() + 'x'.toString()
'<' + ' a '.trim() + ' b'.trimStart() + 'c '.trimEnd() + '>'
'abc'.length + 'abc'[1] + 'abc'['2']
(2.345).toFixed(2) + (2).toFixed()
(1234.5678).toPrecision(6) + (1).toPrecision()
(255).toString(16) + (1.5).toString()
[1, 2, 3].at(-1)
[1].concat([2, [3]], 4)
[1, 2].every(x => x > 0)
[1, 2, 3].filter(x => x > 1)
[1, 2, 3].filter((x, i) => i > 0)
[1, 2, 3].find(x => x > 1)
[1, 2, 3].find(x => x > 5)
[1, 2, 3].findIndex(x => x == 2)
[1, 2, 3].findLast(x => x < 3)
[1, 2, 3].findLastIndex(x => x < 3)
[[1, [2]], 3].flat()
[[1, [2, [3]]]].flat(2)
[1, 2].flatMap(x => [x, x * 2])
[1, NaN].includes(NaN)
[1, 2, 1].indexOf(1) + [1, 2, 1].lastIndexOf(1) + [1].indexOf(5)
[1, null, 'a'].join('-') + [1, [2, 3]].join()
[1, 2, 3].map((x, i) => x * i)
[1, 2, 3].map(x => ({ x }))
[1, 2, 3].reduce((total, x) => total + x)
[1, 2, 3].reduce((total, x, i) => total + x * i, 10)
['a', 'b'].reduceRight((text, x) => text + x)
['a', 'b'].reduceRight((text, x) => text + x, '!')
[3, 1, 2].reverse()
[1, 2, 3, 4].slice(1, 3)
[1, 2].some(x => x == 2)
[3, 10, 2].sort()
[3, 10, 2].sort((a, b) => b - a)
[3, 1, 2].toReversed()
[3, 1, 2].toSorted((a, b) => a - b)
[1, [2, 3]].toString()
[1, 2, 3].with(1, 9)
[[1, 2], [3, 4]].map(([a, b]) => a + b)
[{ a: 1, b: { c: 2 } }].map(({ a, b: { c } }) => a + c)
[[1, 2, 3]].map(([, second]) => second)
[1, 2].map(x => [10, 20].map(y => x + y))
[1, 2].map(x => [10, 20].filter(y => y > x * 10).map(z => z + x))
[[1, 2], [3]].map((row, at) => row.map((x, i) => [at, i, x]))
Math.PI + Math.E
Math.abs(-2) + Math.ceil(1.2) + Math.floor(1.8) + Math.round(2.5) + Math.trunc(-1.5) + Math.sign(-3)
Math.max(1, 5, 3) + Math.min(2, 0) + Math.max(...[1, 2])
Math.sqrt(9) + Math.cbrt(8) + Math.pow(2, 3) + Math.hypot(3, 4) + Math.exp(0) + Math.log(1) + Math.log10(100) + Math.log2(8)
[Math.sin(0), Math.cos(0), Math.tan(0), Math.asin(0), Math.acos(1), Math.atan(0), Math.atan2(0, 1)]
Object.keys({ a: 1, b: 2 }).concat(Object.keys([5]))
Object.values({ a: 1, b: [2] })
Object.entries({ a: 1, b: 2 })
Object.fromEntries([['a', 1], ['b', 2]])
Object.hasOwn({ a: 1 }, 'a') || Object.hasOwn({}, 'a')
Array.isArray([]) && !Array.isArray({})
Array.from({ length: 3 }, (_, i) => i)
Array.from('abc')
Number.isInteger(2) && !Number.isInteger(2.5) && Number.isFinite(1) && Number.isNaN(NaN)
Number.parseFloat('1.5x') + Number.parseInt('12px')
JSON.stringify({ a: [1, 'x', null] })
JSON.parse('{"a":[1]}')
String(1) + Number('2') + Boolean('') + parseInt('ff', 16) + parseFloat('1.5') + isNaN('x') + isFinite('1')
encodeURIComponent('a b/é')
\`a\${1 + 1}b\${'c'}\`
\`\${\`\${1}\`}\`
[...[1, 2], ...'ab']
({ a: 1, ...{ b: 2 }, ['c' + 1]: 3, 'd e': 4 })
({ ...null, ...[5] })
null?.a?.b.c
(undefined)?.[0].x
({ a: null }).a?.b ?? 'none'
1 < 2 && 'a' < 'b' && !(2 <= 1) && 3 >= 3 && 2 > 1
0 || 'x'
'' ?? 'x'
1 + 2 * 3 - 4 / 2 % 3 ** 2
-'3' + +'4'
typeof 1 + typeof 'a' + typeof true + typeof undefined + typeof null + typeof []
7 % 3 + -7 % 3 + 7.5 % 2 + 7 % -3
1 ? 2 ? 'a' : 'b' : 'c'
0 ? 'a' : 0 ? 'b' : 0 ? 'c' : 'd'
`
  .trim()
  .split("\n")

test.each(SAME)("%s is what it is in JavaScript", (text) => {
  const expected: unknown = new Function(`return (${text.replaceAll(" == ", " === ")})`)()
  const result = evaluateExpression(text, {})
  if (!result.ok) throw result.error
  expect(result.value).toEqual(expected)
})

/** What JavaScript says otherwise on each machine, or has not. */
const OWN: readonly (readonly [text: string, value: unknown])[] = [
  ["'b'.localeCompare('a')", 1],
  ["['é', 'z', 'a'].sort((a, b) => a.localeCompare(b)).join('')", "aéz"],
  ["(1234567.5).toLocaleString()", "1,234,567.5"],
  ["true.toString() + false.toString()", "truefalse"],
  ["'a' == 'a' && 1 === 1 && !(1 == '1') && 1 != '1' && 2 !== '2'", true],
  ["format(1234.5) + ' ' + format(0.5, '0%') + ' ' + format(null)", "1,234.5 50% "],
  ["format(0, 'YYYY-MM-DD')", "1970-01-01"],
  ["plural(1, 'box', 'boxes') + plural(3, 'box', 'boxes') + plural(2, 'item')", "1 box3 boxes2 items"],
  ["relativeTime(0, 3600000)", "1 hour ago"],
  ["sum([1, 2]) + sum([{ n: 1 }, { n: 2 }], x => x.n) + sum([{ n: 4 }], 'n')", 10],
  ["groupBy([1, 2, 3], x => x % 2 == 0 ? 'even' : 'odd').map(g => g.key + g.items.length).join()", "odd2,even1"],
  ["sortBy([{ n: 2 }, { n: 1 }], x => x.n).map(x => x.n)", [1, 2]],
  ["sortBy(['b', 'a', 'C'])", ["a", "b", "C"]],
  ["sortBy([1, 3, 2], x => x, 'desc')", [3, 2, 1]],
  ["unique([1, 1, 2]).concat(unique([{ a: 1 }, { a: 1 }], 'a').length)", [1, 2, 1]],
]

test.each(OWN)("%s is the same everywhere", (text, expected) => {
  const result = evaluateExpression(text, {})
  if (!result.ok) throw result.error
  expect(result.value).toEqual(expected)
})

test("every method and every member of a namespace stands in one of these", () => {
  const all = [...SAME, ...OWN.map(([text]) => text)].join("\n")
  const missing = [...STRING_METHODS.keys(), ...LIST_METHODS.keys(), ...NUMBER_METHODS.keys()].filter(
    (name) => !all.includes(`.${name}(`),
  )
  for (const [namespace, members] of NAMESPACE_SIGNATURES)
    for (const name of members.keys()) if (!all.includes(`${namespace}.${name}`)) missing.push(`${namespace}.${name}`)
  expect(missing).toEqual([])
})

test("the same expression evaluated in the middle of itself keeps its parameters", () => {
  const text = "$state.rows.map(row => row.inner + ':' + row.id).join()"
  const rows = [1, 2].map((id) => ({
    id,
    get inner(): unknown {
      const within = evaluateExpression(text, { $state: { rows: [{ id: 9, inner: "x" }] } })
      return within.ok ? within.value : within.error.message
    },
  }))
  const result = evaluateExpression(text, { $state: { rows } })
  expect(result.ok && result.value).toBe("x:9:1,x:9:2")
})
