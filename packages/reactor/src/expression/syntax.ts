/**
 * The shape of a parsed expression. `at` is the offset in the text it was parsed from; `depth` counts the levels below,
 * so that nothing is ever compiled or run deeper than `MAX_DEPTH`.
 */
export type Expression =
  | Literal
  | Template
  | Name
  | ArrayLiteral
  | ObjectLiteral
  | Member
  | Index
  | Call
  | Unary
  | Binary
  | Conditional
  | Arrow

interface Node {
  readonly at: number
  readonly end: number
  readonly depth: number
}

export interface Literal extends Node {
  readonly kind: "literal"
  readonly value: string | number | boolean | null | undefined
}
export interface Template extends Node {
  readonly kind: "template"
  /** One more than `holes`. */
  readonly texts: readonly string[]
  readonly holes: readonly Expression[]
}
export interface Name extends Node {
  readonly kind: "name"
  readonly name: string
}
export interface Element {
  readonly spread: boolean
  readonly value: Expression
}
export interface ArrayLiteral extends Node {
  readonly kind: "array"
  readonly elements: readonly Element[]
}
export interface Property {
  /** Absent for a spread. */
  readonly key: string | Expression | undefined
  readonly value: Expression
}
export interface ObjectLiteral extends Node {
  readonly kind: "object"
  readonly properties: readonly Property[]
}
/** `optional` is the `?.` before it; it ends the whole chain it stands in when the object is null or undefined. */
export interface Member extends Node {
  readonly kind: "member"
  readonly object: Expression
  readonly property: string
  readonly propertyAt: number
  readonly optional: boolean
}
export interface Index extends Node {
  readonly kind: "index"
  readonly object: Expression
  readonly index: Expression
  readonly optional: boolean
}
export interface Call extends Node {
  readonly kind: "call"
  readonly callee: Expression
  readonly args: readonly Element[]
  readonly optional: boolean
}
export interface Unary extends Node {
  readonly kind: "unary"
  readonly operator: "-" | "+" | "!" | "typeof"
  readonly operand: Expression
}
export interface Binary extends Node {
  readonly kind: "binary"
  readonly operator: BinaryOperator
  readonly left: Expression
  readonly right: Expression
}
export type BinaryOperator =
  | "??"
  | "||"
  | "&&"
  | "=="
  | "!="
  | "<"
  | ">"
  | "<="
  | ">="
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "**"
export interface Conditional extends Node {
  readonly kind: "conditional"
  readonly test: Expression
  readonly yes: Expression
  readonly no: Expression
}
/** Stands only as an argument of a call. */
export interface Arrow extends Node {
  readonly kind: "arrow"
  readonly params: readonly Pattern[]
  readonly body: Expression
}
export type Pattern =
  | { readonly kind: "name"; readonly name: string; readonly at: number }
  | { readonly kind: "object"; readonly fields: readonly { readonly key: string; readonly pattern: Pattern }[] }
  | { readonly kind: "array"; readonly items: readonly (Pattern | undefined)[] }

/** The deepest nesting of one expression, and of the values it walks. */
export const MAX_DEPTH = 128

/** Names that do not exist in expressions, neither as variables nor as properties. */
export const FORBIDDEN_NAMES: ReadonlySet<string> = new Set([
  "constructor",
  "__proto__",
  "prototype",
  "__defineGetter__",
  "__defineSetter__",
  "__lookupGetter__",
  "__lookupSetter__",
  "caller",
  "callee",
  "arguments",
])

const SUSPECT_FIRST: ReadonlySet<number> = new Set([...FORBIDDEN_NAMES].map((name) => name.charCodeAt(0)))

/** Is it one of `FORBIDDEN_NAMES`? Most names are told apart by their first character alone. */
export function isForbiddenName(name: string): boolean {
  return SUSPECT_FIRST.has(name.charCodeAt(0)) && FORBIDDEN_NAMES.has(name)
}

export type ExpressionErrorCode = "expression-syntax" | "expression-forbidden" | "undefined-name" | "expression-failed"

/** An expression that cannot be read or whose evaluation failed; `at` and `length` say where in its text. */
export class ExpressionError extends Error {
  readonly code: ExpressionErrorCode
  readonly at: number
  readonly length: number
  readonly hint: string | undefined
  constructor(code: ExpressionErrorCode, message: string, at: number, length = 1, hint?: string) {
    super(message)
    this.name = "ExpressionError"
    this.code = code
    this.at = at
    this.length = length
    this.hint = hint
  }
}

/** Calls `visit` for `expression` and everything in it, outermost first; `false` from `visit` skips what is inside. */
export function walkExpression(expression: Expression, visit: (node: Expression) => boolean | undefined): void {
  if (visit(expression) === false) return
  for (const child of partsOf(expression)) walkExpression(child, visit)
}

function partsOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case "literal":
    case "name":
      return []
    case "template":
      return node.holes
    case "array":
      return node.elements.map((element) => element.value)
    case "object":
      return node.properties.flatMap(({ key, value }) => (typeof key === "object" ? [key, value] : [value]))
    case "member":
      return [node.object]
    case "index":
      return [node.object, node.index]
    case "call":
      return [node.callee, ...node.args.map((argument) => argument.value)]
    case "unary":
      return [node.operand]
    case "binary":
      return [node.left, node.right]
    case "conditional":
      return [node.test, node.yes, node.no]
    case "arrow":
      return [node.body]
  }
}
