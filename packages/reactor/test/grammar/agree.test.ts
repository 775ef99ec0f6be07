import { globSync, readFileSync } from "node:fs"
import { resolve } from "node:path"
import { expect, test } from "vitest"
import { readExpression, type Tree } from "../../grammar/expression-grammar.ts"
import { renderGrammarPage } from "../../grammar/grammar-page.ts"
import { type Element, readNxml } from "../../grammar/nxml-grammar.ts"
import { parseExpression } from "../../src/expression/parse.ts"
import { type Expression, ExpressionError, type Pattern } from "../../src/expression/syntax.ts"
import { parsePanel } from "../../src/index.ts"
import type { XmlElement } from "../../src/nxml/document.ts"
import { parseDocument } from "../../src/nxml/grammar.ts"
import { Problems } from "../../src/nxml/problems.ts"
import { readCases } from "../nxml/cases.ts"
import { createRandom, damaged, type Random, randomPanel } from "../nxml/corpus.ts"

// The reader is written by hand for speed; the grammar says the same in a form that can be checked by eye.

const root = resolve(import.meta.dirname, "../../../..")
const gallery = globSync("gallery/**/panel.nxml", { cwd: root }).map((file) =>
  readFileSync(resolve(root, file), "utf8"),
)

function elementOf(source: string, { name, attributes, children }: XmlElement): Element {
  return {
    name,
    attributes: attributes.map((attribute) => [attribute.name, source.slice(attribute.valueStart, attribute.valueEnd)]),
    children: children.map((child) =>
      child.kind === "element" ? elementOf(source, child) : source.slice(child.offset, child.end),
    ),
  }
}

/** The grammar's element without blank text, which the reader does not keep. */
function withoutBlanks({ name, attributes, children }: Element): Element {
  const kept = children.filter((child) => typeof child !== "string" || child.trim() !== "")
  return { name, attributes, children: kept.map((child) => (typeof child === "string" ? child : withoutBlanks(child))) }
}

function expectOneTree(source: string, about: string): boolean {
  const problems = new Problems(source)
  const read = parseDocument(source, problems).root
  const referred = readNxml(source)
  if (problems.size > 0 || read === undefined || referred === undefined) return false
  expect(elementOf(source, read), about).toEqual(withoutBlanks(referred))
  return true
}

test("the reader and the grammar find the same tree in panels of the gallery and at random", () => {
  for (const source of gallery) expect(expectOneTree(source, source.slice(0, 60))).toBe(true)
  let compared = 0
  for (let seed = 1; seed <= 400; seed++) if (expectOneTree(randomPanel(createRandom(seed)), `seed ${seed}`)) compared++
  expect(compared).toBe(400)
})

/** Findings of the syntax alone that the grammar has no word for: what it allows, the document's rules forbid. */
const RULES: ReadonlySet<string> = new Set([
  "entity-forbidden",
  "xml-duplicate-attribute",
  "xml-unexpected-text",
  "xml-unexpected-character",
  "too-deep",
  "too-large",
])

test("what the grammar refuses has a syntax error in the reader, and the other way round", () => {
  let refused = 0
  for (let seed = 1; seed <= 1500; seed++) {
    const random = createRandom(seed)
    const source = damaged(randomPanel(random), random)
    const errors = parsePanel(source).diagnostics.filter(
      ({ code }) => code.startsWith("xml-") || code === "entity-forbidden" || code.startsWith("too-"),
    )
    const accepted = readNxml(source) !== undefined
    if (accepted) {
      if (errors.some(({ code }) => RULES.has(code))) continue
      expect(
        errors.map(({ code, message }) => `${code}: ${message}`),
        `seed ${seed}`,
      ).toEqual([])
    } else {
      refused++
      expect(errors.length, `seed ${seed}: ${source}`).toBeGreaterThan(0)
    }
  }
  expect(refused).toBeGreaterThan(300)
})

