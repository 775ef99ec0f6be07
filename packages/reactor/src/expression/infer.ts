import { NAMESPACES } from "./builtins.ts"
import { commonMethod, FUNCTION_SIGNATURES, methodsOf, NAMESPACE_SIGNATURES, type Signature } from "./signatures.ts"
import type { Arrow, Binary, Call, Element, Expression, Index, Member, Pattern, Unary } from "./syntax.ts"
import {
  equalsNoOther,
  neverEqual,
  notAddable,
  notNumeric,
  type TypeFinding,
  unknownMember,
  unknownMethod,
} from "./type-findings.ts"
import {
  ANY,
  BOOLEAN,
  join,
  joined,
  LIST,
  listOf,
  membersOf,
  NOTHING,
  NUMBER,
  STRING,
  STRINGS,
  type ValueType,
} from "./value-type.ts"

/**
 * What an expression comes to, from the types of the names it reads, and what in it cannot be meant. Every finding is
 * certain: where a value may be of two kinds, or an object have more members than are known, nothing is said. A part with
 * a finding is of any type from there on, so that one mistake is told once.
 */
/** The type of a name that an expression begins with: `$state`, `item`; undefined when nothing is known of it. */
export type TypeNames = (name: string) => ValueType | undefined

export interface Inferred {
  readonly type: ValueType
  readonly findings: readonly TypeFinding[]
}

/** The type of an expression, and what in it cannot be meant. `watch` is told the type of every part, innermost first. */
export function inferExpression(
  expression: Expression,
  names: TypeNames,
  watch?: (node: Expression, type: ValueType, locals: ReadonlyMap<string, ValueType>) => void,
): Inferred {
  const inference = new Inference(names, watch)
  const type = inference.infer(expression)
  return { type, findings: inference.findings }
}

const NO_FINDINGS: TypeFinding[] = []

class Inference {
  findings: TypeFinding[] = NO_FINDINGS
  readonly #names: TypeNames
  readonly #watch: ((node: Expression, type: ValueType, locals: ReadonlyMap<string, ValueType>) => void) | undefined
  /** The parameters of the arrows around. */
  readonly #locals = new Map<string, ValueType>()

  constructor(
    names: TypeNames,
    watch: ((node: Expression, type: ValueType, locals: ReadonlyMap<string, ValueType>) => void) | undefined,
  ) {
    this.#names = names
    this.#watch = watch
  }

  infer(node: Expression): ValueType {
    const type = this.#infer(node)
    this.#watch?.(node, type, this.#locals)
    return type
  }

