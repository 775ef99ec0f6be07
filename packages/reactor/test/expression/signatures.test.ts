import { expect, test } from "vitest"
import { FUNCTIONS, NAMESPACES } from "../../src/expression/builtins.ts"
import { evaluateExpression } from "../../src/expression/evaluate.ts"
import { LIST_METHODS, NUMBER_METHODS, STRING_METHODS } from "../../src/expression/methods.ts"
import {
  BOOLEAN_SIGNATURES,
  FUNCTION_SIGNATURES,
  LIST_SIGNATURES,
  methodsOf,
  NAMESPACE_SIGNATURES,
  NUMBER_SIGNATURES,
  type Signature,
  STRING_SIGNATURES,
} from "../../src/expression/signatures.ts"
import { ANY, BOOLEAN, LIST, NUMBER, OBJECT, STRING } from "../../src/expression/value-type.ts"

const names = (table: ReadonlyMap<string, unknown>) => [...table.keys()].sort()

test("every method and function that there is has its signature, and no signature is of another", () => {
  expect(names(STRING_SIGNATURES)).toEqual(names(STRING_METHODS))
  expect(names(LIST_SIGNATURES)).toEqual(names(LIST_METHODS))
  expect(names(NUMBER_SIGNATURES)).toEqual(names(NUMBER_METHODS))
  expect(names(FUNCTION_SIGNATURES)).toEqual(names(FUNCTIONS))
  expect(names(NAMESPACE_SIGNATURES)).toEqual(names(NAMESPACES))
  for (const [namespace, members] of NAMESPACES)
    expect(names(NAMESPACE_SIGNATURES.get(namespace) ?? new Map())).toEqual(names(members))
})

const everything: readonly Signature[] = [
  STRING_SIGNATURES,
  LIST_SIGNATURES,
  NUMBER_SIGNATURES,
  BOOLEAN_SIGNATURES,
  FUNCTION_SIGNATURES,
  ...NAMESPACE_SIGNATURES.values(),
].flatMap((table) => [...table.values()])

test("each says in one sentence what it gives", () => {
  for (const { doc, signature, name } of everything) {
    expect(doc, signature).toMatch(/^.{8,120}[.?]$/)
    expect(signature).toContain(name)
  }
})

/** A call of each method with arguments it takes. */
const ARGUMENTS = new Map(
  Object.entries({
    concat: "['x']",
    join: "'-'",
    reduce: "(total, item) => total, 0",
    reduceRight: "(total, item) => total, 0",
    sort: "(a, b) => 0",
    toSorted: "(a, b) => 0",
    flatMap: "item => [item]",
    with: "0, 9",
    repeat: "2",
    padEnd: "9",
    padStart: "9",
  }),
)
const ARROWS = /^(?:every|filter|find|findIndex|findLast|findLastIndex|map|some)$/

function resultOf(receiver: string, { name }: Signature): unknown {
  const args = ARROWS.test(name) ? "item => item" : (ARGUMENTS.get(name) ?? (/^to|trim/.test(name) ? "" : "0"))
  const result = evaluateExpression(`${receiver}.${name}(${args})`, {})
  if (!result.ok) throw result.error
  return result.value
}

test.each(
  [...STRING_SIGNATURES.values(), ...NUMBER_SIGNATURES.values(), ...LIST_SIGNATURES.values()].map(
    (signature) => [signature.signature, signature] as const,
  ),
)("%s gives what it says", (_, signature) => {
  const receiver =
    STRING_SIGNATURES.get(signature.name) === signature
      ? "'abc'"
      : NUMBER_SIGNATURES.get(signature.name) === signature
        ? "(12)"
        : "[3, 1, 2]"
  const value = resultOf(receiver, signature)
  const kinds = {
    string: "string",
    number: "number",
    boolean: "boolean",
    strings: "object",
    list: "object",
    itself: "object",
    answers: "object",
    element: "number",
    answer: "number",
    any: typeof value,
  }
  expect(typeof value).toBe(kinds[signature.gives])
  if (/^(?:strings|list|itself|answers)$/.test(signature.gives)) expect(Array.isArray(value)).toBe(true)
})

test("a value has the methods of its type; one that is not known has all, and an object none", () => {
  expect(methodsOf(STRING)).toBe(STRING_SIGNATURES)
  expect(methodsOf(LIST)).toBe(LIST_SIGNATURES)
  expect(methodsOf(NUMBER)).toBe(NUMBER_SIGNATURES)
  expect(names(methodsOf(BOOLEAN))).toEqual(["toString"])
  expect(methodsOf(OBJECT).size).toBe(0)
  expect(methodsOf(ANY).has("filter") && methodsOf(ANY).has("trim") && methodsOf(ANY).has("toFixed")).toBe(true)
})
