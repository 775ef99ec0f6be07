// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions are written as text here
import { expect, test } from "vitest"
import { compileBinding, compileStatements, ExpressionError, evaluateExpression, type Scope } from "../../src/index.ts"

class Secretive {
  shown = 1
  get inherited(): string {
    return "secret"
  }
  reveal(): string {
    return "secret"
  }
}

const scope: Scope = {
  $state: {
    text: "abc",
    list: [1, 2, 3],
    object: { a: 1 },
    key: "constructor",
    proto: "__proto__",
    number: 5,
    flag: true,
  },
  $computed: {},
  $imports: {},
  $panel: { title: "T" },
  item: new Secretive(),
  helper: () => "secret",
}

/** Ways out of an expression that work, or once worked, in engines that were not closed. */
const ESCAPES = [
  "$state.constructor",
  "$state['constructor']",
  "$state['con' + 'structor']",
  "$state[$state.key]",
  "$state[`constructor`]",
  "$state[`con${'structor'}`]",
  "$state[['constructor']]",
  "$state[[['constructor']]]",
  "$state['const\\u0072uctor']",
  "$state?.constructor",
  "$state?.['constructor']",
  "$state.text.constructor",
  "$state.text['constructor']",
  "$state.list.constructor",
  "$state.number.constructor",
  "$state.flag.constructor",
  "(1).constructor",
  "''.constructor.constructor('return process')()",
  "[].constructor",
  "({}).constructor",
  "$state.__proto__",
  "$state['__proto__']",
  "$state[$state.proto]",
  "$state[['__proto__']]",
  "$state.list.__proto__",
  "({ __proto__: $state })",
  "({ ['__proto__']: $state })",
  "({ ['__pro' + 'to__']: $state })",
  "Object.fromEntries([['__proto__', { a: 1 }]])",
  "Object.fromEntries([['constructor', 1]])",
  "$state.prototype",
  "$state.list.map.constructor",
  "$state.list.map",
  "$state.list['map']",
  "$state.list.filter.call",
  "$state.text.toString",
  "$state.list.map.call(1)",
  "$state.list.map.apply(1)",
  "$state.text.replace.bind(1)",
  "Math.max.constructor",
  "Math.max",
  "Math['max']",
  "Math.constructor",
  "Math",
  "Object",
  "Object.constructor",
  "Object.getPrototypeOf($state)",
  "Object.getOwnPropertyDescriptor($state, 'a')",
  "Object.defineProperty($state, 'a', {})",
  "Object.assign($state, { a: 1 })",
  "Object.setPrototypeOf($state, null)",
  "Array.prototype",
  "Array.constructor",
  "JSON.constructor",
  "String.fromCharCode",
  "String.raw`a`",
  "Number.constructor",
  "format.constructor",
  "format",
  "format.call",
  "globalThis",
  "window",
  "self",
  "process",
  "process.env",
  "require('fs')",
  "import('fs')",
  "import.meta",
  "eval('1')",
  "Function('return 1')()",
  "new Function('return 1')",
  "new Date()",
  "Date.now()",
  "Reflect.get($state, 'a')",
  "Proxy",
  "Symbol.iterator",
  "this",
  "this.constructor",
  "arguments",
  "arguments[0]",
  "$state.list.map(x => this)",
  "$state.list.map(x => arguments)",
  "$state.list.map(x => x => x)",
  "(x => x).constructor",
  "(x => x)(1)",
  "x => x",
  "[x => x]",
  "({ a: x => x })",
  "'' + (x => x)",
  "String(x => x)",
  "`${x => x}`",
  "[1].concat(x => x)",
  "[1].includes(x => x)",
  "['a'].join(x => x)",
  "JSON.stringify(x => x)",
  "unique([1], x => x.constructor)",
  "groupBy($state.list, 'constructor')[0].key",
  "sortBy([$state], 'constructor')[0].constructor",
  "sum([$state], '__proto__').constructor",
  "$state.list.map(({ constructor }) => constructor)",
  "$state.list.map(({ constructor: c }) => c)",
  "$state.list.reduce((a, b) => a.constructor)",
  "$state.list.find(x => x.constructor)",
  "$state.__defineGetter__('a', 1)",
  "$state.__lookupGetter__('a')",
  "$state.hasOwnProperty('text')",
  "$state.valueOf()",
  "$state.toLocaleString()",
  "$state.isPrototypeOf($state)",
  "helper()",
  "helper",
  "item.reveal()",
  "item.reveal",
  "item.inherited",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "__proto__",
  "constructor",
  "$state.list.push(4)",
  "$state.list.splice(0, 1)",
  "$state.list.length = 0",
  "$state.text = 'x'",
  "$state.number++",
  "--$state.number",
  "delete $state.text",
  "void 0",
  "/a/.constructor",
  "$state.text.match(/a/)",
  "async () => 1",
  "await 1",
  "function () { return 1 }",
  "class {}",
  "super.x",
  "yield 1",
  "with ($state) text",
  "$state.text; process",
  "$state.text, process",
]

/** Nothing that came out may be a function, inherited, or text of this program. */
function leaks(value: unknown): boolean {
  if (typeof value === "function" || typeof value === "symbol") return true
  if (typeof value === "string") return /secret|=>|function|\[native code\]|process/.test(value)
  if (typeof value !== "object" || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  const plain = prototype === Object.prototype || prototype === Array.prototype || value instanceof Secretive
  return !plain || Object.keys(value).some((key) => leaks((value as Scope)[key]))
}

test("there are at least 60 escape attempts here", () => {
  expect(new Set(ESCAPES).size).toBeGreaterThanOrEqual(60)
})

test.each(ESCAPES)("nothing gets out through %s", (text) => {
  const before = JSON.stringify(scope)
  const result = evaluateExpression(text, scope)
  if (result.ok) expect(leaks(result.value)).toBe(false)
  try {
    expect(leaks(compileBinding(`{${text}}`)(scope))).toBe(false)
    expect(leaks(compileBinding(`a {${text}} b`)(scope))).toBe(false)
  } catch (error) {
    expect(error).toBeInstanceOf(ExpressionError)
  }
  expect(JSON.stringify(scope)).toBe(before)
  expect(({} as Scope).a).toBeUndefined()
})

test.each([
  "$computed.a = 1",
  "$state = 1",
  "$panel.title = 'x'",
  "$state.constructor = 1",
  "$state['constructor'] = 1",
  "$state['con' + 'structor'] = 1",
  "$state[$state.proto].polluted = 1",
  "item.__proto__ = 1",
  "process.exit()",
  "alert.call(1)",
  "(x => x)(1)",
  "add(x => x)",
  "add(...$state.list)",
])("no statement reaches further: %s", (text) => {
  const done: string[] = []
  const run = () =>
    compileStatements(text)({
      scope,
      call: (handler) => done.push(handler),
      assign: (root, path) => done.push([root, ...path].join(".")),
    })
  try {
    run()
    expect(
      done.every((what) => /^(\$computed|\$state|\$panel)/.test(what) && !/constructor|__proto__/.test(what)),
    ).toBe(true)
  } catch (error) {
    expect(error).toBeInstanceOf(ExpressionError)
    expect(done).toEqual([])
  }
})