  #infer(node: Expression): ValueType {
    switch (node.kind) {
      case "literal":
        return literalType(node.value)
      case "name":
        return this.#locals.get(node.name) ?? this.#names(node.name) ?? ANY
      case "template":
        for (const hole of node.holes) this.infer(hole)
        return STRING
      case "array":
        return this.#list(node.elements)
      case "object": {
        const members = new Map<string, ValueType>()
        let open = false
        for (const { key, value } of node.properties) {
          if (typeof key === "object") this.infer(key)
          const type = this.infer(value)
          if (typeof key === "string") members.set(key, type)
          else open = true
          if (key === undefined && type.kind === "object")
            for (const [name, known] of type.members) members.set(name, known)
        }
        return { kind: "object", members, open }
      }
      case "member":
        return this.#member(node)
      case "index":
        return this.#index(node)
      case "call":
        return this.#call(node)
      case "unary":
        return this.#unary(node)
      case "binary":
        return this.#binary(node)
      case "conditional": {
        this.infer(node.test)
        return join(this.infer(node.yes), this.infer(node.no))
      }
      case "arrow":
        return ANY
    }
  }

  #list(elements: readonly Element[]): ValueType {
    const types = elements.map(({ spread, value }) => {
      const type = this.infer(value)
      if (!spread) return type
      return type.kind === "list" ? type.element : type.kind === "string" ? STRING : ANY
    })
    return listOf(joined(types))
  }

  #member(node: Member): ValueType {
    const { object } = node
    if (object.kind === "name" && this.#isNamespace(object.name))
      return resultOf(NAMESPACE_SIGNATURES.get(object.name)?.get(node.property), ANY, ANY)
    return this.#read(this.infer(object), node.property, node.propertyAt, object)
  }

  /** `object.name` or `object["name"]`. */
  #read(type: ValueType, name: string, at: number, object: Expression): ValueType {
    const known = membersOf(type).get(name)
    if (known !== undefined) return known
    if (type.kind === "any" || type.kind === "nothing" || (type.kind === "object" && type.open)) return ANY
    this.#find(unknownMember(object, type, name, at))
    return ANY
  }

  #index(node: Index): ValueType {
    const type = this.infer(node.object)
    const { index } = node
    if (type.kind === "object" && index.kind === "literal" && typeof index.value === "string")
      return this.#read(type, index.value, index.at + 1, node.object)
    const key = this.infer(index)
    if (key.kind !== "number") return ANY
    return type.kind === "list" ? type.element : type.kind === "string" ? STRING : ANY
  }

  #call(node: Call): ValueType {
    const { callee, args } = node
    if (callee.kind === "name") {
      const signature = this.#locals.has(callee.name) ? undefined : FUNCTION_SIGNATURES.get(callee.name)
      return this.#result(signature, ANY, args)
    }
    if (callee.kind !== "member") {
      this.infer(callee)
      return this.#result(undefined, ANY, args)
    }
    if (callee.object.kind === "name" && this.#isNamespace(callee.object.name)) {
      const signature = NAMESPACE_SIGNATURES.get(callee.object.name)?.get(callee.property)
      return this.#result(signature, ANY, args)
    }
    const receiver = this.infer(callee.object)
    if (receiver.kind === "any" || receiver.kind === "nothing")
      return this.#result(commonMethod(callee.property), ANY, args)
    const methods = methodsOf(receiver)
    const signature = methods.get(callee.property)
    if (signature !== undefined) return this.#result(signature, receiver, args)
    this.#find(unknownMethod(callee, receiver))
    this.#result(undefined, ANY, args)
    return ANY
  }

  #isNamespace(name: string): boolean {
    return NAMESPACES.has(name) && !this.#locals.has(name)
  }

  /** Goes through the arguments, arrows with the items they will get, and answers what the call gives. */
  #result(signature: Signature | undefined, receiver: ValueType, args: readonly Element[]): ValueType {
    let subject = receiver
    let answer: ValueType = ANY
    let previous: ValueType = ANY
    args.forEach(({ value, spread }, position) => {
      if (value.kind === "arrow") answer = this.#arrow(value, signature?.name ?? "", subject, args[position + 1])
      else previous = this.infer(value)
      // The functions that take a list take it first: its items are what their arrow gets.
      if (position === 0 && receiver === ANY && !spread && value.kind !== "arrow") subject = previous
    })
    if (receiver === ANY && signature?.gives === "list" && subject.kind === "list" && KEEPS.has(signature.name))
      return subject
    return resultOf(signature, receiver, answer)
  }

  #arrow(arrow: Arrow, method: string, subject: ValueType, next: Element | undefined): ValueType {
    const element = subject.kind === "list" ? subject.element : ANY
    if (method === "reduce" || method === "reduceRight") {
      const start = next === undefined || next.spread ? ANY : this.#quietly(() => this.infer(next.value))
      const total = start.kind === "number" || start.kind === "string" || start.kind === "boolean" ? start : ANY
      const answer = this.#quietly(() => this.#body(arrow, [total, element, NUMBER]))
      const kept = answer.kind === total.kind ? total : ANY
      return this.#body(arrow, [kept, element, NUMBER])
    }
    if (method === "sort" || method === "toSorted") return this.#body(arrow, [element, element])
    return this.#body(arrow, [element, NUMBER, subject])
  }

  #body(arrow: Arrow, types: readonly ValueType[]): ValueType {
    const outer = new Map(this.#locals)
    arrow.params.forEach((pattern, position) => {
      this.#bind(pattern, types[position] ?? ANY)
    })
    const type = this.infer(arrow.body)
    this.#locals.clear()
    for (const [name, known] of outer) this.#locals.set(name, known)
    return type
  }

  #bind(pattern: Pattern, type: ValueType): void {
    if (pattern.kind === "name") this.#locals.set(pattern.name, type)
    else if (pattern.kind === "object")
      for (const { key, pattern: inner } of pattern.fields) this.#bind(inner, membersOf(type).get(key) ?? ANY)
    else
      for (const item of pattern.items)
        if (item !== undefined) this.#bind(item, type.kind === "list" ? type.element : ANY)
  }

  /** Infers without telling: the same part is inferred again for good. */
  #quietly(infer: () => ValueType): ValueType {
    const told = this.findings
    this.findings = []
    const type = infer()
    this.findings = told
    return type
  }

  #unary({ operator, operand }: Unary): ValueType {
    const type = this.infer(operand)
    if (operator === "!") return BOOLEAN
    if (operator === "typeof") return STRING
    return this.#isNumeric(operand, type, operator) ? NUMBER : ANY
  }

  #binary(node: Binary): ValueType {
    const left = this.infer(node.left)
    const right = this.infer(node.right)
    switch (node.operator) {
      case "??":
      case "||":
      case "&&":
        return join(left, right)
      case "==":
      case "!=":
        this.#equality(node, left, right)
        return BOOLEAN
      case "+":
        return this.#plus(node, left, right)
      case "<":
      case ">":
      case "<=":
      case ">=":
        if (this.#isNumeric(node.left, left, node.operator)) this.#isNumeric(node.right, right, node.operator)
        return BOOLEAN
      default:
        return this.#isNumeric(node.left, left, node.operator) && this.#isNumeric(node.right, right, node.operator)
          ? NUMBER
          : ANY
    }
  }

  /** Can the operator work with it? A list or an object never becomes a number that is meant. */
  #isNumeric(operand: Expression, type: ValueType, operator: string): boolean {
    const { kind } = type
    const word = operand.kind === "literal" && typeof operand.value === "string" ? operand.value : undefined
    const compares = operator.startsWith("<") || operator.startsWith(">")
    if (kind !== "list" && kind !== "object" && (word === undefined || compares || !Number.isNaN(Number(word))))
      return true
    this.#find(notNumeric(operand, type, operator))
    return false
  }

  #plus({ left, right }: Binary, leftType: ValueType, rightType: ValueType): ValueType {
    if (leftType.kind === "any" || rightType.kind === "any") {
      const text = leftType.kind === "string" || rightType.kind === "string"
      for (const [operand, type] of [
        [left, leftType],
        [right, rightType],
      ] as const)
        if (type.kind === "object") return this.#cannotAdd(operand, type)
      return text ? STRING : ANY
    }
    if (leftType.kind === "object") return this.#cannotAdd(left, leftType)
    if (rightType.kind === "object") return this.#cannotAdd(right, rightType)
    const text = leftType.kind === "string" || rightType.kind === "string"
    if (text) return STRING
    if (leftType.kind === "list") return this.#cannotAdd(left, leftType)
    if (rightType.kind === "list") return this.#cannotAdd(right, rightType)
    return NUMBER
  }

  #cannotAdd(operand: Expression, type: ValueType): ValueType {
    this.#find(notAddable(operand, type))
    return ANY
  }

  #equality(node: Binary, left: ValueType, right: ValueType): void {
    const made = isMade(node.left) ? node.left : isMade(node.right) ? node.right : undefined
    if (made !== undefined) this.#find(equalsNoOther(made, node.operator))
    else if (COMPARED.has(left.kind) && COMPARED.has(right.kind) && left.kind !== right.kind)
      this.#find(neverEqual(node, left, right))
  }

  #find(finding: TypeFinding): void {
    if (this.findings === NO_FINDINGS) this.findings = [finding]
    else this.findings.push(finding)
  }
}

/** A list or an object that is written where it stands. */
function isMade({ kind }: Expression): boolean {
  return kind === "array" || kind === "object"
}

const COMPARED: ReadonlySet<string> = new Set(["string", "number", "boolean", "list", "object"])
/** Functions that answer a list of the items they were given. */
const KEEPS: ReadonlySet<string> = new Set(["sortBy", "unique"])

function literalType(value: string | number | boolean | null | undefined): ValueType {
  if (typeof value === "string") return STRING
  if (typeof value === "number") return NUMBER
  return typeof value === "boolean" ? BOOLEAN : NOTHING
}

function resultOf(signature: Signature | undefined, receiver: ValueType, answer: ValueType): ValueType {
  switch (signature?.gives) {
    case "string":
      return STRING
    case "number":
      return NUMBER
    case "boolean":
      return BOOLEAN
    case "strings":
      return STRINGS
    case "list":
      return LIST
    case "itself":
      return receiver
    case "element":
      return receiver.kind === "list" ? receiver.element : ANY
    case "answer":
      return answer
    case "answers":
      return listOf(answer)
    default:
      return ANY
  }
}
