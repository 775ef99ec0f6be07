import type { ValueType } from "./value-type.ts"

/**
 * What every method and function of expressions takes, gives and means. One table: completion and hover show it, the
 * inference of types reads its results, and a test holds it to the methods that there are.
 */
export interface Signature {
  readonly name: string
  /** As it is called: `filter(item => boolean)`. */
  readonly signature: string
  readonly gives: Result
  /** One sentence. */
  readonly doc: string
}

/** `itself`: what it is called on. `element`: one of its items. `answer`: what the arrow answers; `answers`: a list of that. */
export type Result =
  | "string"
  | "number"
  | "boolean"
  | "list"
  | "strings"
  | "any"
  | "itself"
  | "element"
  | "answer"
  | "answers"

const table = (...rows: readonly (readonly [signature: string, gives: Result, doc: string])[]) =>
  new Map(
    rows.map(([signature, gives, doc]) => {
      const name = /^[\w.]+/.exec(signature)?.[0] ?? signature
      const own = name.slice(name.lastIndexOf(".") + 1)
      return [own, { name: own, signature, gives, doc }] as const
    }),
  )

type Signatures = ReadonlyMap<string, Signature>

export const STRING_SIGNATURES: Signatures = table(
  ["at(index)", "string", "The character at the place; a negative one counts from the end."],
  ["charAt(index)", "string", "The character at the place, or empty text."],
  ["charCodeAt(index)", "number", "The UTF-16 code at the place."],
  ["codePointAt(index)", "number", "The code of the character at the place."],
  ["concat(...texts)", "string", "The text with others behind it."],
  ["endsWith(part)", "boolean", "Does it end with the part?"],
  ["includes(part)", "boolean", "Does the part stand anywhere in it?"],
  ["indexOf(part, from?)", "number", "Where the part first stands, or -1."],
  ["lastIndexOf(part)", "number", "Where the part last stands, or -1."],
  ["localeCompare(other)", "number", "-1, 0 or 1: the order of words for people."],
  ["normalize()", "string", "The text with composed characters, so that equal words are equal."],
  ["padEnd(length, fill?)", "string", "Filled at the end to the length."],
  ["padStart(length, fill?)", "string", "Filled at the start to the length."],
  ["repeat(count)", "string", "The text that many times."],
  ["replace(part, other)", "string", "The first such part replaced."],
  ["replaceAll(part, other)", "string", "Every such part replaced."],
  ["slice(start?, end?)", "string", "The piece from start up to end; negative places count from the end."],
  ["split(separator?, limit?)", "strings", "The pieces between the separators."],
  ["startsWith(part)", "boolean", "Does it begin with the part?"],
  ["substring(start, end?)", "string", "The piece from start up to end."],
  ["toLowerCase()", "string", "All letters small."],
  ["toString()", "string", "The text itself."],
  ["toUpperCase()", "string", "All letters large."],
  ["trim()", "string", "Without the white space at both ends."],
  ["trimEnd()", "string", "Without the white space at the end."],
  ["trimStart()", "string", "Without the white space at the start."],
)

export const NUMBER_SIGNATURES: Signatures = table(
  ["toFixed(digits?)", "string", "With so many digits behind the point."],
  ["toLocaleString()", "string", "With thousands parted: 1,234.5."],
  ["toPrecision(digits?)", "string", "With so many digits in all."],
  ["toString(base?)", "string", "As text, in the base when one is given."],
)

export const BOOLEAN_SIGNATURES: Signatures = table(["toString()", "string", "true or false as text."])

export const LIST_SIGNATURES: Signatures = table(
  ["at(index)", "element", "The item at the place; a negative one counts from the end."],
  ["concat(...items)", "list", "The list with other lists and items behind it."],
  ["every(item => boolean)", "boolean", "Is it true of every item?"],
  ["filter(item => boolean)", "itself", "The items for which it is true."],
  ["find(item => boolean)", "element", "The first item for which it is true."],
  ["findIndex(item => boolean)", "number", "The place of the first item for which it is true, or -1."],
  ["findLast(item => boolean)", "element", "The last item for which it is true."],
  ["findLastIndex(item => boolean)", "number", "The place of the last item for which it is true, or -1."],
  ["flat(depth?)", "list", "The items of the lists in it, in one list."],
  ["flatMap(item => list)", "list", "What it makes of each item, in one list."],
  ["includes(item)", "boolean", "Is it one of the items?"],
  ["indexOf(item)", "number", "The place of the item, or -1."],
  ["join(separator?)", "string", "The items as text, with the separator between them."],
  ["lastIndexOf(item)", "number", "The last place of the item, or -1."],
  ["map(item => value)", "answers", "What it makes of each item."],
  ["reduce((total, item) => total, start?)", "answer", "All items brought together into one value."],
  ["reduceRight((total, item) => total, start?)", "answer", "The same from the last item to the first."],
  ["reverse()", "itself", "A copy in the opposite order."],
  ["slice(start?, end?)", "itself", "The items from start up to end; negative places count from the end."],
  ["some(item => boolean)", "boolean", "Is it true of any item?"],
  ["sort((a, b) => number)", "itself", "A copy in order; without a function, in the order of their texts."],
  ["toReversed()", "itself", "A copy in the opposite order."],
  ["toSorted((a, b) => number)", "itself", "A copy in order; without a function, in the order of their texts."],
  ["toString()", "string", "The items as text, with commas between them."],
  ["with(index, item)", "list", "A copy with another item at the place."],
)

