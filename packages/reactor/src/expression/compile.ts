import { beginBudget, endBudget } from "./budget.ts"
import { namespaced, resolveCall } from "./calls.ts"
import { compileObject, compileTemplate, compileValues } from "./literals.ts"
import { type Arrow as CompiledArrow, type Field, LOOPS } from "./loops.ts"
import type { Callback } from "./methods.ts"
import { type Cell, compileBinary, compileUnary, compileWithConstant, type Run } from "./operators.ts"
import {
  compileName,
  compileOperandMember,
  compileParameterMember,
  compileReader,
  compileRootMember,
  interned,
} from "./reads.ts"
import type { Scope } from "./scope.ts"
import { compileStatePlace } from "./state-places.ts"
import {
  type Arrow,
  type Binary,
  type Call,
  type Conditional,
  type Element,
  type Expression,
  ExpressionError,
  type Index,
  type Member,
  type ObjectLiteral,
  type Pattern,
  walkExpression,
} from "./syntax.ts"
import { readProperty, toKey } from "./values.ts"

export type { Scope } from "./scope.ts"

/**
 * An expression becomes a tree of closures, without `eval`. Nothing here knows the parser: a tree that was kept as plain
 * data compiles as well. Each parameter of an arrow has one cell, which is enough because nothing can call itself: an arrow
 * has no name and stands only as an argument. Only a getter that is read in the middle can evaluate the same expression
 * once more; the outer evaluation's cells are put aside for that time. A function is never a value that text, data or the
 * result can hold. Scope objects for parameters were refused, since each call would make one; an array of parameters handed
 * from node to node was refused, since every node pays for every argument.
 */

/** What `?.` on a missing value makes of the rest of its chain. */
const MISSING = Symbol("missing")

/** Compiles to a function of the scope alone, with a budget where the expression can do more than its own length. */
export function compileExpression(expression: Expression): (scope: Scope) => unknown {
  const compiler = new Compiler()
  const run = compiler.compile(expression)
  let bounded = true
  walkExpression(expression, (node) => {
    if (node.kind === "call" || node.kind === "array" || node.kind === "object") bounded = false
    return bounded
  })
  if (bounded) return run
  const { cells } = compiler
  let running = 0
  return (scope) => {
    const outer = beginBudget()
    const aside = running++ === 0 ? undefined : cells.map(({ value }) => value)
    try {
      return run(scope)
    } finally {
      running--
      for (let index = 0; index < cells.length; index++) {
        const cell = cells[index]
        if (cell !== undefined) cell.value = aside?.[index]
      }
      endBudget(outer)
    }
  }
}

class Compiler {
  readonly cells: Cell[] = []
  #names = new Map<string, Cell>()

  compile(node: Expression): Run {
    switch (node.kind) {
      case "literal": {
        const value = node.value
        return () => value
      }
      case "name":
        return this.#name(node.name, node.at)
      case "template":
        return compileTemplate(
          node.texts,
          node.holes.map((hole) => this.compile(hole)),
        )
      case "array":
        return this.#elements(node.elements)
      case "object":
        return this.#object(node)
      case "member":
      case "index":
      case "call": {
        if (!hasOptional(node)) return this.#link(node)
        const chain = this.#link(node)
        return (scope) => {
          const value = chain(scope)
          return value === MISSING ? undefined : value
        }
      }
      case "unary":
        return compileUnary(node.operator, this.compile(node.operand))
      case "binary":
        return this.#binary(node)
      case "conditional":
        return this.#conditional(node)
      case "arrow":
        return () => undefined
    }
  }

