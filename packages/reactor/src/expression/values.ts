import { spend, spendText, withinBudget } from "./budget.ts"
import { ExpressionError, FORBIDDEN_NAMES, MAX_DEPTH } from "./syntax.ts"

/** A plain object or array of data, seen through its own properties only. */
export type Data = { readonly [key: string]: unknown }

export function isData(value: unknown): value is Data {
  return typeof value === "object" && value !== null
}

/** `object[key]` for own properties of data, and `length` and characters of text; nothing inherited, no functions. */
export function readProperty(object: unknown, key: string | number, at: number): unknown {
  if (typeof object === "object" && object !== null) {
    if (!Object.hasOwn(object, key)) return undefined
    const value = (object as Data)[key]
    return typeof value === "function" ? undefined : value
  }
  if (typeof object === "string") {
    if (key === "length") return object.length
    return typeof key === "number" || /^\d+$/.test(key) ? object[Number(key)] : undefined
  }
  if (object === null || object === undefined)
    throw new ExpressionError(
      "expression-failed",
      `Cannot read "${key}" of ${object}`,
      at,
      1,
      "Write ?. where a value may be missing.",
    )
  return undefined
}

/** A computed key as a property name; a forbidden name is refused. */
export function toKey(value: unknown, at: number): string | number {
  if (typeof value === "number") return value
  const key = typeof value === "string" ? value : textOf(value)
  if (FORBIDDEN_NAMES.has(key))
    throw new ExpressionError(
      "expression-forbidden",
      `"${key}" does not exist in expressions`,
      at,
      1,
      "Only a value's own data can be read.",
    )
  return key
}

/** A value as text, the way JavaScript would, but without ever calling a method of it. Missing values are named. */
export function textOf(value: unknown): string {
  return textAt(value, 0)
}

function textAt(value: unknown, depth: number): string {
  switch (typeof value) {
    case "string":
      return value
    case "number":
    case "boolean":
    case "undefined":
      return String(value)
    case "object":
      if (value === null) return "null"
      if (!Array.isArray(value)) return "[object Object]"
      if (depth > MAX_DEPTH) throw tooDeep("list")
      return withinBudget(() => joinTexts(value, ",", depth + 1))
    default:
      return "undefined"
  }
}

export function joinTexts(list: readonly unknown[], separator: string, depth = 0): string {
  let text = ""
  for (let index = 0; index < list.length; index++) {
    spend(1)
    const item = list[index]
    if (index > 0) text += separator
    if (item !== null && item !== undefined) text += textAt(item, depth)
    spendText(text.length)
  }
  return text
}

/** What a hole in text shows: nothing for a missing value, JSON for data. */
export function shownText(value: unknown): string {
  if (value === null || value === undefined) return ""
  return isData(value) ? jsonText(value) : textOf(value)
}

export function jsonText(value: unknown): string {
  withinBudget(() => measure(value, 0))
  return JSON.stringify(value) ?? ""
}

/** Spends one step for every value inside, so that data which shares its parts cannot grow without bound when written. */
export function measure(value: unknown, depth: number): void {
  spend(1)
  if (typeof value === "string") spendText(value.length)
  if (!isData(value)) return
  if (depth > MAX_DEPTH) throw tooDeep("value")
  if (Array.isArray(value)) for (const item of value) measure(item, depth + 1)
  else for (const key of Object.keys(value)) measure(value[key], depth + 1)
}

/** A value as a number, without calling a method of it. */
export function numberOf(value: unknown): number {
  if (typeof value === "number") return value
  if (isData(value)) return Array.isArray(value) ? Number(textOf(value)) : Number.NaN
  return typeof value === "function" || typeof value === "symbol" ? Number.NaN : Number(value)
}

/** `left + right`: text when either side is text or data, else a number. */
export function add(left: unknown, right: unknown): unknown {
  if (typeof left === "number" && typeof right === "number") return left + right
  if (typeof left === "string" || typeof right === "string" || isData(left) || isData(right)) {
    const text = textOf(left) + textOf(right)
    if (text.length > 1024) spendText(text.length)
    return text
  }
  return numberOf(left) + numberOf(right)
}

/** -1, 0 or 1; NaN when they cannot be compared. Text is compared by code unit. */
export function compare(left: unknown, right: unknown): number {
  if (typeof left === "string" && typeof right === "string") return left < right ? -1 : left > right ? 1 : 0
  const a = numberOf(left)
  const b = numberOf(right)
  return a < b ? -1 : a > b ? 1 : a === b ? 0 : Number.NaN
}

/** The items of a list, or the characters of a text, for spreading. */
export function itemsOf(value: unknown, at: number): readonly unknown[] {
  if (Array.isArray(value)) {
    spend(value.length)
    return value
  }
  if (typeof value === "string") {
    spend(value.length)
    return [...value]
  }
  throw new ExpressionError(
    "expression-failed",
    "Only a list or text can be spread here",
    at,
    1,
    "Write ...(list ?? []) where it may be missing.",
  )
}

/** Puts an own property on an object under construction. */
export function putProperty(
  target: { [key: string]: unknown },
  key: string | number,
  value: unknown,
  at: number,
): void {
  target[toKey(key, at)] = value
}

function tooDeep(what: string): ExpressionError {
  const hint = "Show a part of it."
  return new ExpressionError("expression-failed", `The ${what} is nested deeper than ${MAX_DEPTH} levels`, 0, 0, hint)
}
