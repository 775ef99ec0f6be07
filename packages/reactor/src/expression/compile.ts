import { spend, withBudget } from "./budget.ts"
import { namespaced, resolveCall } from "./calls.ts"
import type { Callback } from "./methods.ts"
import {
  type Arrow,
  type Binary,
  type Call,
  type Element,
  type Expression,
  ExpressionError,
  type Member,
  type ObjectLiteral,
  type Pattern,
  type Unary,
  walkExpression,
} from "./syntax.ts"
import { add, compare, isData, itemsOf, numberOf, putProperty, readProperty, textOf, toKey } from "./values.ts"

/**
 * An expression becomes a tree of closures, without `eval`: each node is one function of the scope and the arrow
 * parameters. Parameters live in one array with a fixed slot each, which is enough because nothing can call itself: an
 * arrow has no name and stands only as an argument. A function is never a value that text, data or the result can hold.
 */
export interface Scope {
  readonly [name: string]: unknown
}

type Run = (scope: Scope, locals: unknown[]) => unknown

/** What `?.` on a missing value makes of the rest of its chain. */
const MISSING = Symbol("missing")
const NO_LOCALS: unknown[] = []

/** Compiles to a function of the scope alone, with a budget where the expression can do more than its own length. */
export function compileExpression(expression: Expression): (scope: Scope) => unknown {
  const compiler = new Compiler()
  const run = compiler.compile(expression)
  let bounded = true
  walkExpression(expression, (node) => {
    if (node.kind === "call" || node.kind === "array" || node.kind === "object") bounded = false
    return bounded
  })
  if (bounded) return (scope) => run(scope, NO_LOCALS)
  const size = compiler.slots
  return (scope) => withBudget(() => run(scope, size === 0 ? NO_LOCALS : new Array(size)))
}

class Compiler {
  slots = 0
  #names = new Map<string, number>()

  compile(node: Expression): Run {
    switch (node.kind) {
      case "literal": {
        const value = node.value
        return () => value
      }
      case "name":
        return this.#name(node.name, node.at)
      case "template": {
        const texts = node.texts
        const holes = node.holes.map((hole) => this.compile(hole))
        return (scope, locals) => {
          let value: unknown = texts[0]
          for (let index = 0; index < holes.length; index++) {
            value = add(value, textOf(holes[index]?.(scope, locals)))
            value = add(value, texts[index + 1] ?? "")
          }
          return value
        }
      }
      case "array": {
        const items = this.#elements(node.elements)
        return (scope, locals) => items(scope, locals)
      }
      case "object":
        return this.#object(node)
      case "member":
      case "index":
      case "call": {
        const chain = this.#link(node)
        if (!hasOptional(node)) return chain
        return (scope, locals) => {
          const value = chain(scope, locals)
          return value === MISSING ? undefined : value
        }
      }
      case "unary":
        return this.#unary(node)
      case "binary":
        return this.#binary(node)
      case "conditional": {
        const test = this.compile(node.test)
        const yes = this.compile(node.yes)
        const no = this.compile(node.no)
        return (scope, locals) => (test(scope, locals) ? yes(scope, locals) : no(scope, locals))
      }
      case "arrow":
        return () => undefined
    }
  }