function treeOf(node: Expression): Tree {
  switch (node.kind) {
    case "literal":
      if (typeof node.value === "number" && Number.isFinite(node.value)) return ["number", node.value]
      return typeof node.value === "string" ? ["text"] : ["literal", String(node.value)]
    case "template":
      return ["template", ...node.holes.map(treeOf)]
    case "name":
      return ["name", node.name]
    case "array":
      return ["list", ...node.elements.map(({ spread, value }) => (spread ? ["spread", treeOf(value)] : treeOf(value)))]
    case "object":
      return [
        "object",
        ...node.properties.map(({ key, value }) =>
          key === undefined
            ? ["spread", treeOf(value)]
            : typeof key === "string"
              ? ["property", key, treeOf(value)]
              : ["computed", treeOf(key), treeOf(value)],
        ),
      ]
    case "member":
      return ["member", treeOf(node.object), node.property, node.optional]
    case "index":
      return ["index", treeOf(node.object), treeOf(node.index), node.optional]
    case "call": {
      const args = node.args.map(({ spread, value }) => (spread ? ["spread", treeOf(value)] : treeOf(value)))
      return ["call", treeOf(node.callee), args, node.optional]
    }
    case "unary":
      return ["unary", node.operator, treeOf(node.operand)]
    case "binary":
      return ["binary", node.operator, treeOf(node.left), treeOf(node.right)]
    case "conditional":
      return ["conditional", treeOf(node.test), treeOf(node.yes), treeOf(node.no)]
    case "arrow":
      return ["arrow", node.params.map(patternOf), treeOf(node.body)]
  }
}

function patternOf(pattern: Pattern): unknown {
  if (pattern.kind === "name") return pattern.name
  if (pattern.kind === "object")
    return ["fields", ...pattern.fields.map(({ key, pattern: inside }) => [key, patternOf(inside)])]
  return ["items", ...pattern.items.map((item) => (item === undefined ? undefined : patternOf(item)))]
}

/** Parentheses and the letters of texts are beside the point: the reader keeps neither. */
function plain(tree: unknown): unknown {
  if (!Array.isArray(tree)) return tree
  if (tree[0] === "parenthesis") return plain(tree[1])
  if (tree[0] === "text") return ["text"]
  if (tree[0] === "property" && /^["']/.test(String(tree[1]))) return ["property", "quoted", plain(tree[2])]
  return tree.map(plain)
}

function quotedKeys(tree: unknown, referred: unknown): unknown {
  if (!Array.isArray(tree) || !Array.isArray(referred)) return tree
  if (tree[0] === "property" && referred[1] === "quoted")
    return ["property", "quoted", quotedKeys(tree[2], referred[2])]
  return tree.map((part, index) => quotedKeys(part, referred[index]))
}

function expectOneMeaning(source: string): "both" | "neither" | "forbidden" {
  const referred = readExpression(source)
  try {
    const read = treeOf(parseExpression(source))
    expect(referred, source).toBeDefined()
    const wanted = plain(referred)
    expect(quotedKeys(read, wanted), source).toEqual(wanted)
    return "both"
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    if (error.code === "expression-forbidden" || error.message.includes("deep")) return "forbidden"
    expect(referred, `${source}: ${error.message}`).toBeUndefined()
    return "neither"
  }
}

const written = readCases()
  .map(({ source }) => /<Text content=(["'])\{(.*)\}\1\/>/.exec(source)?.[2])
  .filter((text) => text !== undefined)

const PIECES = [
  ...[
    "a",
    "$state.b",
    "1",
    "0.5",
    "'t'",
    "true",
    "[1, 2]",
    "{ a: 1 }",
    "`x$" + "{a}y`",
    "(a)",
    "f(a)",
    "m.map(i => i)",
  ],
  ...[" + ", " - ", " * ", " ** ", " ?? ", " || ", " && ", " == ", " < ", " ? ", " : ", ".b", "?.c", "[0]", "()"],
  ...["!", "-", "(", ")", "[", "]", "{", "}", ", ", "...", "=> ", "`", "typeof "],
]

function randomText(random: Random): string {
  const valid = random.next(2) === 0
  if (!valid) return Array.from({ length: 1 + random.next(7) }, () => random.pick(PIECES)).join("")
  const [first, ...others] = Array.from({ length: 1 + random.next(4) }, () => PIECES[random.next(12)])
  return others.reduce<string>((text, other) => `${text}${PIECES[12 + random.next(8)]}${other}`, first ?? "a")
}

test("the reader and the grammar agree on every expression of the cases, and on others at random", () => {
  expect(written.length).toBeGreaterThan(100)
  const met = { both: 0, neither: 0, forbidden: 0 }
  for (const text of written) met[expectOneMeaning(text)]++
  for (let seed = 1; seed <= 6000; seed++) met[expectOneMeaning(randomText(createRandom(seed)))]++
  expect(met.both).toBeGreaterThan(1000)
  expect(met.neither).toBeGreaterThan(1000)
})

test("docs/grammar.md is the grammar", async () => {
  await expect(renderGrammarPage()).toMatchFileSnapshot(resolve(root, "docs/grammar.md"))
})
