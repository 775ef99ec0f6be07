import { LIST_SIGNATURES, methodsOf, STRING_SIGNATURES } from "./signatures.ts"
import type { Binary, Expression, Member } from "./syntax.ts"
import { membersOf, type ValueType } from "./value-type.ts"

/** Something that cannot be meant: a sentence with the names and kinds in it, and what to do. `at` counts in the text. */
export interface TypeFinding {
  readonly code: "unknown-member" | "wrong-operand" | "unknown-method"
  readonly at: number
  readonly length: number
  readonly message: string
  readonly hint: string
  /** Names that may have been meant instead of the stretch, to find the nearest. */
  readonly candidates?: readonly string[]
  /** What to write instead of the stretch. */
  readonly instead?: string
}

export function unknownMember(object: Expression, type: ValueType, name: string, at: number): TypeFinding {
  const method = methodsOf(type).get(name)
  const found = {
    code: "unknown-member",
    at,
    length: name.length,
    message: `${shown(object)} is ${kindOf(type)} and has no member "${name}"`,
  } as const
  if (method !== undefined) return { ...found, hint: `It is a method: call it, ${method.signature}.` }
  return {
    ...found,
    hint: hintForMembers(shown(object), type),
    candidates: [...membersOf(type).keys()],
  }
}

export function unknownMethod({ object, property, propertyAt }: Member, receiver: ValueType): TypeFinding {
  const methods = methodsOf(receiver)
  const others = LIST_SIGNATURES.has(property) ? "lists" : STRING_SIGNATURES.has(property) ? "text" : "numbers"
  const some = [...methods.keys()].slice(0, 5).join(", ") + (methods.size > 5 ? " …" : "")
  return {
    code: "unknown-method",
    at: propertyAt,
    length: property.length,
    message: `${shown(object)} is ${kindOf(receiver)} and has no method "${property}"`,
    hint:
      receiver.kind === "object"
        ? "Take its values with Object.values(…) or its names with Object.keys(…)."
        : `"${property}" is a method of ${others}; ${HAVE[receiver.kind]} ${some}.`,
    candidates: [...methods.keys()],
  }
}

const HAVE = {
  any: "it has",
  nothing: "it has",
  string: "text has",
  number: "a number has",
  boolean: "true and false have",
  list: "a list has",
}

/** An operand that the operator can make no number of. */
export function notNumeric(operand: Expression, type: ValueType, operator: string): TypeFinding {
  const able = operator.startsWith("<") || operator.startsWith(">") ? "compare" : "calculate with"
  const hints = { list: "Take its length, one of its items, or sum(…).", object: "Take one of its members." }
  const hint = type.kind === "list" || type.kind === "object" ? hints[type.kind] : "Write a number."
  return wrongOperand(operand, `${shown(operand)} is ${kindOf(type)}, which ${operator} cannot ${able}`, hint)
}

/** A list or an object that + would turn into text. */
export function notAddable(operand: Expression, type: ValueType): TypeFinding {
  const hint =
    type.kind === "list"
      ? "Put lists together with concat, or write [...a, ...b]."
      : "Take one of its members, or JSON.stringify(…)."
  return wrongOperand(operand, `${shown(operand)} is ${kindOf(type)}, which + turns into text`, hint)
}

/** A list or an object written into a comparison: it is a new one each time. */
export function equalsNoOther(made: Expression, operator: string): TypeFinding {
  const list = made.kind === "array"
  const message = `${list ? "A list" : "An object"} written here equals no other: this is ${outcomeOf(operator)} true`
  return wrongOperand(made, message, list ? "Ask for .length == 0, or for each item." : "Compare its members.")
}

/** Two sides that are of different kinds. */
export function neverEqual(node: Binary, left: ValueType, right: ValueType): TypeFinding {
  const operand = node.left.kind === "literal" ? node.left : node.right
  const sides = `${shown(node.left)} is ${kindOf(left)} and ${shown(node.right)} is ${kindOf(right)}`
  const message = `${sides}: this is ${outcomeOf(node.operator)} true`
  const instead = unquoted(left, right, operand)
  if (instead === undefined) return wrongOperand(operand, message, hintForEquality(left, right))
  return { ...wrongOperand(operand, message, `Compare with ${instead}, without quotes.`), instead }
}

function wrongOperand({ at, end }: Expression, message: string, hint: string): TypeFinding {
  return { code: "wrong-operand", at, length: end - at, message, hint }
}

function outcomeOf(operator: string): string {
  return operator === "==" ? "never" : "always"
}

/** The expression as it is named: a path as it is written, anything else as what it is. */
function shown(node: Expression): string {
  const path = pathText(node)
  if (path !== undefined && path.length <= 60) return path
  if (node.kind === "literal") return JSON.stringify(node.value) ?? "undefined"
  return node.kind === "call" && node.callee.kind === "member" ? `What ${node.callee.property} gives` : "This"
}

function pathText(node: Expression): string | undefined {
  if (node.kind === "name") return node.name
  if (node.kind !== "member" && node.kind !== "index") return undefined
  const object = pathText(node.object)
  if (object === undefined) return undefined
  if (node.kind === "member") return `${object}.${node.property}`
  return `${object}[${node.index.kind === "literal" ? JSON.stringify(node.index.value) : (pathText(node.index) ?? "…")}]`
}

function kindOf(type: ValueType): string {
  if (type.kind === "string") return "text"
  if (type.kind === "boolean") return "true or false"
  return type.kind === "object" ? "an object" : `a ${type.kind}`
}

function hintForMembers(named: string, type: ValueType): string {
  if (type.kind === "list")
    return `Read an item, such as ${named.includes(" ") || named === "This" ? "list" : named}[0], or its length.`
  if (type.kind === "object") return `It has ${[...type.members.keys()].slice(0, 8).join(", ")}.`
  return type.kind === "string" ? "Text has a length and methods." : `A ${type.kind} has no members.`
}

/** The number, true or false that was put in quotes. */
function unquoted(left: ValueType, right: ValueType, operand: Expression): string | undefined {
  if (operand.kind !== "literal" || typeof operand.value !== "string") return undefined
  const written = operand.value.trim()
  const other = left.kind === "string" ? right.kind : left.kind
  const truth = other === "boolean" && (written === "true" || written === "false")
  return truth || (other === "number" && /^-?\d+(?:\.\d+)?$/.test(written)) ? written : undefined
}

function hintForEquality(left: ValueType, right: ValueType): string {
  const kinds = [left.kind, right.kind]
  if (kinds.includes("list") || kinds.includes("object")) return "Compare its length, an item or a member."
  return `== is strict: turn one side into the other with ${kinds.includes("number") ? "Number(…) or " : ""}String(…).`
}
