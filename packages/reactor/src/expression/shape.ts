import { NAMESPACES } from "./builtins.ts"
import type { Expression } from "./syntax.ts"
import type { ValueType } from "./value-type.ts"

/**
 * What an expression does that the types of its names could forbid, as bits noted on the way of reading it. Nearly every
 * expression of a panel reads names and adds or compares numbers: the bits and the kinds of its names tell that nothing in
 * it can be wrong, and its types are never worked out.
 */
const TEXT = 1
const NUMBER = 2
const BOOLEAN = 4
/** A list or an object among the names. */
const DATA = 8
const MEMBER = 16
const ARITHMETIC = 32
const PLUS = 64
const EQUAL = 128
/** Gives true or false, or a word. */
const TEST = 256
/** Wrong or right whatever the names are. */
const CERTAIN = 512

/** The bits of one node, without those of its parts. */
export function shapeOf(node: Expression): number {
  switch (node.kind) {
    case "literal":
      return literalShape(node.value)
    case "template":
      return TEXT
    case "member":
      return MEMBER | (isMade(node.object) ? CERTAIN : 0)
    case "index":
      return node.index.kind === "literal" && typeof node.index.value === "string" ? MEMBER : 0
    case "call":
      return node.callee.kind === "member" ? MEMBER | (isMade(node.callee.object) ? CERTAIN : 0) : 0
    case "unary":
      return node.operator === "!" || node.operator === "typeof" ? TEST : ARITHMETIC
    case "binary":
      return binaryShape(node.operator, node.left, node.right)
    default:
      return 0
  }
}

/** The bits of two parts together: two comparisons may compare each other. */
export function joinShapes(a: number, b: number): number {
  return a | b | (a & b & EQUAL ? TEST : 0)
}

/** The bit of a name of this type. */
export function kindBit({ kind }: ValueType): number {
  if (kind === "number") return NUMBER
  if (kind === "string") return TEXT
  if (kind === "boolean") return BOOLEAN
  return kind === "list" || kind === "object" ? DATA : 0
}

/** Can something be wrong without any name's type? */
export function isCertain(shape: number): boolean {
  return (shape & CERTAIN) !== 0
}

/** Might something be wrong in an expression of this shape, whose names have these kinds? */
export function mayBeWrong(shape: number, kinds: number): boolean {
  if (shape & CERTAIN) return true
  if (kinds === 0) return false
  if (shape & MEMBER || kinds & DATA) return (shape & (MEMBER | ARITHMETIC | PLUS | EQUAL)) !== 0
  if (shape & ARITHMETIC && shape & TEXT) return true
  if (!(shape & EQUAL)) return false
  const present = kinds | (shape & (TEXT | NUMBER | BOOLEAN))
  if (shape & TEST) return true
  return present !== NUMBER && (shape & (ARITHMETIC | PLUS) || (present & (present - 1)) !== 0) !== 0
}

function literalShape(value: unknown): number {
  return typeof value === "string"
    ? TEXT
    : typeof value === "number"
      ? NUMBER
      : typeof value === "boolean"
        ? BOOLEAN
        : 0
}

function binaryShape(operator: string, left: Expression, right: Expression): number {
  switch (operator) {
    case "??":
    case "||":
    case "&&":
      return 0
    case "==":
    case "!=":
      return EQUAL | (isMade(left) || isMade(right) ? CERTAIN : 0)
    case "+":
      return PLUS | (isMade(left) || isMade(right) ? CERTAIN : 0)
    case "<":
    case ">":
    case "<=":
    case ">=":
      return ARITHMETIC | TEST | (isMade(left) || isMade(right) ? CERTAIN : 0)
    default:
      return ARITHMETIC | (isMade(left) || isMade(right) ? CERTAIN : 0)
  }
}

function isNamespace(node: Expression): boolean {
  return node.kind === "name" && NAMESPACES.has(node.name)
}

/** Does its type show without any name's: a value written there, or what a function of ours gives? */
function isMade(node: Expression): boolean {
  switch (node.kind) {
    case "name":
    case "member":
    case "index":
    case "literal":
      return false
    case "call":
      return node.callee.kind === "name" || (node.callee.kind === "member" && isNamespace(node.callee.object))
    default:
      return node.kind === "array" || node.kind === "object" || node.kind === "template"
  }
}
