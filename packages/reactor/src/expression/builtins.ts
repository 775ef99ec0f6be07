import { spend, spendText } from "./budget.ts"
import { format, plural, relativeTime } from "./format.ts"
import { type Callback, callback, compareWords, counted, filter, listFrom, map, sorted } from "./methods.ts"
import { ExpressionError } from "./syntax.ts"
import { compare, type Data, isData, jsonText, numberOf, putProperty, textOf } from "./values.ts"

/** A function that expressions may call by name. `arrow` is the argument that takes an arrow function. */
export interface Builtin {
  readonly run: (args: readonly unknown[]) => unknown
  readonly arrow?: number
  /** How it is written and what it gives, for completion. */
  readonly doc: string
}

const builtin = (doc: string, run: Builtin["run"], arrow?: number): Builtin =>
  arrow === undefined ? { run, doc } : { run, doc, arrow }

/** Functions without a namespace: the helpers, and the conversions JavaScript has. */
export const FUNCTIONS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [
    "format",
    builtin(
      'format(value, pattern): a number as "0,0.00", "0%" or "€0.00"; a time as "YYYY-MM-DD HH:mm" (UTC)',
      ([value, pattern]) => format(value, pattern),
    ),
  ],
  [
    "plural",
    builtin('plural(count, one, many?): "1 item", "2 items"', ([count, one, many]) =>
      plural(numberOf(count), textOf(one), many === undefined ? undefined : textOf(many)),
    ),
  ],
  [
    "relativeTime",
    builtin('relativeTime(time, now?): "5 minutes ago", "in 2 days"', ([time, now]) => relativeTime(time, now)),
  ],
  [
    "sum",
    builtin("sum(list, item => number?): the numbers added", ([list, by]) => sum(listOf(list, "sum"), selector(by)), 1),
  ],
  [
    "groupBy",
    builtin(
      "groupBy(list, item => key): a list of { key, items } in order of first sight",
      ([list, by]) => groupBy(listOf(list, "groupBy"), selector(by)),
      1,
    ),
  ],
  [
    "sortBy",
    builtin(
      "sortBy(list, item => value, descending?): a sorted copy",
      ([list, by, descending]) =>
        sortBy(listOf(list, "sortBy"), selector(by), descending === true || descending === "desc"),
      1,
    ),
  ],
  [
    "unique",
    builtin(
      "unique(list, item => key?): the first of each",
      ([list, by]) => unique(listOf(list, "unique"), selector(by)),
      1,
    ),
  ],
  ["String", builtin("String(value): as text", ([value]) => textOf(value))],
  ["Number", builtin("Number(value): as a number", ([value]) => numberOf(value))],
  ["Boolean", builtin("Boolean(value): true or false", ([value]) => Boolean(value))],
  [
    "parseInt",
    builtin("parseInt(text, base?)", ([text, base]) =>
      Number.parseInt(textOf(text), base === undefined ? 10 : numberOf(base)),
    ),
  ],
  ["parseFloat", builtin("parseFloat(text)", ([text]) => Number.parseFloat(textOf(text)))],
  ["isNaN", builtin("isNaN(value)", ([value]) => Number.isNaN(numberOf(value)))],
  ["isFinite", builtin("isFinite(value)", ([value]) => Number.isFinite(numberOf(value)))],
  ["encodeURIComponent", builtin("encodeURIComponent(text)", ([text]) => encoded(textOf(text)))],
])

const MATH = [
  "abs",
  "acos",
  "asin",
  "atan",
  "atan2",
  "cbrt",
  "ceil",
  "cos",
  "exp",
  "floor",
  "hypot",
  "log",
  "log10",
  "log2",
  "max",
  "min",
  "pow",
  "round",
  "sign",
  "sin",
  "sqrt",
  "tan",
  "trunc",
] as const

/** Functions and constants behind a name: `Math.max`, `Object.keys`. */
export const NAMESPACES: ReadonlyMap<string, ReadonlyMap<string, Builtin | number>> = new Map<
  string,
  ReadonlyMap<string, Builtin | number>
