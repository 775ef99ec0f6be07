import { parseExpression } from "../../expression/parse.ts"
import { remembered } from "../../expression/remembered.ts"
import { parseStatements } from "../../expression/statements.ts"
import { type Expression, ExpressionError, type Pattern } from "../../expression/syntax.ts"
import { holesOf } from "./holes.ts"

export type Root = "$state" | "$computed" | "$imports"

/** A name in the text of an attribute. `at` counts in that text. */
export interface NameUse {
  /** The root it is a member of, `handler` for a call, or undefined for a name that stands alone. */
  readonly of: Root | "handler" | undefined
  readonly name: string
  readonly at: number
  readonly write: boolean
  /** `{ item }` in an object: the name is its key as well. */
  readonly shorthand: boolean
  /** Names that arrow functions bind around it: it cannot take one of them. */
  readonly bound: readonly string[]
}

/** The names an attribute uses, without those that its own arrow functions bind; `whole` is false where some could not be read. */
export interface NameUses {
  readonly names: readonly NameUse[]
  readonly whole: boolean
}

const MEMORY = 4000
const NOTHING: NameUses = { names: [], whole: true }

export function namesInBinding(text: string): NameUses {
  return text.includes("{") ? namesInHoles(text) : NOTHING
}

const namesInHoles = remembered(MEMORY, (text): NameUses => {
  const finder = new Finder(text)
  let whole = true
  for (const { expression } of holesOf(text)) {
    if (expression === undefined) whole = false
    else finder.visit(expression)
  }
  return { names: finder.names, whole }
})

/** The place a `bind` names. */
export const namesInPath: (text: string) => NameUses = remembered(MEMORY, (text) =>
  attempted(text, (finder) => finder.visit(parseExpression(text), true)),
)

export const namesInStatements: (text: string) => NameUses = remembered(MEMORY, (text) =>
  attempted(text, (finder) => {
    for (const statement of parseStatements(text)) {
      if (statement.kind === "call") {
        finder.note("handler", statement.handler, statement.at, false)
        for (const argument of statement.args) finder.visit(argument)
      } else {
        finder.visit(statement.target, true)
        finder.visit(statement.value)
      }
    }
  }),
)

function attempted(text: string, read: (finder: Finder) => void): NameUses {
  const finder = new Finder(text)
  try {
    read(finder)
    return { names: finder.names, whole: true }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return { names: finder.names, whole: false }
  }
}

/** Walks expressions and notes the names that come from outside of them. */
class Finder {
  readonly names: NameUse[] = []
  readonly #text: string
  readonly #bound: string[] = []

  constructor(text: string) {
    this.#text = text
  }

  note(of: NameUse["of"], name: string, at: number, write: boolean, shorthand = false): void {
    this.names.push({ of, name, at, write, shorthand, bound: [...this.#bound] })
  }

  /** `write`: what the expression names is written. */
  visit(node: Expression, write = false): void {
    switch (node.kind) {
      case "literal":
        return
      case "name":
        if (!this.#bound.includes(node.name)) this.note(undefined, node.name, node.at, write)
        return
      case "member":
        if (!this.#member(node.object, node.property, node.propertyAt, write)) this.visit(node.object, write)
        return
      case "index":
        this.#index(node.object, node.index, write)
        return
      case "call":
        this.visit(node.callee)
        for (const { value } of node.args) this.visit(value)
        return
      case "arrow": {
        const before = this.#bound.length
        for (const pattern of node.params) this.#bind(pattern)
        this.visit(node.body)
        this.#bound.length = before
        return
      }
      case "template":
        for (const hole of node.holes) this.visit(hole)
        return
      case "array":
        for (const { value } of node.elements) this.visit(value)
        return
      case "object":
        for (const { key, value } of node.properties) this.#property(key, value)
        return
      case "unary":
        this.visit(node.operand)
        return
      case "binary":
        this.visit(node.left)
        this.visit(node.right)
        return
      case "conditional":
        this.visit(node.test)
        this.visit(node.yes)
        this.visit(node.no)
    }
  }

  #property(key: string | Expression | undefined, value: Expression): void {
    if (typeof key === "object") this.visit(key)
    if (typeof key === "string" && value.kind === "name" && value.name === key && this.#isShorthand(value.at)) {
      if (!this.#bound.includes(key)) this.note(undefined, key, value.at, false, true)
    } else this.visit(value)
  }

  /** A shorthand's name follows the brace or a comma; a value follows its colon. */
  #isShorthand(at: number): boolean {
    const before = this.#text.slice(0, at).trimEnd()
    return before.endsWith("{") || before.endsWith(",")
  }

  #index(object: Expression, index: Expression, write: boolean): void {
    const named = index.kind === "literal" && typeof index.value === "string" ? index.value : undefined
    const plain = named !== undefined && this.#text.slice(index.at + 1, index.end - 1) === named
    if (!plain || !this.#member(object, named, index.at + 1, write)) this.visit(object, write)
    this.visit(index)
  }

  /** Notes `$state.name`; false when `object` is no root. */
  #member(object: Expression, name: string, at: number, write: boolean): boolean {
    if (object.kind !== "name" || !isRoot(object.name) || this.#bound.includes(object.name)) return false
    this.note(object.name, name, at, write)
    return true
  }

  #bind(pattern: Pattern): void {
    if (pattern.kind === "name") this.#bound.push(pattern.name)
    else if (pattern.kind === "object") for (const field of pattern.fields) this.#bind(field.pattern)
    else for (const item of pattern.items) if (item !== undefined) this.#bind(item)
  }
}

export function isRoot(name: unknown): name is Root {
  return name === "$state" || name === "$computed" || name === "$imports"
}
