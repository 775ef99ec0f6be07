import { spend, spendText } from "./budget.ts"
import { format, plural, relativeTime } from "./format.ts"
import { type Callback, callback, compareWords, counted, filter, listFrom, map, sorted } from "./methods.ts"
import { ExpressionError } from "./syntax.ts"
import { compare, type Data, isData, jsonText, numberOf, putProperty, textOf } from "./values.ts"

/** A function that expressions may call by name. `arrow` is the argument that takes an arrow function. */
export interface Builtin {
  readonly run: (args: readonly unknown[]) => unknown
  readonly arrow?: number
}

const builtin = (run: Builtin["run"], arrow?: number): Builtin => (arrow === undefined ? { run } : { run, arrow })

/** Functions without a namespace: the helpers, and the conversions JavaScript has. */
export const FUNCTIONS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ["format", builtin(([value, pattern]) => format(value, pattern))],
  [
    "plural",
    builtin(([count, one, many]) =>
      plural(numberOf(count), textOf(one), many === undefined ? undefined : textOf(many)),
    ),
  ],
  ["relativeTime", builtin(([time, now]) => relativeTime(time, now))],
  ["sum", builtin(([list, by]) => sum(listOf(list, "sum"), selector(by)), 1)],
  ["groupBy", builtin(([list, by]) => groupBy(listOf(list, "groupBy"), selector(by)), 1)],
  [
    "sortBy",
    builtin(
      ([list, by, descending]) =>
        sortBy(listOf(list, "sortBy"), selector(by), descending === true || descending === "desc"),
      1,
    ),
  ],
  ["unique", builtin(([list, by]) => unique(listOf(list, "unique"), selector(by)), 1)],
  ["String", builtin(([value]) => textOf(value))],
  ["Number", builtin(([value]) => numberOf(value))],
  ["Boolean", builtin(([value]) => Boolean(value))],
  ["parseInt", builtin(([text, base]) => Number.parseInt(textOf(text), base === undefined ? 10 : numberOf(base)))],
  ["parseFloat", builtin(([text]) => Number.parseFloat(textOf(text)))],
  ["isNaN", builtin(([value]) => Number.isNaN(numberOf(value)))],
  ["isFinite", builtin(([value]) => Number.isFinite(numberOf(value)))],
  ["encodeURIComponent", builtin(([text]) => encoded(textOf(text)))],
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
        builtin((args) => (Math[name] as (...numbers: number[]) => number)(...args.map(numberOf))),
      ]),
    ]),
  ],
  [
    "Object",
    new Map([
      ["keys", builtin(([object]) => Object.keys(dataOf(object, "Object.keys")))],
      ["values", builtin(([object]) => entriesOf(object).map(([, value]) => value))],
      ["entries", builtin(([object]) => entriesOf(object))],
      ["fromEntries", builtin(([pairs]) => fromEntries(listOf(pairs, "Object.fromEntries")))],
      ["hasOwn", builtin(([object, key]) => Object.hasOwn(dataOf(object, "Object.hasOwn"), textOf(key)))],
    ]),
  ],
  [
    "Array",
    new Map([
      ["isArray", builtin(([value]) => Array.isArray(value))],
      [
        "from",
        builtin(
          ([source, change]) => listFrom(source, change === undefined ? undefined : callback(change, "Array.from")),
          1,
        ),
      ],
    ]),
  ],
  [
    "Number",
    new Map([
      ["isInteger", builtin(([value]) => Number.isInteger(value))],
      ["isFinite", builtin(([value]) => Number.isFinite(value))],
      ["isNaN", builtin(([value]) => Number.isNaN(value))],
      ["parseFloat", builtin(([text]) => Number.parseFloat(textOf(text)))],
      ["parseInt", builtin(([text]) => Number.parseInt(textOf(text), 10))],
    ]),
  ],
  [
    "JSON",
    new Map([
      ["stringify", builtin(([value]) => jsonText(value))],
      ["parse", builtin(([text]) => parseJson(textOf(text)))],
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
  throw new ExpressionError(
    "expression-failed",
    `${name} needs a list`,
    0,
    0,
    `Write ${name}(list ?? []) where it may be missing.`,
  )
}

function dataOf(value: unknown, name: string): Data {
  if (!isData(value))
    throw new ExpressionError(
      "expression-failed",
      `${name} needs an object`,
      0,
      0,
      `Write ${name}(object ?? {}) where it may be missing.`,
    )
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
    throw new ExpressionError(
      "expression-failed",
      "The text is not JSON",
      0,
      0,
      "JSON has quotes around names and texts.",
    )
  }
}

function encoded(text: string): string {
  spendText(text.length * 9)
  return encodeURIComponent(text.toWellFormed())
}