  #name(name: string, at: number): Run {
    const cell = this.#names.get(name)
    return cell === undefined ? compileName(name, at) : () => cell.value
  }

  #binary(node: Binary): Run {
    const { operator } = node
    if (node.right.kind === "literal") {
      const { value } = node.right
      const plain = typeof value === "string" || typeof value === "number"
      const left = plain && operator !== "!=" ? this.#operand(node.left, operator) : this.compile(node.left)
      const run = compileWithConstant(operator, left, typeof value === "string" ? interned(value) : value)
      if (run !== undefined) return run
    }
    if (operator === "==") return compileBinary(operator, this.compile(node.left), this.compile(node.right))
    return compileBinary(operator, this.#operand(node.left, operator), this.#operand(node.right, operator))
  }

  /** What an operator takes: it makes a number, a text, true or false of it, and so of a function what it makes of nothing. */
  #operand(node: Expression, operator: Binary["operator"]): Run {
    const passes = operator === "&&" || operator === "||" || operator === "??" || operator === "!="
    if (passes || node.kind !== "member" || node.optional || node.object.kind !== "name") return this.compile(node)
    if (this.#names.has(node.object.name)) return this.compile(node)
    const { object, property, propertyAt } = node
    return compileOperandMember(object.name, property, object.at, propertyAt) ?? this.compile(node)
  }

  /** Constants are answered, not called for; a second condition behind the first is asked in the same function. */
  #conditional({ test: first, yes, no }: Conditional): Run {
    const test = this.compile(first)
    if (yes.kind === "literal" && no.kind === "literal") {
      const [one, other] = [yes.value, no.value]
      return (scope) => (test(scope) ? one : other)
    }
    const one = this.compile(yes)
    if (no.kind === "conditional") {
      const then = this.compile(no.test)
      const two = this.compile(no.yes)
      const other = this.compile(no.no)
      return (scope) => (test(scope) ? one(scope) : then(scope) ? two(scope) : other(scope))
    }
    const other = this.compile(no)
    return (scope) => (test(scope) ? one(scope) : other(scope))
  }

  /** A member, index or call inside a chain: MISSING passes through where a `?.` stood before. */
  #link(node: Expression): Run {
    if (node.kind === "member") return this.#member(node)
    if (node.kind === "call") return this.#call(node)
    return node.kind === "index" ? this.#index(node) : this.compile(node)
  }

  #index(node: Index): Run {
    const object = this.#link(node.object)
    const index = this.compile(node.index)
    const { at, optional } = node
    return (scope) => {
      const target = object(scope)
      if (target === MISSING || (optional && (target === null || target === undefined))) return MISSING
      return readProperty(target, toKey(index(scope), at), at)
    }
  }

  #member(node: Member): Run {
    const plain = this.#plainMember(node)
    return compileStatePlace(node, (name) => this.#names.has(name), plain) ?? plain
  }

  #plainMember(node: Member): Run {
    const constant = namespaced(node, (name) => this.#names.has(name))
    if (typeof constant === "number") return () => constant
    const { object, property, propertyAt, optional } = node
    if (object.kind === "name" && !optional) {
      const cell = this.#names.get(object.name)
      if (cell !== undefined) return compileParameterMember(cell, property, propertyAt)
      const run = compileRootMember(object.name, property, object.at, propertyAt)
      if (run !== undefined) return run
    }
    const read = compileReader(property, propertyAt)
    const link = this.#link(object)
    if (!hasOptional(node)) return (scope) => read(link(scope))
    return (scope) => {
      const target = link(scope)
      if (target === MISSING || (optional && (target === null || target === undefined))) return MISSING
      return read(target)
    }
  }

  #call(node: Call): Run {
    const { at } = node
    const called = resolveCall(node, (name) => this.#names.has(name))
    if (called.kind === "builtin") {
      const args = this.#elements(node.args)
      const { run } = called.builtin
      return (scope) => {
        try {
          return run(args(scope))
        } catch (error) {
          throw placed(error, at)
        }
      }
    }
    const { callee, text, list, number } = called
    const method = callee.property
    const object = this.#link(callee.object)
    const skip = callee.optional || node.optional
    const loop = this.#loop(method, node.args)
    const args = loop === undefined ? this.#elements(node.args) : () => []
    return (scope) => {
      const target = object(scope)
      if (target === MISSING || (skip && (target === null || target === undefined))) return MISSING
      try {
        if (Array.isArray(target)) {
          if (loop !== undefined) return loop(target, scope)
          if (list !== undefined) return list(target, args(scope))
        } else if (typeof target === "string") {
          if (text !== undefined) return text(target, args(scope))
        } else if (typeof target === "number" && number !== undefined) return number(target, args(scope))
      } catch (error) {
        throw placed(error, at)
      }
      if (typeof target === "boolean" && method === "toString") return String(target)
      throw noMethod(target, callee)
    }
  }

  /** The method as a loop around the arrow's body; undefined when it is none or is called in another way. */
  #loop(method: string, args: readonly Element[]) {
    const loop = LOOPS.get(method)
    const [taken, start, more] = args
    if (loop === undefined || taken?.value.kind !== "arrow" || more !== undefined) return undefined
    if (start !== undefined && (method !== "reduce" || start.spread)) return undefined
    const arrow = this.#arrow(taken.value)
    if (start === undefined) return (list: readonly unknown[], scope: Scope) => loop(list, arrow, scope)
    const first = this.compile(start.value)
    return (list: readonly unknown[], scope: Scope) => loop(list, arrow, scope, { value: first(scope) })
  }

  /** Values in a row, spreads opened. */
  #elements(elements: readonly Element[]): (scope: Scope) => unknown[] {
    const parts = elements.map(({ spread, value }) => ({
      spread,
      run: value.kind === "arrow" ? this.#callback(value) : this.compile(value),
      at: value.at,
    }))
    return compileValues(parts)
  }

  /** An arrow as a function, for whatever has no loop here. */
  #callback(node: Arrow): Run {
    const { first, second, enter, body } = this.#arrow(node)
    return (scope): Callback =>
      (a, b, c) => {
        first.value = a
        if (second !== undefined) second.value = b
        enter?.(a, b, c)
        return body(scope)
      }
  }

  #arrow(node: Arrow): CompiledArrow {
    const outer = this.#names
    this.#names = new Map(outer)
    const [a, b, c] = node.params
    const first = this.#cell(a)
    const second = b?.kind === "name" ? this.#cell(b) : undefined
    const fillFirst = a === undefined || a.kind === "name" ? undefined : this.#pattern(a)
    const fillSecond = b === undefined || b.kind === "name" ? undefined : this.#pattern(b)
    const fillThird = c === undefined ? undefined : this.#pattern(c)
    const body = this.compile(node.body)
    this.#names = outer
    const field = fieldOf(node)
    if ((fillFirst ?? fillSecond ?? fillThird) === undefined) return { first, second, enter: undefined, body, field }
    return {
      first,
      second,
      enter: (one, two, three) => {
        fillFirst?.(one)
        fillSecond?.(two)
        fillThird?.(three)
      },
      body,
      field: undefined,
    }
  }

  /** A new cell; the name's, when `pattern` is one. */
  #cell(pattern: Pattern | undefined): Cell {
    const cell: Cell = { value: undefined }
    this.cells.push(cell)
    if (pattern?.kind === "name") this.#names.set(pattern.name, cell)
    return cell
  }

  /** Gives every name of the pattern its cell and answers what fills them. */
  #pattern(pattern: Pattern): (value: unknown) => void {
    if (pattern.kind === "name") {
      const cell = this.#cell(pattern)
      return (value) => {
        cell.value = value
      }
    }
    if (pattern.kind === "object") {
      const fields = pattern.fields.map(({ key, pattern }) => ({
        read: compileReader(key, 0),
        fill: this.#pattern(pattern),
      }))
      return (value) => {
        for (const { read, fill } of fields) fill(read(value))
      }
    }
    const items = pattern.items.map((item) => (item === undefined ? undefined : this.#pattern(item)))
    return (value) => {
      for (let index = 0; index < items.length; index++) items[index]?.(readProperty(value, index, 0))
    }
  }

  #object(node: ObjectLiteral): Run {
    return compileObject(
      node.properties.map(({ key, value }) => ({
        key: typeof key === "object" ? this.compile(key) : key,
        run: this.compile(value),
        at: value.at,
      })),
    )
  }
}