  #name(name: string, at: number): Run {
    const slot = this.#names.get(name)
    if (slot !== undefined) return (_scope, locals) => locals[slot]
    if (name === "$state") return (scope) => scope.$state ?? missingRoot(scope, name, at)
    if (name === "$computed") return (scope) => scope.$computed ?? missingRoot(scope, name, at)
    if (name === "$imports") return (scope) => scope.$imports ?? missingRoot(scope, name, at)
    const inherited = name in Object.prototype
    return (scope) => {
      const value = inherited && !Object.hasOwn(scope, name) ? undefined : scope[name]
      if (value === undefined && !(name in scope && !inherited)) throw unknownName(name, at)
      return typeof value === "function" ? undefined : value
    }
  }

  /** A member, index or call inside a chain: MISSING passes through where a `?.` stood before. */
  #link(node: Expression): Run {
    if (node.kind === "member") return this.#member(node)
    if (node.kind === "index") {
      const object = this.#link(node.object)
      const index = this.compile(node.index)
      const { at, optional } = node
      return (scope, locals) => {
        const target = object(scope, locals)
        if (target === MISSING || (optional && (target === null || target === undefined))) return MISSING
        return readProperty(target, toKey(index(scope, locals), at), at)
      }
    }
    return node.kind === "call" ? this.#call(node) : this.compile(node)
  }

  #member(node: Member): Run {
    const constant = namespaced(node, (name) => this.#names.has(name))
    if (typeof constant === "number") return () => constant
    const object = this.#link(node.object)
    const { property, propertyAt, optional } = node
    if (!hasOptional(node)) {
      const direct = !(property in Array.prototype)
      return (scope, locals) => {
        const target = object(scope, locals)
        if (typeof target !== "object" || target === null) return readProperty(target, property, propertyAt)
        if (!(direct && isPlain(target)) && !Object.hasOwn(target, property)) return undefined
        const value = (target as Scope)[property]
        return typeof value === "function" ? undefined : value
      }
    }
    return (scope, locals) => {
      const target = object(scope, locals)
      if (target === MISSING || (optional && (target === null || target === undefined))) return MISSING
      return readProperty(target, property, propertyAt)
    }
  }

  #call(node: Call): Run {
    const { at } = node
    const called = resolveCall(node, (name) => this.#names.has(name))
    if (called.kind === "builtin") {
      const args = this.#elements(node.args)
      const { run } = called.builtin
      return (scope, locals) => placed(at, () => run(args(scope, locals)))
    }
    const { callee, text, list, number } = called
    const method = callee.property
    const object = this.#link(callee.object)
    const args = this.#elements(node.args)
    const skip = callee.optional || node.optional
    return (scope, locals) => {
      const target = object(scope, locals)
      if (target === MISSING || (skip && (target === null || target === undefined))) return MISSING
      if (typeof target === "string" && text !== undefined) return placed(at, () => text(target, args(scope, locals)))
      if (Array.isArray(target) && list !== undefined) return placed(at, () => list(target, args(scope, locals)))
      if (typeof target === "number" && number !== undefined)
        return placed(at, () => number(target, args(scope, locals)))
      if (typeof target === "boolean" && method === "toString") return String(target)
      throw new ExpressionError(
        "expression-failed",
        `${kindOf(target)} has no method "${method}"`,
        callee.propertyAt,
        method.length,
      )
    }
  }

  /** Values in a row, spreads opened. */
  #elements(elements: readonly Element[]): (scope: Scope, locals: unknown[]) => unknown[] {
    const parts = elements.map(({ spread, value }) => ({
      spread,
      run: value.kind === "arrow" ? this.#arrow(value) : this.compile(value),
      at: value.at,
    }))
    return (scope, locals) => {
      const out: unknown[] = []
      for (const { spread, run, at } of parts) {
        const value = run(scope, locals)
        if (spread) for (const item of itemsOf(value, at)) out.push(item)
        else out.push(value)
      }
      return out
    }
  }

  #arrow(node: Arrow): Run {
    const outer = this.#names
    this.#names = new Map(outer)
    const bind = node.params.map((pattern) => this.#pattern(pattern))
    const body = this.compile(node.body)
    this.#names = outer
    const [first, second, third] = bind
    return (scope, locals): Callback =>
      (a, b, c) => {
        spend(1)
        first?.(locals, a)
        second?.(locals, b)
        third?.(locals, c)
        return body(scope, locals)
      }
  }

  /** Gives every name of the pattern its slot and answers what fills them. */
  #pattern(pattern: Pattern): (locals: unknown[], value: unknown) => void {
    if (pattern.kind === "name") {
      const slot = this.slots++
      this.#names.set(pattern.name, slot)
      return (locals, value) => {
        locals[slot] = value
      }
    }
    if (pattern.kind === "object") {
      const fields = pattern.fields.map(({ key, pattern }) => ({ key, fill: this.#pattern(pattern) }))
      return (locals, value) => {
        for (const { key, fill } of fields) fill(locals, readProperty(value, key, 0))
      }
    }
    const items = pattern.items.map((item) => (item === undefined ? undefined : this.#pattern(item)))
    return (locals, value) => {
      for (let index = 0; index < items.length; index++) items[index]?.(locals, readProperty(value, index, 0))
    }
  }

  #object(node: ObjectLiteral): Run {
    const parts = node.properties.map(({ key, value }) => ({
      key: typeof key === "object" ? this.compile(key) : key,
      run: this.compile(value),
      at: value.at,
    }))
    return (scope, locals) => {
      const out: { [key: string]: unknown } = {}
      for (const { key, run, at } of parts) {
        const value = run(scope, locals)
        if (typeof key === "string") out[key] = value
        else if (key !== undefined) putProperty(out, toKey(key(scope, locals), at), value, at)
        else if (isData(value)) {
          const keys = Object.keys(value)
          spend(keys.length)
          for (const name of keys) putProperty(out, name, value[name], at)
        }
      }
      return out
    }
  }

  #unary(node: Unary): Run {
    const operand = this.compile(node.operand)
    switch (node.operator) {
      case "!":
        return (scope, locals) => !operand(scope, locals)
      case "-":
        return (scope, locals) => -numberOf(operand(scope, locals))
      case "+":
        return (scope, locals) => numberOf(operand(scope, locals))
      case "typeof":
        return (scope, locals) => typeof operand(scope, locals)
    }
  }

  #binary(node: Binary): Run {
    const left = this.compile(node.left)
    const right = this.compile(node.right)
    switch (node.operator) {
      case "??":
        return (scope, locals) => left(scope, locals) ?? right(scope, locals)
      case "||":
        return (scope, locals) => left(scope, locals) || right(scope, locals)
      case "&&":
        return (scope, locals) => left(scope, locals) && right(scope, locals)
      case "==":
        return (scope, locals) => left(scope, locals) === right(scope, locals)
      case "!=":
        return (scope, locals) => left(scope, locals) !== right(scope, locals)
      case "<":
        return (scope, locals) => {
          const a = left(scope, locals)
          const b = right(scope, locals)
          return typeof a === "number" && typeof b === "number" ? a < b : compare(a, b) < 0
        }
      case ">":
        return (scope, locals) => {
          const a = left(scope, locals)
          const b = right(scope, locals)
          return typeof a === "number" && typeof b === "number" ? a > b : compare(a, b) > 0
        }
      case "<=":
        return (scope, locals) => {
          const a = left(scope, locals)
          const b = right(scope, locals)
          return typeof a === "number" && typeof b === "number" ? a <= b : compare(a, b) <= 0
        }
      case ">=":
        return (scope, locals) => {
          const a = left(scope, locals)
          const b = right(scope, locals)
          return typeof a === "number" && typeof b === "number" ? a >= b : compare(a, b) >= 0
        }
      case "+":
        return (scope, locals) => {
          const a = left(scope, locals)
          const b = right(scope, locals)
          return typeof a === "number" && typeof b === "number" ? a + b : add(a, b)
        }
      case "-":
        return (scope, locals) => {
          const a = left(scope, locals)
          const b = right(scope, locals)
          return typeof a === "number" && typeof b === "number" ? a - b : numberOf(a) - numberOf(b)
        }
      case "*":
        return (scope, locals) => {
          const a = left(scope, locals)
          const b = right(scope, locals)
          return typeof a === "number" && typeof b === "number" ? a * b : numberOf(a) * numberOf(b)
        }
      case "/":
        return (scope, locals) => {
          const a = left(scope, locals)
          const b = right(scope, locals)
          return typeof a === "number" && typeof b === "number" ? a / b : numberOf(a) / numberOf(b)
        }
      case "%":
        return (scope, locals) => numberOf(left(scope, locals)) % numberOf(right(scope, locals))
      case "**":
        return (scope, locals) => numberOf(left(scope, locals)) ** numberOf(right(scope, locals))
    }
  }
}

/** Is the value of a kind that inherits nothing but what `Array.prototype` has? Then a name beyond those is its own. */
function isPlain(target: object): boolean {
  const prototype = Object.getPrototypeOf(target)
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null
}

function missingRoot(scope: Scope, name: string, at: number): undefined {
  if (!(name in scope)) throw unknownName(name, at)
  return undefined
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

/** Runs a builtin; what it refuses without knowing where is said to be at `at`. */
function placed<T>(at: number, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof ExpressionError && error.length === 0)
      throw new ExpressionError(error.code, error.message, at, 1, error.hint)
    throw error
  }
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return `A missing value (${value})`
  if (Array.isArray(value)) return "A list"
  return `A value of type ${typeof value}`
}

export function unknownName(name: string, at: number): ExpressionError {
  return new ExpressionError(
    "undefined-name",
    `"${name}" is not known here`,
    at,
    name.length,
    "Names are $state, $computed, $imports, $panel and loop variables.",
  )
}
