import { compileBinding, ExpressionError, evaluateExpression, type Scope } from "../src/index.ts"
import { createRandom, type Random } from "../test/nxml/corpus.ts"
import type { Fuzz } from "./fuzz.ts"

/**
 * Expressions at random over names and values that were made to get out: roots of prototypes, hosts' objects, functions,
 * getters and proxies stand in the scope. Whatever an expression comes to holds data alone: no function, no symbol, nothing
 * that inherits from anything but Object, Array or nothing, and no text of this program. It ends, throws nothing but
 * ExpressionError, and changes neither the scope nor what everything inherits from.
 */
export const fuzz: Fuzz = {
  round(seed) {
    const random = createRandom(seed)
    const text = expressionOf(random, 4)
    const scope = hostileScope()
    const before = fingerprint(scope)
    const result = evaluateExpression(text, scope)
    const finding =
      (result.ok ? leakIn(result.value, scope, 0) : leakIn(result.error.message, scope, 0)) ??
      bindingLeak(`{${text}}`, scope) ??
      bindingLeak(`${random.pick(["", "a "])}{${text}} {${expressionOf(random, 2)}}`, scope) ??
      (fingerprint(scope) === before ? undefined : "the scope was changed") ??
      (prototypes() === CLEAN ? undefined : "a prototype was changed")
    if (finding !== undefined) throw new Error(`${finding}\nin ${text}`)
  },
}

function bindingLeak(text: string, scope: Scope): string | undefined {
  try {
    return leakIn(compileBinding(text)(scope), scope, 0)
  } catch (error) {
    return error instanceof ExpressionError || (error instanceof Error && error.message === OWN_ERROR)
      ? undefined
      : `${String(error)} was thrown`
  }
}

const SECRET = "kept-from-expressions"
const OWN_ERROR = "a getter of the scope failed"

class Host {
  shown = 1
  #hidden = SECRET
  get inherited(): string {
    return this.#hidden
  }
  reveal(): string {
    return this.#hidden
  }
}

function hostileScope(): Scope {
  const state: { [name: string]: unknown } = {
    text: "abc",
    empty: "",
    number: 5,
    nan: Number.NaN,
    flag: true,
    none: null,
    list: [3, 1, 2],
    rows: [
      { id: 1, name: "a", tags: ["x"] },
      { id: 2, name: "constructor", tags: [] },
    ],
    deep: { a: { b: { c: [[1]] } } },
    key: "constructor",
    proto: "__proto__",
    keys: ["constructor", "__proto__", "prototype", "name", "length"],
    own: JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"name": "x"}, "toString": "mine", "length": 7}'),
    bare: Object.assign(Object.create(null), { a: 1 }),
    host: new Host(),
    date: new Date(0),
    map: new Map([["a", SECRET]]),
    regexp: /a/,
    method: () => SECRET,
    made: Object.create({ inherited: SECRET, fn: () => SECRET }),
    holder: { call: () => SECRET, nested: [() => SECRET, class {}] },
    watched: new Proxy({ a: 1 }, {}),
    symbol: Symbol(SECRET),
  }
  Object.defineProperty(state, "lazy", { enumerable: true, get: () => [1, 2, 3] })
  Object.defineProperty(state, "failing", {
    get: () => {
      throw new Error(OWN_ERROR)
    },
  })
  return {
    $state: state,
    $computed: { total: 3, fn: () => SECRET, list: [1, "2", null] },
    $imports: { other: { a: [1] } },
    $panel: { id: "p", title: "T" },
    item: { id: 1, name: "n", tags: ["t"], run: () => SECRET },
    host: new Host(),
    helper: () => SECRET,
    index: 0,
  }
}

const NAMES =
  `$state $computed $imports $panel item host helper index x y globalThis window self process require Function
  Object Array Math JSON Number String Boolean Symbol Reflect Proxy constructor __proto__ prototype toString valueOf
  hasOwnProperty this arguments eval undefined NaN format sum`.split(/\s+/)
const MEMBERS =
  `text number flag none list rows deep key proto keys own bare host date map regexp method made holder watched
  symbol lazy failing shown inherited reveal nested call apply bind constructor __proto__ prototype toString valueOf name id
  tags length a b c total fn other title push splice entries keys values then caller callee __defineGetter__
  __lookupGetter__ hasOwnProperty isPrototypeOf size get`.split(/\s+/)
const METHODS = `map filter find some every reduce flatMap sort slice concat join includes indexOf at flat reverse split
  replace replaceAll trim toUpperCase repeat padStart charCodeAt normalize toFixed toString localeCompare with findLast
  call apply bind push constructor valueOf`.split(/\s+/)
const FUNCTIONS =
  `String Number Boolean sum groupBy sortBy unique format plural relativeTime parseInt encodeURIComponent
  Object.keys Object.values Object.entries Object.fromEntries Object.hasOwn Array.from Array.isArray Math.max Math.round
  JSON.stringify JSON.parse Number.isInteger Object.assign Object.getPrototypeOf Function eval helper`.split(/\s+/)
