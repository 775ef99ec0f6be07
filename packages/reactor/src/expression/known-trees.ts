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

/** Trees as text, by the text they are of. */
export interface Trees {
  readonly bindings: readonly Packed[]
  readonly statements: readonly Packed[]
  readonly paths: readonly Packed[]
}
export type Packed = readonly [text: string, tree: string]

/** Opens packed trees, each when it is first asked for; throws for one that no parser makes. */
export interface TreeOpener {
  readonly binding: (tree: string) => ParsedBinding["parts"]
  readonly statements: (tree: string) => readonly Statement[]
  readonly path: (tree: string) => Expression
}

let reader: Partial<TreeReader> = {}
let opener: TreeOpener | undefined
const bindings = new Map<string, string>()
const statements = new Map<string, string>()
const paths = new Map<string, string>()

/** Lets these parsers read from now on. */
export function readWith(parsers: Partial<TreeReader>): void {
  reader = { ...reader, ...parsers }
}

/** Remembers the trees of a compiled panel. Throws, and remembers none, where one differs from a known one. */
export function learnTrees(trees: Trees, open: TreeOpener): void {
  const disagrees =
    differs(bindings, trees.bindings) ?? differs(statements, trees.statements) ?? differs(paths, trees.paths)
  if (disagrees !== undefined) throw new Error(`it reads "${disagrees}" differently than another compiled panel`)
  for (const [text, tree] of trees.bindings) bindings.set(text, tree)
  for (const [text, tree] of trees.statements) statements.set(text, tree)
  for (const [text, tree] of trees.paths) paths.set(text, tree)
  opener = open
}

export function bindingTree(text: string): ParsedBinding {
  if (!text.includes("{")) return { parts: text === "" ? [] : [text], errors: [] }
  if (reader.binding) return reader.binding(text)
  const packed = bindings.get(text)
  return { parts: packed !== undefined && opener ? opener.binding(packed) : unknown(text), errors: [] }
}

export function statementTrees(text: string): readonly Statement[] {
  if (reader.statements) return reader.statements(text)
  const packed = statements.get(text)
  return packed !== undefined && opener ? opener.statements(packed) : unknown(text)
}

export function pathTree(text: string): Expression {
  if (reader.path) return reader.path(text)
  const packed = paths.get(text)
  return packed !== undefined && opener ? opener.path(packed) : unknown(text)
}

function differs(known: ReadonlyMap<string, string>, given: readonly Packed[]): string | undefined {
  for (const [text, tree] of given) {
    const before = known.get(text)
    if (before !== undefined && before !== tree) return text
  }
  return undefined
}

function unknown(text: string): never {
  throw new ExpressionError("expression-failed", `"${text}" was not compiled with this panel`, 0, 0)
}