/** `x => x.name` and `x => !x.name`. */
function fieldOf({ params, body }: Arrow): Field | undefined {
  const [first] = params
  if (params.length !== 1) return undefined
  const negated = body.kind === "unary" && body.operator === "!"
  const member = negated ? body.operand : body
  if (member.kind !== "member" || member.optional || member.object.kind !== "name" || first?.kind !== "name")
    return undefined
  if (member.object.name !== first.name) return undefined
  return { read: compileReader(member.property, member.propertyAt), negated }
}

function hasOptional(node: Expression): boolean {
  for (let link = node; ; ) {
    if (link.kind === "member" || link.kind === "index") {
      if (link.optional) return true
      link = link.object
    } else if (link.kind === "call") {
      if (link.optional) return true
      link = link.callee
    } else return false
  }
}

/** What was refused without knowing where is said to be at `at`. */
function placed(error: unknown, at: number): unknown {
  return error instanceof ExpressionError && error.length === 0
    ? new ExpressionError(error.code, error.message, at, 1, error.hint)
    : error
}

function noMethod(target: unknown, { property, propertyAt }: Member): ExpressionError {
  const message = `${kindOf(target)} has no method "${property}"`
  const hint =
    target === null || target === undefined
      ? "Write ?. where a value may be missing."
      : Array.isArray(target)
        ? "Take one of its items, or join it to text."
        : "Turn it into text with String(…), or into a number with Number(…)."
  return new ExpressionError("expression-failed", message, propertyAt, property.length, hint)
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return `A missing value (${value})`
  if (Array.isArray(value)) return "A list"
  return `A value of type ${typeof value}`
}
