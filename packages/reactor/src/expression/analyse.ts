import type { Reference } from "@nexus/protocol"
import { parseBinding } from "./binding.ts"
import { FUNCTIONS, NAMESPACES } from "./builtins.ts"
import { namespaced, resolveCall } from "./calls.ts"
import type { Inferred } from "./infer.ts"
import { parseExpression } from "./parse.ts"
import { rememberedWhenRepeated } from "./remembered.ts"
import { joinShapes, shapeOf } from "./shape.ts"
import { parseStatements, pathOf, type Statement } from "./statements.ts"
import { type Expression, ExpressionError, type Pattern } from "./syntax.ts"
import type { ValueType } from "./value-type.ts"

/** One use of `$state.name` and the like; `name` is absent where the whole root is used. */
export interface Use {
  readonly root: Reference["root"]
  readonly name: string | undefined
  readonly write: boolean
  readonly at: number
  readonly length: number
}

/** A name that must come from outside: a loop variable, `$panel`, `$event`, or a mistake. */
export interface FreeName {
  readonly name: string
  readonly at: number
}

/** What can be known of an attribute's text without running it. `at` counts in that text. */
export interface Analysis {
  /** The text is one hole and nothing else. */
  readonly lone: boolean
  readonly uses: readonly Use[]
  /** What the uses with a name refer to, each once. */
  readonly references: readonly Reference[]
  readonly free: readonly FreeName[]
  readonly calls: readonly FreeName[]
  /** Names that are assigned to as they stand, such as `value = 1`: only a component's own document may. */
  readonly assigned: readonly FreeName[]
  readonly errors: readonly ExpressionError[]
  /** The holes, or what the statements work out, in their order. */
  readonly expressions: readonly Expression[]
  /** What in them a type could forbid, see shape.ts. */
  readonly shape: number
  /** What they came to last, and the types of `references` then. */
  last: { readonly types: readonly (ValueType | undefined)[]; readonly inferred: readonly Inferred[] } | undefined
}

const PLAIN: Analysis = {
  lone: false,
  uses: [],
  references: [],
  free: [],
  calls: [],
  assigned: [],
  errors: [],
  expressions: [],
  shape: 0,
  last: undefined,
}
const MEMORY = 4000

const analyseHoles = rememberedWhenRepeated(MEMORY, (text): Analysis => {
  const { parts, errors } = parseBinding(text)
  const finder = new Finder()
  finder.errors.push(...errors)
  for (const part of parts) if (typeof part !== "string") finder.expression(part)
  return finder.analysis(parts.length === 1 && typeof parts[0] !== "string")
})

/** An attribute's text with `{expression}` holes. */
export function analyseBinding(text: string): Analysis {
  return text.includes("{") ? analyseHoles(text) : PLAIN
}

/** The statements of an event attribute. */
export const analyseStatements: (text: string) => Analysis = rememberedWhenRepeated(MEMORY, (text) => {
  const finder = new Finder()
  try {
    for (const statement of parseStatements(text)) finder.statement(statement)
  } catch (error) {
    finder.fail(error)
  }
  return finder.analysis(false)
})

/** What `bind` says: the place it names, or why it names none. */
export interface PlaceAnalysis {
  readonly root: string
  /** The names and indexes behind the root; `at` of the root. */
  readonly steps: readonly (string | Expression)[]
  readonly at: number
  /** The path read as an expression. */
  readonly whole: Analysis
  /** Where the first step is written. */
  readonly firstAt: number
  /** What its indexes use. */
  readonly inner: Analysis
  readonly error: ExpressionError | undefined
  /** The states it names, even where it is no place. */
  readonly states: readonly string[]
}

/** The path of a two-way `bind`. */
export const analysePlace: (text: string) => PlaceAnalysis = rememberedWhenRepeated(MEMORY, (text) => {
  let states: string[] = []
  try {
    const expression = parseExpression(text)
    const whole = new Finder()
    whole.expression(expression)
    states = whole.uses.flatMap(({ root, name }) => (root === "$state" && name !== undefined ? [name] : []))
    const { root, steps } = pathOf(expression)
    const finder = new Finder()
    for (const step of steps) if (typeof step !== "string") finder.expression(step)
    return {
      root,
      steps,
      at: expression.at,
      whole: whole.analysis(false),
      firstAt: firstStepAt(expression),
      inner: finder.analysis(false),
      error: undefined,
      states,
    }
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return { root: "", steps: [], at: 0, whole: PLAIN, firstAt: 0, inner: PLAIN, error, states }
  }
})

/** Finds names and calls, knowing which names arrow functions bind. */
class Finder {
  readonly uses: Use[] = []
  readonly free: FreeName[] = []
  readonly calls: FreeName[] = []
  readonly assigned: FreeName[] = []
  readonly errors: ExpressionError[] = []
  readonly expressions: Expression[] = []
  #shape = 0
  readonly #bound: string[] = []

  analysis(lone: boolean): Analysis {
    const { uses, free, calls, assigned, errors, expressions } = this
    return {
      lone,
      uses,
      references: referencesOf(uses),
      free,
      calls,
      assigned,
      errors,
      expressions,
      shape: this.#shape,
      last: undefined,
    }
  }

