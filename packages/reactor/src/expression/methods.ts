import { spend, spendText } from "./budget.ts"
import { ExpressionError } from "./syntax.ts"
import { compare, itemsOf, joinTexts, numberOf, textOf } from "./values.ts"

/**
 * The methods that exist, by the kind of their receiver. All are pure: `sort` and `reverse` answer a new list. Lists are
 * walked by index here instead of by the built-in methods, because those ask a list for its `constructor` and would run
 * past the budget; it also lets a list be a proxy that tracks what was read.
 */
export type Callback = (a?: unknown, b?: unknown, c?: unknown) => unknown
export type Method<Receiver> = (receiver: Receiver, args: readonly unknown[]) => unknown
type List = readonly unknown[]

export const STRING_METHODS: ReadonlyMap<string, Method<string>> = new Map<string, Method<string>>([
  ["at", (text, [index]) => text.at(numberOf(index ?? 0))],
  ["charAt", (text, [index]) => text.charAt(numberOf(index ?? 0))],
  ["charCodeAt", (text, [index]) => text.charCodeAt(numberOf(index ?? 0))],
  ["codePointAt", (text, [index]) => text.codePointAt(numberOf(index ?? 0))],
  ["concat", (text, args) => made(text + args.map(textOf).join(""))],
  ["endsWith", (text, [part]) => text.endsWith(textOf(part))],
  ["includes", (text, [part]) => search(text, part) >= 0],
  ["indexOf", (text, [part, from]) => search(text, part, from)],
  ["lastIndexOf", (text, [part]) => text.lastIndexOf(textOf(part))],
  ["localeCompare", (text, [other]) => compareWords(text, textOf(other))],
  ["normalize", (text) => made(text).normalize()],
  ["padEnd", (text, [length, fill]) => text.padEnd(sized(length), fill === undefined ? " " : textOf(fill))],
  ["padStart", (text, [length, fill]) => text.padStart(sized(length), fill === undefined ? " " : textOf(fill))],
  ["repeat", (text, [count]) => repeated(text, numberOf(count))],
  ["replace", (text, [part, other]) => replaceFirst(text, textOf(part), textOf(other))],
  ["replaceAll", (text, [part, other]) => joinTexts(splitText(text, textOf(part)), textOf(other))],
  ["slice", (text, [start, end]) => text.slice(place(start, 0), place(end, text.length))],
  [
    "split",
    (text, [separator, limit]) =>
      splitText(text, separator === undefined ? undefined : textOf(separator)).slice(0, place(limit, undefined)),
  ],
  ["startsWith", (text, [part]) => text.startsWith(textOf(part))],
  ["substring", (text, [start, end]) => text.substring(place(start, 0) ?? 0, place(end, text.length))],
  ["toLowerCase", (text) => made(text).toLowerCase()],
  ["toString", (text) => text],
  ["toUpperCase", (text) => made(text).toUpperCase()],
  ["trim", (text) => text.trim()],
  ["trimEnd", (text) => text.trimEnd()],
  ["trimStart", (text) => text.trimStart()],
])

export const NUMBER_METHODS: ReadonlyMap<string, Method<number>> = new Map<string, Method<number>>([
  ["toFixed", (number, [digits]) => number.toFixed(Math.min(100, Math.max(0, numberOf(digits ?? 0) || 0)))],
  ["toLocaleString", (number) => number.toLocaleString("en-US")],
  [
    "toPrecision",
    (number, [digits]) =>
      digits === undefined ? String(number) : number.toPrecision(Math.min(100, Math.max(1, numberOf(digits) || 1))),
  ],
  ["toString", (number, [base]) => number.toString(Math.min(36, Math.max(2, numberOf(base ?? 10) || 10)))],
])

export const LIST_METHODS: ReadonlyMap<string, Method<List>> = new Map<string, Method<List>>([
  ["at", (list, [index]) => own(list, place(index, 0) ?? 0)],
  [
    "concat",
    (list, args) => [...counted(list), ...args.flatMap((item) => (Array.isArray(item) ? [...counted(item)] : [item]))],
  ],
  ["every", (list, [test]) => findIndex(list, not(callback(test, "every"))) < 0],
  ["filter", (list, [test]) => filter(list, callback(test, "filter"))],
  ["find", (list, [test]) => list[findIndex(list, callback(test, "find"))]],
  ["findIndex", (list, [test]) => findIndex(list, callback(test, "findIndex"))],
  ["findLast", (list, [test]) => list[findLastIndex(list, callback(test, "findLast"))]],
  ["findLastIndex", (list, [test]) => findLastIndex(list, callback(test, "findLastIndex"))],
  ["flat", (list, [depth]) => flatten(list, Math.min(16, numberOf(depth ?? 1)))],
  ["flatMap", (list, [change]) => flatten(map(list, callback(change, "flatMap")), 1)],
  ["includes", (list, [item]) => findIndex(list, (other) => Object.is(other, item) || other === item) >= 0],
  ["indexOf", (list, [item]) => findIndex(list, (other) => other === item)],
  ["join", (list, [separator]) => joinTexts(list, separator === undefined ? "," : textOf(separator))],
  ["lastIndexOf", (list, [item]) => findLastIndex(list, (other) => other === item)],
  ["map", (list, [change]) => map(list, callback(change, "map"))],
  ["reduce", (list, args) => reduce(counted(list), callback(args[0], "reduce"), args)],
  ["reduceRight", (list, args) => reduce([...counted(list)].reverse(), callback(args[0], "reduceRight"), args)],
  ["reverse", (list) => [...counted(list)].reverse()],
  ["slice", (list, [start, end]) => counted(list).slice(place(start, 0), place(end, list.length))],
  ["some", (list, [test]) => findIndex(list, callback(test, "some")) >= 0],
  ["sort", (list, [order]) => sorted(list, order === undefined ? compareTexts : callback(order, "sort"))],
  ["toReversed", (list) => [...counted(list)].reverse()],
  ["toSorted", (list, [order]) => sorted(list, order === undefined ? compareTexts : callback(order, "toSorted"))],
  ["toString", (list) => joinTexts(list, ",")],
  ["with", (list, [index, item]) => map(list, (old, position) => (position === numberOf(index) ? item : old))],
])

