import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { inferExpression } from "../../src/expression/infer.ts"
import { parseExpression } from "../../src/expression/parse.ts"
import { typeOfValue, type ValueType } from "../../src/expression/value-type.ts"
import { evaluateExpression, parsePanel } from "../../src/index.ts"
import { createRandom, type Random, randomPanel } from "../nxml/corpus.ts"

const state = {
  title: "Board",
  word: "a,b",
  count: 3,
  size: 2.5,
  done: false,
  items: [
    { id: 1, name: "a", tags: ["x", "y"], open: true },
    { id: 2, name: "b", tags: ["z"], open: false },
  ],
  numbers: [3, 1, 2],
  words: ["b", "a"],
  box: { width: 1, label: "x", inner: { deep: true, list: [1] } },
}

const STARTS =
  `$state.title $state.word $state.count $state.size $state.done $state.items $state.numbers $state.words $state.box
  $state.box.inner 1 2.5 'a' '3' true null [1,2] ['a'] x x.name x.id x.tags y`.split(/\s+/)
const STEPS = `.length [0] [1] .name .width .inner .label .tags .trim() .split(',') .slice(1) .toFixed(1) .toString()
  .map(x=>x) .map(x=>x.name) .map((x,y)=>y) .filter(x=>x) .find(x=>x) .some(x=>x) .join('-') .includes(1) .concat([1]) .flat()
  .reduce((x,y)=>x+y,0) .reduce((x,y)=>x+y.id,0) .reverse() .sort() .at(0) .indexOf('a') .toUpperCase()`.split(/\s+/)
const CALLS =
  "sum(# sortBy(# unique(# format(# String(# Number(# Boolean(# Math.max(1, # Object.keys(# Array.isArray(#".split(" #")
const OPERATORS = "+ - * / % == != < > <= >= && || ??".split(" ")

function expressionOf(random: Random, depth: number): string {
  const inner = () => expressionOf(random, depth - 1)
  if (depth === 0) return random.pick(STARTS)
  const kind = random.next(8)
  if (kind < 4) return `${inner()}${random.pick(STEPS)}`
  if (kind === 4) return `(${inner()} ? ${inner()} : ${inner()})`
  if (kind === 5) return `${random.pick(CALLS).replace("#", "")}${inner()})`
  if (kind === 6) return `${random.pick(["!", "-", "typeof "])}(${inner()})`
  return `((${inner()}) ${random.pick(OPERATORS)} (${inner()}))`
}

/** Is the value of the type? Nothing is of every type: an item or a member may be missing. */
function isOf(value: unknown, type: ValueType): boolean {
  if (type.kind === "any" || value === undefined || value === null) return true
  if (type.kind === "nothing") return false
  if (type.kind === "list") return Array.isArray(value) && value.every((item) => isOf(item, type.element))
  if (type.kind !== "object") return typeof value === type.kind
  const members = value as { readonly [name: string]: unknown }
  return typeof value === "object" && [...type.members].every(([name, member]) => isOf(members[name], member))
}

test("what an expression comes to is of the type that was inferred, in 20,000 random expressions", () => {
  let known = 0
  for (let seed = 1; seed <= 20_000; seed++) {
    const random = createRandom(seed)
    const text = `$state.items.map((x, y) => ${expressionOf(random, 1 + random.next(4))})[0]`
    const result = evaluateExpression(text, { $state: state })
    if (!result.ok) continue
    const { type } = inferExpression(parseExpression(text), (name) =>
      name === "$state" ? typeOfValue(state) : undefined,
    )
    if (type.kind !== "any") known += 1
    expect(isOf(result.value, type), `seed ${seed}: ${text} is ${JSON.stringify(result.value)}, not ${type.kind}`).toBe(
      true,
    )
  }
  expect(known).toBeGreaterThan(3000)
})

test("a member or method that is told to be missing is missing when the expression runs", () => {
  let found = 0
  for (let seed = 1; seed <= 20_000; seed++) {
    const random = createRandom(seed)
    const start = random.pick(STARTS.filter((name) => name.startsWith("$")))
    const text = `${start}${random.pick(STEPS)}${random.pick(["", random.pick(STEPS)])}`
    const { findings } = inferExpression(parseExpression(text), (name) =>
      name === "$state" ? typeOfValue(state) : undefined,
    )
    const [finding] = findings
    if (finding === undefined || finding.code === "wrong-operand") continue
    found += 1
    const upTo = finding.code === "unknown-member" ? text.slice(0, finding.at + finding.length) : text
    const result = evaluateExpression(upTo, { $state: state })
    expect(result.ok ? result.value : undefined, `seed ${seed}: ${upTo} ${finding.message}`).toBeUndefined()
  }
  expect(found).toBeGreaterThan(3000)
})

test("nothing is found in the panels that people use, nor in those made at random", () => {
  const codes = new Set(["unknown-member", "unknown-method", "wrong-operand"])
  const gallery = new URL("../../../../gallery/", import.meta.url)
  const sources = readdirSync(gallery, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith("panel.nxml"))
    .map((name) => readFileSync(new URL(name, gallery), "utf8"))
  expect(sources.length).toBeGreaterThan(5)
  for (let seed = 1; seed <= 500; seed++) sources.push(randomPanel(createRandom(seed)))
  for (const source of sources) expect(parsePanel(source).diagnostics.filter(({ code }) => codes.has(code))).toEqual([])
})
