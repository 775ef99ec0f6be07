import type { Statement } from "../expression/compile-statements.ts"
import { type Expression, MAX_DEPTH } from "../expression/syntax.ts"
import type { Row } from "./panel-rows.ts"

/**
 * Trees as rows: the number of a kind, where it stands, and its fields in one order. Read back, a row is only as sound as
 * its writer; `tree-shape.ts` says whether the tree is one that the parser makes.
 */
type Form = "plain" | "value" | "tree" | "trees" | "elements" | "properties" | "patterns"
type Fields = { [name: string]: unknown }

const KINDS: readonly (readonly [
  kind: Expression["kind"],
  fields: readonly (readonly [name: string, form: Form])[],
])[] = [
  ["literal", [["value", "value"]]],
  ["name", [["name", "plain"]]],
  [
    "template",
    [
      ["texts", "plain"],
      ["holes", "trees"],
    ],
  ],
  ["array", [["elements", "elements"]]],
  ["object", [["properties", "properties"]]],
  [
    "member",
    [
      ["object", "tree"],
      ["property", "plain"],
      ["propertyAt", "plain"],
      ["optional", "plain"],
    ],
  ],
  [
    "index",
    [
      ["object", "tree"],
      ["index", "tree"],
      ["optional", "plain"],
    ],
  ],
  [
    "call",
    [
      ["callee", "tree"],
      ["args", "elements"],
      ["optional", "plain"],
    ],
  ],
  [
    "unary",
    [
      ["operator", "plain"],
      ["operand", "tree"],
    ],
  ],
  [
    "binary",
    [
      ["operator", "plain"],
      ["left", "tree"],
      ["right", "tree"],
    ],
  ],
  [
    "conditional",
    [
      ["test", "tree"],
      ["yes", "tree"],
      ["no", "tree"],
    ],
  ],
  [
    "arrow",
    [
      ["params", "patterns"],
      ["body", "tree"],
    ],
  ],
]
const NUMBERS = new Map<unknown, number>(KINDS.map(([kind], number) => [kind, number]))

// To rows

export function partsRow(parts: readonly (string | Expression)[]): Row {
  return parts.map((part) => (typeof part === "string" ? part : treeRow(part)))
}

export function statementsRow(statements: readonly Statement[]): Row {
  return statements.map((it) =>
    it.kind === "call"
      ? [0, it.at, it.handler, ...it.args.map(treeRow)]
      : [1, it.at, it.operator, treeRow(it.target), treeRow(it.value)],
  )
}

export function treeRow(tree: unknown): Row {
  const given = tree as Fields
  const number = NUMBERS.get(given.kind) ?? -1
  const fields = KINDS[number]?.[1] ?? []
  return [number, given.at, given.end, given.depth, ...fields.flatMap(([name, form]) => fieldRow(form, given[name]))]
}

function fieldRow(form: Form, value: unknown): Row {
  if (form === "plain") return [value]
  if (form === "tree") return [treeRow(value)]
  // No value at all is `undefined`; JSON has no infinity, so a list stands for it.
  if (form === "value") return value === undefined ? [] : [value === Number.POSITIVE_INFINITY ? [] : value]
  const items = value as readonly Fields[]
  if (form === "trees") return [items.map(treeRow)]
  if (form === "elements") return [items.flatMap((item) => [item.spread, treeRow(item.value)])]
  if (form === "patterns") return [items.map(patternRow)]
  return [items.flatMap(({ key, value }) => [typeof key === "object" ? treeRow(key) : (key ?? null), treeRow(value)])]
}

function patternRow(pattern: Fields | undefined): Row | null {
  if (pattern === undefined) return null
  if (pattern.kind === "name") return [0, pattern.name, pattern.at]
  if (pattern.kind === "array") return [2, ...(pattern.items as readonly Fields[]).map(patternRow)]
  const fields = pattern.fields as readonly { readonly key: string; readonly pattern: Fields }[]
  return [1, ...fields.flatMap(({ key, pattern }) => [key, patternRow(pattern)])]
}

// From rows

export function partsFrom(row: unknown): unknown[] {
  return rowFrom(row).map((part) => (typeof part === "string" ? part : treeFrom(part)))
}

export function statementsFrom(row: unknown): unknown[] {
  return rowFrom(row).map((item) => {
    const [kind, at, name, ...trees] = rowFrom(item)
    if (kind === 0) return { kind: "call", handler: name, args: trees.map((tree) => treeFrom(tree)), at }
    return { kind: "assign", operator: name, target: treeFrom(trees[0]), value: treeFrom(trees[1]), at }
  })
}

export function treeFrom(row: unknown, level = 0): unknown {
  const [number, at, end, depth, ...given] = rowFrom(row)
  const kind = typeof number === "number" ? KINDS[number] : undefined
  if (kind === undefined || level > MAX_DEPTH) throw new Error("no tree")
  const tree: Fields = { kind: kind[0] }
  kind[1].forEach(([name, form], index) => {
    tree[name] = fieldFrom(form, given[index], level + 1)
  })
  tree.at = at
  tree.end = end
  tree.depth = depth
  return tree
}

function fieldFrom(form: Form, value: unknown, level: number): unknown {
  if (form === "plain") return value
  if (form === "value") return Array.isArray(value) ? Number.POSITIVE_INFINITY : value
  if (form === "tree") return treeFrom(value, level)
  const items = rowFrom(value)
  if (form === "trees") return items.map((item) => treeFrom(item, level))
  if (form === "patterns") return items.map((item) => patternFrom(item, level))
  const [first, second] = form === "elements" ? ["spread", "value"] : ["key", "value"]
  const pairs: Fields[] = []
  for (let at = 0; at < items.length; at += 2) {
    const head = items[at]
    const read = Array.isArray(head) ? treeFrom(head, level) : (head ?? undefined)
    pairs.push({ [first as string]: read, [second as string]: treeFrom(items[at + 1], level) })
  }
  return pairs
}

function patternFrom(row: unknown, level: number): unknown {
  if (row === null) return undefined
  if (level > MAX_DEPTH) throw new Error("no pattern")
  const [kind, ...items] = rowFrom(row)
  if (kind === 0) return { kind: "name", name: items[0], at: items[1] }
  if (kind === 2) return { kind: "array", items: items.map((item) => patternFrom(item, level + 1)) }
  const fields: Fields[] = []
  for (let at = 0; at < items.length; at += 2) {
    fields.push({ key: items[at], pattern: patternFrom(items[at + 1], level + 1) })
  }
  return { kind: "object", fields }
}

function rowFrom(value: unknown): Row {
  if (!Array.isArray(value)) throw new Error("no row")
  return value
}