>([
  [
    "Math",
    new Map<string, Builtin | number>([
      ["PI", Math.PI],
      ["E", Math.E],
      ...MATH.map((name): [string, Builtin] => [
        name,
        builtin(`Math.${name}(…)`, (args) => (Math[name] as (...numbers: number[]) => number)(...args.map(numberOf))),
      ]),
    ]),
  ],
  [
    "Object",
    new Map([
      ["keys", builtin("Object.keys(object)", ([object]) => Object.keys(dataOf(object, "Object.keys")))],
      ["values", builtin("Object.values(object)", ([object]) => entriesOf(object).map(([, value]) => value))],
      ["entries", builtin("Object.entries(object): [key, value] pairs", ([object]) => entriesOf(object))],
      [
        "fromEntries",
        builtin("Object.fromEntries(pairs)", ([pairs]) => fromEntries(listOf(pairs, "Object.fromEntries"))),
      ],
      [
        "hasOwn",
        builtin("Object.hasOwn(object, key)", ([object, key]) =>
          Object.hasOwn(dataOf(object, "Object.hasOwn"), textOf(key)),
        ),
      ],
    ]),
  ],
  [
    "Array",
    new Map([
      ["isArray", builtin("Array.isArray(value)", ([value]) => Array.isArray(value))],
      [
        "from",
        builtin(
          "Array.from({ length }, (_, index) => value)",
          ([source, change]) => listFrom(source, change === undefined ? undefined : callback(change, "Array.from")),
          1,
        ),
      ],
    ]),
  ],
  [
    "Number",
    new Map([
      ["isInteger", builtin("Number.isInteger(value)", ([value]) => Number.isInteger(value))],
      ["isFinite", builtin("Number.isFinite(value)", ([value]) => Number.isFinite(value))],
      ["isNaN", builtin("Number.isNaN(value)", ([value]) => Number.isNaN(value))],
      ["parseFloat", builtin("Number.parseFloat(text)", ([text]) => Number.parseFloat(textOf(text)))],
      ["parseInt", builtin("Number.parseInt(text)", ([text]) => Number.parseInt(textOf(text), 10))],
    ]),
  ],
  [
    "JSON",
    new Map([
      ["stringify", builtin("JSON.stringify(value)", ([value]) => jsonText(value))],
      ["parse", builtin("JSON.parse(text)", ([text]) => parseJson(textOf(text)))],
    ]),
  ],
])

function sum(list: readonly unknown[], by: Callback): number {
  let total = 0
  for (const value of map(list, by)) total += numberOf(value)
  return total
}

function groupBy(list: readonly unknown[], by: Callback): { key: unknown; items: unknown[] }[] {
  const groups = new Map<unknown, { key: unknown; items: unknown[] }>()
  map(list, (item) => {
    const key = by(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { key, items: [item] })
    else group.items.push(item)
  })
  return [...groups.values()]
}

function sortBy(list: readonly unknown[], by: Callback, descending: boolean): unknown[] {
  const keyed = map(list, (item) => ({ item, key: by(item) }))
  const order = (a: unknown, b: unknown): number => {
    const left = (a as { key: unknown }).key
    const right = (b as { key: unknown }).key
    const difference =
      typeof left === "string" && typeof right === "string" ? compareWords(left, right) : compare(left, right)
    return descending ? -difference : difference
  }
  return sorted(keyed, order).map((entry) => (entry as { item: unknown }).item)
}

function unique(list: readonly unknown[], by: Callback): unknown[] {
  const seen = new Set<unknown>()
  return filter(list, (item) => {
    const key = by(item)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** A function that picks from an item: an arrow, a field's name, or the item itself. */
function selector(by: unknown): Callback {
  if (typeof by === "function") return by as Callback
  if (typeof by !== "string") return (item) => item
  return (item) => (isData(item) && Object.hasOwn(item, by) ? item[by] : undefined)
}

function listOf(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return counted(value)
  throw new ExpressionError("expression-failed", `${name} needs a list`, 0, 0)
}

function dataOf(value: unknown, name: string): Data {
  if (!isData(value)) throw new ExpressionError("expression-failed", `${name} needs an object`, 0, 0)
  return value
}

function entriesOf(value: unknown): [string, unknown][] {
  const object = dataOf(value, "Object.entries")
  const keys = Object.keys(object)
  spend(keys.length)
  return keys.map((key) => [key, object[key]])
}

function fromEntries(pairs: readonly unknown[]): object {
  const out: { [key: string]: unknown } = {}
  for (const pair of pairs) if (Array.isArray(pair)) putProperty(out, textOf(pair[0]), pair[1], 0)
  return out
}

function parseJson(text: string): unknown {
  spend(text.length)
  try {
    return JSON.parse(text)
  } catch {
    throw new ExpressionError("expression-failed", "The text is not JSON", 0, 0)
  }
}

function encoded(text: string): string {
  spendText(text.length * 9)
  return encodeURIComponent(text.toWellFormed())
}
