import type { ParsedBinding } from "./compile-binding.ts"
import type { Statement } from "./compile-statements.ts"
import { type Expression, ExpressionError } from "./syntax.ts"

/**
 * Where the tree of a text comes from: from a parser where one is loaded, else from what a compiled panel brought. A
 * viewer loads no parser and learns trees from `.nxb` files; whoever imports the parser has it asked from then on. One
 * text has one tree whatever panel it stands in, so what is known is known for all; a file that disagrees with
 * another about a text is refused, because one of them lies. Trees on the Panel itself were refused: every place that
 * evaluates would have to carry two kinds of attributes.
 */
export interface TreeReader {
  readonly binding: (text: string) => ParsedBinding
  readonly statements: (text: string) => readonly Statement[]
  readonly path: (text: string) => Expression
}

/** Trees by their text, as plain data. */
export interface Trees {
  readonly bindings: readonly (readonly [text: string, parts: readonly (string | Expression)[]])[]
  readonly statements: readonly (readonly [text: string, statements: readonly Statement[]])[]
  readonly paths: readonly (readonly [text: string, path: Expression])[]
}

let reader: Partial<TreeReader> = {}
const bindings = new Map<string, ParsedBinding["parts"]>()
const statements = new Map<string, readonly Statement[]>()
const paths = new Map<string, Expression>()

/** Lets these parsers read from now on. */
export function readWith(parsers: Partial<TreeReader>): void {
  reader = { ...reader, ...parsers }
}

/** Remembers the trees of a compiled panel. Throws, and remembers none, where one differs from a known one. */
export function learnTrees(trees: Trees): void {
  const disagrees =
    differs(bindings, trees.bindings) ?? differs(statements, trees.statements) ?? differs(paths, trees.paths)
  if (disagrees !== undefined) throw new Error(`it reads "${disagrees}" differently than another compiled panel`)
  for (const [text, parts] of trees.bindings) bindings.set(text, parts)
  for (const [text, list] of trees.statements) statements.set(text, list)
  for (const [text, path] of trees.paths) paths.set(text, path)
}

export function bindingTree(text: string): ParsedBinding {
  if (!text.includes("{")) return { parts: text === "" ? [] : [text], errors: [] }
  if (reader.binding) return reader.binding(text)
  return { parts: bindings.get(text) ?? unknown(text), errors: [] }
}

export function statementTrees(text: string): readonly Statement[] {
  return reader.statements ? reader.statements(text) : (statements.get(text) ?? unknown(text))
}

export function pathTree(text: string): Expression {
  return reader.path ? reader.path(text) : (paths.get(text) ?? unknown(text))
}

function differs<Tree>(known: ReadonlyMap<string, Tree>, given: readonly (readonly [string, Tree])[]) {
  for (const [text, tree] of given) {
    const before = known.get(text)
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(tree)) return text
  }
  return undefined
}

function unknown(text: string): never {
  throw new ExpressionError("expression-failed", `"${text}" was not compiled with this panel`, 0, 0)
}