const LITERALS = [
  ...`0 1 2.5 -3 true false null undefined NaN 'constructor' '__proto__' 'prototype' 'a' '' 'con' 'structor'`.split(
    " ",
  ),
  "'return process'",
  "`x`",
  "`con$" + "{'structor'}`",
  "'const\\u0072uctor'",
]
const OPERATORS = `+ - * / % ** == != < > <= >= && || ??`.split(" ")

/** A random expression, a good part of which is refused; `depth` bounds its nesting. */
function expressionOf(random: Random, depth: number): string {
  const inner = () => expressionOf(random, depth - 1)
  if (depth <= 0) return random.pick([random.pick(NAMES), random.pick(LITERALS), `$state.${random.pick(MEMBERS)}`])
  switch (random.next(15)) {
    case 0:
      return `${inner()}.${random.pick(MEMBERS)}`
    case 1:
      return `${inner()}?.${random.pick(MEMBERS)}`
    case 2:
      return `${inner()}[${inner()}]`
    case 3:
      return `$state.${random.pick(MEMBERS)}[${random.pick(["$state.key", "$state.proto", "['constructor']", inner()])}]`
    case 4:
      return `${inner()}.${random.pick(METHODS)}(${argumentsOf(random, depth)})`
    case 5:
      return `$state.${random.pick(["list", "rows", "keys", "lazy", "text"])}.${random.pick(METHODS)}(${argumentsOf(random, depth)})`
    case 6:
      return `${random.pick(FUNCTIONS)}(${argumentsOf(random, depth)})`
    case 7:
      return `[${random.pick(["", "..."])}${inner()}, ${inner()}]`
    case 8:
      return `({ ${random.pick(["a", "'b'", "[$state.key]", "[$state.proto]", `[${inner()}]`, "__proto__", "toString"])}: ${inner()}, ...${inner()} })`
    case 9:
      return `\`<\${${inner()}}>\``
    case 10:
      return `(${inner()} ? ${inner()} : ${inner()})`
    case 11:
      return `${random.pick(["!", "-", "+", "typeof "])}(${inner()})`
    case 12:
      return `(${inner()})(${argumentsOf(random, depth)})`
    default:
      return `(${inner()}) ${random.pick(OPERATORS)} (${inner()})`
  }
}

function argumentsOf(random: Random, depth: number): string {
  const inner = () => expressionOf(random, depth - 1)
  const arrow = () => {
    const [params, body] = random.pick([
      ["x", "x"],
      ["x", `x.${random.pick(MEMBERS)}`],
      ["(x, y)", `x[${random.pick(["y", "$state.key", "'constructor'"])}]`],
      ["({ constructor })", "constructor"],
      [`({ ${random.pick(MEMBERS)}: x })`, "x"],
      ["([x, y])", "y"],
      ["(x, y)", inner()],
      ["x", "() => x"],
    ])
    return `${params} => ${body}`
  }
  return random.pick([() => "", inner, arrow, () => `${arrow()}, ${inner()}`, () => `${inner()}, ${arrow()}`])()
}

/** What of `value` must never come out of an expression; what the scope itself holds may be handed through as it is. */
function leakIn(value: unknown, scope: Scope, depth: number): string | undefined {
  if (typeof value === "function") return "a function came out"
  if (typeof value === "string")
    return value.includes(SECRET) || /\[native code\]|=> SECRET|class \{/.test(value)
      ? `${JSON.stringify(value.slice(0, 60))} came out`
      : undefined
  if (typeof value !== "object" || value === null || depth > 6) return undefined
  if (handedThrough(value, scope)) return undefined
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null)
    return `something of ${prototype.constructor?.name} came out`
  if (ROOTS.has(value)) return "something that everything inherits from came out"
  for (const key of Object.keys(value)) {
    const inside = leakIn((value as { [key: string]: unknown })[key], scope, depth + 1)
    if (inside !== undefined) return `${inside} under "${key}"`
  }
  return undefined
}

/** Is it an object that the host put into the scope? Then it is the host's own doing that it is there. */
function handedThrough(value: object, scope: Scope): boolean {
  const { $state, $computed, item, host } = scope as { readonly [name: string]: { readonly [name: string]: unknown } }
  const { failing: _, ...given } = Object.getOwnPropertyDescriptors($state)
  const values = Object.values(given).map((property) => property.value)
  return [$state, $computed, item, host, ...values].includes(value)
}

const ROOTS: ReadonlySet<unknown> = new Set([
  globalThis,
  ...[Object, Array, Function, String].map((made) => made.prototype),
])

function fingerprint(scope: Scope): string {
  const { $state, ...others } = scope
  const { failing: _, ...given } = Object.getOwnPropertyDescriptors($state)
  return JSON.stringify([Object.entries(given).map(([name, { value }]) => [name, value]), others])
}

function prototypes(): string {
  return [Object, Array, Function, String, Number, Boolean, Map, Date, RegExp, Promise]
    .map((made) => [...Object.getOwnPropertyNames(made.prototype), ...Object.getOwnPropertyNames(made)].join())
    .join(";")
}

const CLEAN = prototypes()
