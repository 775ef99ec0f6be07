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

/** Packed trees by their text. */
export interface Trees {
  readonly bindings: readonly Packed[]
  readonly statements: readonly Packed[]
  readonly paths: readonly Packed[]
}
type Packed = readonly [text: string, tree: Uint8Array]

/** Opens packed trees, each when it is first asked for; throws for one that no parser makes. */
export interface TreeOpener {
  readonly binding: (tree: Uint8Array) => ParsedBinding["parts"]
  readonly statements: (tree: Uint8Array) => readonly Statement[]
  readonly path: (tree: Uint8Array) => Expression
}

let reader: Partial<TreeReader> = {}
let opener: TreeOpener | undefined
const bindings = new Map<string, Uint8Array>()
const statements = new Map<string, Uint8Array>()
const paths = new Map<string, Uint8Array>()

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
  return { parts: packed && opener ? opener.binding(packed) : unknown(text), errors: [] }
}

export function statementTrees(text: string): readonly Statement[] {
  if (reader.statements) return reader.statements(text)
  const packed = statements.get(text)
  return packed && opener ? opener.statements(packed) : unknown(text)
}

export function pathTree(text: string): Expression {
  if (reader.path) return reader.path(text)
  const packed = paths.get(text)
  return packed && opener ? opener.path(packed) : unknown(text)
}

function differs(known: ReadonlyMap<string, Uint8Array>, given: readonly Packed[]): string | undefined {
  for (const [text, tree] of given) {
    const before = known.get(text)
    if (before && (before.length !== tree.length || !before.every((byte, index) => byte === tree[index]))) return text
  }
  return undefined
}

function unknown(text: string): never {
  throw new ExpressionError("expression-failed", `"${text}" was not compiled with this panel`, 0, 0)
}