/** Functions called by their name alone. */
export const FUNCTION_SIGNATURES: Signatures = table(
  ["format(value, pattern?)", "string", 'A number as "0,0.00", "0%" or "€0.00"; a time as "YYYY-MM-DD HH:mm" (UTC).'],
  ["plural(count, one, many?)", "string", 'The count with its word: "1 item", "2 items".'],
  ["relativeTime(time, now?)", "string", 'How far away a time is: "5 minutes ago", "in 2 days".'],
  [
    "sum(list, item => number?)",
    "number",
    "The numbers added; with a function or a field's name, what it picks of each item.",
  ],
  ["groupBy(list, item => key)", "any", "A list of { key, items }, in the order in which the keys are first seen."],
  ["sortBy(list, item => value, descending?)", "list", "A sorted copy, by what is picked of each item."],
  ["unique(list, item => key?)", "list", "The first item of each kind."],
  ["String(value)", "string", "The value as text."],
  ["Number(value)", "number", "The value as a number; NaN when it is none."],
  ["Boolean(value)", "boolean", "Is there anything: not false, 0, empty text, null or undefined."],
  ["parseInt(text, base?)", "number", "The whole number that the text begins with."],
  ["parseFloat(text)", "number", "The number that the text begins with."],
  ["isNaN(value)", "boolean", "Is it no number?"],
  ["isFinite(value)", "boolean", "Is it a number that is not infinite?"],
  ["encodeURIComponent(text)", "string", "The text as a part of an address."],
)

const MATH: Signatures = table(
  ["Math.PI", "number", "3.14159…, a circle's length divided by its width."],
  ["Math.E", "number", "2.71828…, the base of natural logarithms."],
  ["Math.abs(number)", "number", "Without its sign."],
  ["Math.acos(number)", "number", "The angle of a cosine, in radians."],
  ["Math.asin(number)", "number", "The angle of a sine, in radians."],
  ["Math.atan(number)", "number", "The angle of a tangent, in radians."],
  ["Math.atan2(y, x)", "number", "The angle of a point, in radians."],
  ["Math.cbrt(number)", "number", "The cube root."],
  ["Math.ceil(number)", "number", "The next whole number above."],
  ["Math.cos(angle)", "number", "The cosine of an angle in radians."],
  ["Math.exp(number)", "number", "E to the power of the number."],
  ["Math.floor(number)", "number", "The next whole number below."],
  ["Math.hypot(...numbers)", "number", "The square root of the sum of the squares."],
  ["Math.log(number)", "number", "The natural logarithm."],
  ["Math.log10(number)", "number", "The logarithm to the base 10."],
  ["Math.log2(number)", "number", "The logarithm to the base 2."],
  ["Math.max(...numbers)", "number", "The largest."],
  ["Math.min(...numbers)", "number", "The smallest."],
  ["Math.pow(base, exponent)", "number", "The base to the power of the exponent."],
  ["Math.round(number)", "number", "The nearest whole number."],
  ["Math.sign(number)", "number", "-1, 0 or 1."],
  ["Math.sin(angle)", "number", "The sine of an angle in radians."],
  ["Math.sqrt(number)", "number", "The square root."],
  ["Math.tan(angle)", "number", "The tangent of an angle in radians."],
  ["Math.trunc(number)", "number", "Without its fraction."],
)

/** Functions and constants behind a name: `Math.max`, `Object.keys`. */
export const NAMESPACE_SIGNATURES: ReadonlyMap<string, Signatures> = new Map([
  ["Math", MATH],
  [
    "Object",
    table(
      ["Object.keys(object)", "strings", "The names of its members."],
      ["Object.values(object)", "list", "The values of its members."],
      ["Object.entries(object)", "list", "Its members as [name, value] pairs."],
      ["Object.fromEntries(pairs)", "any", "An object of [name, value] pairs."],
      ["Object.hasOwn(object, name)", "boolean", "Does it have a member of that name?"],
    ),
  ],
  [
    "Array",
    table(
      ["Array.isArray(value)", "boolean", "Is it a list?"],
      [
        "Array.from({ length }, (_, index) => value)",
        "list",
        "A list of that length; or a copy of a list or a text's characters.",
      ],
    ),
  ],
  [
    "Number",
    table(
      ["Number.isInteger(value)", "boolean", "Is it a whole number?"],
      ["Number.isFinite(value)", "boolean", "Is it a number that is not infinite?"],
      ["Number.isNaN(value)", "boolean", "Is it NaN?"],
      ["Number.parseFloat(text)", "number", "The number that the text begins with."],
      ["Number.parseInt(text)", "number", "The whole number that the text begins with."],
    ),
  ],
  [
    "JSON",
    table(
      ["JSON.stringify(value)", "string", "The value as JSON."],
      ["JSON.parse(text)", "any", "The value that JSON describes."],
    ),
  ],
])

const NONE: Signatures = new Map()
const EVERY: Signatures = new Map([...NUMBER_SIGNATURES, ...LIST_SIGNATURES, ...STRING_SIGNATURES])

/** The method of a value that is not known, when it gives the same whatever has it. */
export function commonMethod(name: string): Signature | undefined {
  const [first, ...others] = [STRING_SIGNATURES, NUMBER_SIGNATURES, BOOLEAN_SIGNATURES, LIST_SIGNATURES].flatMap(
    (methods) => methods.get(name) ?? [],
  )
  const fixed = first !== undefined && /^(?:string|number|boolean|strings)$/.test(first.gives)
  return fixed && others.every(({ gives }) => gives === first.gives) ? first : undefined
}

/** The methods of values of a type, by name; of one that is not known, every method there is. */
export function methodsOf(type: ValueType): Signatures {
  switch (type.kind) {
    case "string":
      return STRING_SIGNATURES
    case "number":
      return NUMBER_SIGNATURES
    case "boolean":
      return BOOLEAN_SIGNATURES
    case "list":
      return LIST_SIGNATURES
    case "object":
    case "nothing":
      return NONE
    case "any":
      return EVERY
  }
}