  fail(error: unknown): void {
    if (!(error instanceof ExpressionError)) throw error
    this.errors.push(error)
  }

  /** Looks through one expression; its first forbidden call is noted and ends it. */
  expression(expression: Expression): void {
    this.expressions.push(expression)
    try {
      this.#visit(expression)
    } catch (error) {
      this.fail(error)
    }
  }

  statement(statement: Statement): void {
    if (statement.kind === "call") {
      this.calls.push({ name: statement.handler, at: statement.at })
      for (const argument of statement.args) this.expression(argument)
      return
    }
    const { root, steps } = pathOf(statement.target)
    const [first] = steps
    if (root === "$state" && typeof first === "string")
      this.uses.push({ root, name: first, write: true, at: firstStepAt(statement.target), length: first.length })
    else if (root.startsWith("$"))
      throw new ExpressionError(
        "expression-forbidden",
        `"${root}" cannot be assigned to`,
        statement.at,
        root.length,
        "Assign to $state.name or to a path from a loop variable.",
      )
    else (steps.length === 0 ? this.assigned : this.free).push({ name: root, at: statement.at })
    for (const step of steps) if (typeof step !== "string") this.expression(step)
    this.expression(statement.value)
  }

  #visit(node: Expression): void {
    switch (node.kind) {
      case "literal":
        this.#shape |= shapeOf(node)
        return
      case "name":
        this.#name(node.name, node.at)
        return
      case "member":
        if (namespaced(node, this.#isBound) !== undefined || this.#root(node.object, node.property, node.propertyAt))
          return
        this.#shape |= shapeOf(node)
        this.#visit(node.object)
        return
      case "index": {
        const key = node.index.kind === "literal" && typeof node.index.value === "string" ? node.index.value : undefined
        if (key === undefined || !this.#root(node.object, key, node.index.at + 1)) {
          this.#shape |= shapeOf(node)
          this.#visit(node.object)
        }
        this.#visit(node.index)
        return
      }
      case "call": {
        const called = resolveCall(node, this.#isBound)
        if (called.kind === "method") {
          this.#shape |= shapeOf(node)
          this.#visit(called.callee.object)
        }
        for (const { value } of node.args) this.#visit(value)
        return
      }
      case "arrow": {
        const before = this.#bound.length
        for (const pattern of node.params) this.#bind(pattern)
        this.#visit(node.body)
        this.#bound.length = before
        return
      }
      case "template":
        this.#shape |= shapeOf(node)
        for (const hole of node.holes) this.#visit(hole)
        return
      case "array":
        for (const { value } of node.elements) this.#visit(value)
        return
      case "object":
        for (const { key, value } of node.properties) {
          if (typeof key === "object") this.#visit(key)
          this.#visit(value)
        }
        return
      case "unary":
        this.#shape |= shapeOf(node)
        this.#visit(node.operand)
        return
      case "binary":
        this.#shape = joinShapes(this.#shape, shapeOf(node))
        this.#visit(node.left)
        this.#visit(node.right)
        return
      case "conditional":
        this.#visit(node.test)
        this.#visit(node.yes)
        this.#visit(node.no)
    }
  }

  readonly #isBound = (name: string): boolean => this.#bound.includes(name)

  #name(name: string, at: number): void {
    if (this.#bound.includes(name) || name === "$panel") return
    if (name === "$state" || name === "$computed" || name === "$imports")
      this.uses.push({ root: name, name: undefined, write: false, at, length: name.length })
    else if (FUNCTIONS.has(name) || NAMESPACES.has(name))
      throw new ExpressionError("expression-forbidden", `"${name}" can only be called`, at, name.length)
    else this.free.push({ name, at })
  }

  /** Notes `$state.name`; false when `object` is no root. */
  #root(object: Expression, name: string, at: number): boolean {
    if (object.kind !== "name" || this.#bound.includes(object.name)) return false
    const root = object.name
    if (root !== "$state" && root !== "$computed" && root !== "$imports") return false
    this.uses.push({ root, name, write: false, at, length: name.length })
    return true
  }

  #bind(pattern: Pattern): void {
    if (pattern.kind === "name") this.#bound.push(pattern.name)
    else if (pattern.kind === "object") for (const field of pattern.fields) this.#bind(field.pattern)
    else for (const item of pattern.items) if (item !== undefined) this.#bind(item)
  }
}

/** Where the first step behind the root of a path is written. */
function firstStepAt(path: Expression): number {
  for (let node = path; node.kind === "member" || node.kind === "index"; node = node.object)
    if (node.object.kind === "name") return node.kind === "member" ? node.propertyAt : node.index.at + 1
  return path.at
}

function referencesOf(uses: readonly Use[]): Reference[] {
  const references: Reference[] = []
  for (const { root, name, write } of uses)
    if (
      name !== undefined &&
      !references.some((known) => known.name === name && known.root === root && known.write === write)
    )
      references.push({ root, name, write })
  return references
}