/** The methods that take a function, all as their first argument. */
export const TAKES_ARROW: ReadonlySet<string> = new Set([
  "every",
  "filter",
  "find",
  "findIndex",
  "findLast",
  "findLastIndex",
  "flatMap",
  "map",
  "reduce",
  "reduceRight",
  "some",
  "sort",
  "toSorted",
])

export function callback(value: unknown, method: string): Callback {
  if (typeof value === "function") return value as Callback
  throw new ExpressionError(
    "expression-failed",
    `${method} needs a function such as x => x`,
    0,
    0,
    `Write ${method}(item => …).`,
  )
}

export function counted(list: List): List {
  spend(list.length)
  return list
}

export function map(list: List, change: Callback): unknown[] {
  spend(list.length)
  const length = list.length
  const out: unknown[] = []
  for (let index = 0; index < length; index++) out.push(change(list[index], index, list))
  return out
}

export function filter(list: List, test: Callback): unknown[] {
  spend(list.length)
  const length = list.length
  const out: unknown[] = []
  for (let index = 0; index < length; index++) {
    const item = list[index]
    if (test(item, index, list)) out.push(item)
  }
  return out
}

function findIndex(list: List, test: Callback): number {
  spend(list.length)
  const length = list.length
  for (let index = 0; index < length; index++) if (test(list[index], index, list)) return index
  return -1
}

function findLastIndex(list: List, test: Callback): number {
  spend(list.length)
  for (let index = list.length - 1; index >= 0; index--) if (test(list[index], index, list)) return index
  return -1
}

function reduce(list: List, step: Callback, args: readonly unknown[]): unknown {
  let index = 0
  let result = args[1]
  if (args.length < 2) {
    if (list.length === 0)
      throw new ExpressionError(
        "expression-failed",
        "reduce of an empty list needs a first value",
        0,
        0,
        "Give it one: reduce((total, item) => total + item, 0).",
      )
    result = list[index++]
  }
  for (; index < list.length; index++) result = step(result, list[index], index)
  return result
}

function flatten(list: List, depth: number): unknown[] {
  const out: unknown[] = []
  spend(list.length)
  for (const item of list) {
    if (Array.isArray(item) && depth >= 1) {
      const inside = flatten(item, depth - 1)
      for (const part of inside) out.push(part)
    } else out.push(item)
  }
  return out
}

export function sorted(list: List, order: Callback): unknown[] {
  const copy = [...counted(list)]
  return copy.sort((a, b) => {
    spend(1)
    return numberOf(order(a, b))
  })
}

function compareTexts(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1
  return compare(textOf(a), textOf(b))
}

/** The order of words for people, the same on every machine: letters first without case and accents, then exactly. */
export function compareWords(a: string, b: string): number {
  spendText(a.length + b.length)
  return COLLATOR.compare(a, b)
}
const COLLATOR = new Intl.Collator("en")

function not(test: Callback): Callback {
  return (a, b, c) => !test(a, b, c)
}

function own(list: List, index: number): unknown {
  return list.at(index)
}

function place<T extends number | undefined>(value: unknown, absent: T): number | T {
  return value === undefined ? absent : numberOf(value)
}

function search(text: string, part: unknown, from?: unknown): number {
  const found = textOf(part)
  spendText(text.length + found.length)
  return text.indexOf(found, place(from, 0))
}

function replaceFirst(text: string, part: string, other: string): string {
  const index = text.indexOf(part)
  return index < 0 ? text : made(text.slice(0, index) + other + text.slice(index + part.length))
}

function splitText(text: string, separator: string | undefined): string[] {
  if (separator === undefined) return [text]
  spend(separator === "" ? text.length : 1)
  const parts = text.split(separator)
  spend(parts.length)
  return parts
}

function made(text: string): string {
  spendText(text.length)
  return text
}

function repeated(text: string, count: number): string {
  if (!(count >= 1)) return ""
  spendText(text.length * count)
  return text.repeat(count)
}

function sized(length: unknown): number {
  const size = numberOf(length)
  spendText(size)
  return Number.isNaN(size) ? 0 : size
}

/** `Array.from`: a copy of a list or text, or `length` items made by a function. */
export function listFrom(source: unknown, change: Callback | undefined): unknown[] {
  const length =
    typeof source === "object" && source !== null && !Array.isArray(source)
      ? numberOf((source as { length?: unknown }).length)
      : 0
  const items = Array.isArray(source) || typeof source === "string" ? itemsOf(source, 0) : emptyList(length)
  return change === undefined ? [...items] : map(items, change)
}

function emptyList(length: number): unknown[] {
  if (!(length >= 1)) return []
  spend(length)
  return new Array(Math.floor(length)).fill(undefined)
}
