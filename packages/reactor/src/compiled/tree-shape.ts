import type { Statement } from "../expression/compile-statements.ts"
import { type Expression, FORBIDDEN_NAMES, MAX_DEPTH } from "../expression/syntax.ts"

/**
 * What a tree in a compiled file may be. A hash says that a file is whole, not who wrote it, so its trees are held to
 * what the parser would have made: known kinds, no forbidden name, a depth that is true and bounded.
 */
const OPERATORS = new Set(["??", "||", "&&", "==", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%", "**"])
const UNARY = new Set(["-", "+", "!", "typeof"])
const ASSIGNED = new Set(["=", "+", "-", "*", "/", "??", "||", "&&"])
const LITERALS = new Set(["string", "number", "boolean", "undefined"])

type Fields = { readonly [name: string]: unknown }

function isExpression(value: unknown, level: number, arrow = false): boolean {
  if (!isObject(value) || level > MAX_DEPTH || !isPlace(value.at) || !isPlace(value.end)) return false
  if (typeof value.depth !== "number" || value.depth > MAX_DEPTH) return false
  const inner = (part: unknown, asArgument = false) => isExpression(part, level + 1, asArgument)
  switch (value.kind) {
    case "literal":
      return value.value === null || LITERALS.has(typeof value.value)
    case "name":
      return isName(value.name)
    case "template":
      return (
        isList(value.texts, (text) => typeof text === "string") &&
        isList(value.holes, inner) &&
        value.texts.length === value.holes.length + 1
      )
    case "array":
      return isList(value.elements, (element) => isElement(element, inner))
    case "object":
      return isList(
        value.properties,
        (property) =>
          isObject(property) &&
          (property.key === undefined || isName(property.key) || inner(property.key)) &&
          inner(property.value),
      )
    case "member":
      return inner(value.object) && isName(value.property) && isPlace(value.propertyAt) && isFlag(value.optional)
    case "index":
      return inner(value.object) && inner(value.index) && isFlag(value.optional)
    case "call":
      return (
        inner(value.callee) &&
        isList(value.args, (element) => isElement(element, (part) => inner(part, true))) &&
        isFlag(value.optional)
      )
    case "unary":
      return UNARY.has(String(value.operator)) && inner(value.operand)
    case "binary":
      return OPERATORS.has(String(value.operator)) && inner(value.left) && inner(value.right)
    case "conditional":
      return inner(value.test) && inner(value.yes) && inner(value.no)
    case "arrow":
      return arrow && isList(value.params, (pattern) => isPattern(pattern, level + 1)) && inner(value.body)
    default:
      return false
  }
}

function isElement(value: unknown, inner: (part: unknown) => boolean): boolean {
  return isObject(value) && isFlag(value.spread) && inner(value.value)
}

function isPattern(value: unknown, level: number): boolean {
  if (!isObject(value) || level > MAX_DEPTH) return false
  if (value.kind === "name") return isName(value.name)
  if (value.kind === "object")
    return isList(value.fields, (field) => isObject(field) && isName(field.key) && isPattern(field.pattern, level + 1))
  return value.kind === "array" && isList(value.items, (item) => item === undefined || isPattern(item, level + 1))
}

/** The parts of an attribute's text. */
export function isParts(value: unknown): value is (string | Expression)[] {
  return isList(value, (part) => typeof part === "string" || isExpression(part, 0))
}

export function isStatements(value: unknown): value is Statement[] {
  return isList(value, isStatement)
}

function isStatement(value: unknown): boolean {
  if (!isObject(value) || !isPlace(value.at)) return false
  if (value.kind === "call") return isName(value.handler) && isList(value.args, (part) => isExpression(part, 0))
  return (
    value.kind === "assign" &&
    ASSIGNED.has(String(value.operator)) &&
    isPath(value.target) &&
    isExpression(value.value, 0)
  )
}

/** Something that can be written: a name and steps from it. */
export function isPath(value: unknown): value is Expression {
  if (!isExpression(value, 0)) return false
  let node = value as Fields
  while ((node.kind === "member" || node.kind === "index") && node.optional === false) node = node.object as Fields
  return node.kind === "name"
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function isList(value: unknown, each: (item: unknown) => boolean): value is unknown[] {
  return Array.isArray(value) && value.every((item) => each(item))
}

function isName(value: unknown): boolean {
  return typeof value === "string" && !FORBIDDEN_NAMES.has(value)
}

function isPlace(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0
}

function isFlag(value: unknown): boolean {
  return typeof value === "boolean"
}
