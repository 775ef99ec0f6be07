import { isArray, isJsonObject, type Json, type JsonObject } from "@nexus/protocol"

/** Whole numbers below a limit, the same for the same seed. */
export type Below = (limit: number) => number

export function randomFrom(seed: number): Below {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
}

export function pick<Item>(below: Below, items: readonly Item[]): Item {
  const item = items[below(items.length)]
  if (item === undefined) throw new Error("nothing to pick from")
  return item
}

/** Strings that somebody tried somewhere: names every object has, paths, markup, other alphabets, halves of characters. */
const STRINGS = [
  "",
  " ",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "../../etc/passwd",
  "..%2f..%2f",
  "C:\\Windows\\win.ini",
  "\u0000",
  "a\u0000b",
  "\r\nX-Injected: 1",
  "<script>alert(1)</script>",
  "'; DROP TABLE User; --",
  "' OR 1=1 --",
  "{{7*7}}",
  "--output=/tmp/x",
  "-",
  "HEAD~1; ls",
  "\ud800",
  "\u202eevil",
  "é".normalize("NFD").repeat(50),
  "😀".repeat(200),
  "x".repeat(161),
  "x".repeat(5000),
  "0".repeat(40),
  "null",
  "NaN",
  "1e999",
  "2026-13-45",
  "data:text/html,x",
  "http://169.254.169.254/",
]
const NUMBERS = [0, -1, 1, 0.5, -0, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308, 1e-308, 4294967296, 255, 1000, 1001]

/** A value of any kind and size. */
export function hostile(below: Below, depth = 0): Json {
  const kind = below(depth > 3 ? 6 : 9)
  if (kind < 3) return pick(below, STRINGS)
  if (kind === 3) return pick(below, NUMBERS)
  if (kind === 4) return below(2) === 0
  if (kind === 5) return null
  if (kind === 6) return Array.from({ length: below(5) }, () => hostile(below, depth + 1))
  if (kind === 7) return nested(below(2) === 0 ? 70 : 700)
  return Object.fromEntries(
    Array.from({ length: below(5) }, () => [pick(below, STRINGS).slice(0, 40), hostile(below, depth + 1)]),
  )
}

function nested(levels: number): Json {
  let value: Json = 1
  for (let level = 0; level < levels; level += 1) value = [value]
  return value
}

/** Puts something hostile somewhere into a value, takes something out of it, or doubles it. */
export function spoilt(below: Below, value: Json): Json {
  const entries = isArray(value)
    ? value.map((item, index) => [String(index), item] as const)
    : isJsonObject(value)
      ? Object.entries(value)
      : []
  if (entries.length === 0 || below(4) === 0) return hostile(below)
  const [key, item] = pick(below, entries)
  const what = below(6)
  if (isArray(value)) {
    const items = [...value]
    items[Number(key)] = spoilt(below, item)
    return what === 0 ? [...items, ...items, ...items] : items
  }
  const rest = { ...(isJsonObject(value) ? value : {}) }
  if (what === 0) {
    const { [String(key)]: _gone, ...others } = rest
    return others
  }
  if (what === 1) return { ...rest, [pick(below, STRINGS)]: hostile(below) }
  return { ...rest, [String(key)]: spoilt(below, item) }
}

/** Turns a JSON schema into a value that fits it, or nearly; ids are of the place at hand. */
export function fromSchema(
  schema: JsonObject,
  given: { readonly below: Below; readonly components: JsonObject; readonly ids: readonly string[] },
  depth = 0,
): Json {
  const { below, components, ids } = given
  const again = (inner: Json | undefined) => (isJsonObject(inner) ? fromSchema(inner, given, depth + 1) : null)
  if (typeof schema.$ref === "string") {
    const name = schema.$ref.split("/").at(-1) ?? ""
    return depth > 8 || name === "Json" ? pick(below, [1, "text", null, [1], { a: 1 }]) : again(components[name])
  }
  if ("const" in schema) return schema.const ?? null
  if (isArray(schema.enum)) return pick(below, schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (isArray(choices)) return again(pick(below, choices))
  if (isArray(schema.allOf)) return again(schema.allOf[0])
  const number = (name: string, otherwise: number) => Number(schema[name] ?? otherwise)
  switch (schema.type) {
    case "string": {
      if (schema.pattern !== undefined || schema.format !== undefined) return pick(below, ids)
      const length = Math.max(number("minLength", 0), Math.min(number("maxLength", 20), below(30)))
      return below(4) === 0 ? pick(below, ids) : "abcdefghij ".repeat(10).slice(0, length)
    }
    case "integer":
    case "number": {
      const [min, max] = [number("minimum", 0), Math.min(number("maximum", 1000), 1e6)]
      return min + below(Math.max(1, max - min))
    }
    case "boolean":
      return below(2) === 0
    case "array":
      return Array.from({ length: Math.max(number("minItems", 0), below(3)) }, () => again(schema.items))
    case "object": {
      const required = isArray(schema.required) ? schema.required : []
      const properties = isJsonObject(schema.properties) ? Object.entries(schema.properties) : []
      const chosen = properties.filter(([name]) => required.includes(name) || below(2) === 0)
      return Object.fromEntries(chosen.map(([name, property]) => [name, again(property)]))
    }
    default:
      return hostile(below, 3)
  }
}
