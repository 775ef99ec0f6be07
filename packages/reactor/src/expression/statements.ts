import type { Json } from "@nexus/protocol"
import { guarded } from "./binding.ts"
import { compileExpression, type Scope } from "./compile.ts"
import { Parser } from "./parse.ts"
import { type Expression, ExpressionError } from "./syntax.ts"
import { toKey } from "./values.ts"

/**
 * What an event attribute holds: handler calls and assignments, split by `;`. Assignments run where the viewer is, so a
 * statement only says what is to happen; the scope it is given decides what that means.
 */
export interface StatementScope {
  readonly scope: Scope
  /** Runs the handler with the first argument as its `$args`. */
  call(handler: string, args: Json): void
  /** Sets what the path names; `root` is `$state` or a loop variable. */
  assign(root: string, path: readonly (string | number)[], value: Json): void
}

export type Statement =
  | { readonly kind: "call"; readonly handler: string; readonly args: readonly Expression[]; readonly at: number }
  | {
      readonly kind: "assign"
      readonly target: Expression
      readonly operator: "=" | Operator
      readonly value: Expression
      readonly at: number
    }

type Operator = "+" | "-" | "*" | "/" | "??" | "||" | "&&"
const ASSIGNMENTS = ["??=", "||=", "&&=", "+=", "-=", "*=", "/=", "="] as const

/** Reads the statements of an event attribute. Throws ExpressionError at the first mistake. */
export function parseStatements(text: string): Statement[] {
  const statements: Statement[] = []
  const parser = new StatementParser(text, 0)
  for (;;) {
    parser.skipSpace()
    if (parser.take(";")) continue
    if (parser.position >= text.length) return statements
    statements.push(parser.statement())
    parser.skipSpace()
    if (parser.position < text.length && !parser.take(";")) throw parser.unexpected('";" or the end')
  }
}

class StatementParser extends Parser {
  statement(): Statement {
    const at = this.position
    const end = this.#targetEnd()
    const found = this.#assignmentAt(end)
    if (found === undefined) return this.#call(at)
    const target = new Parser(this.text.slice(0, found.at), at)
    const left = target.expression()
    target.expectEnd()
    pathOf(left)
    this.position = found.at + found.length
    if (found.operator === "++" || found.operator === "--") {
      const one: Expression = { kind: "literal", value: 1, at: found.at, end: found.at + 2, depth: 1 }
      return { kind: "assign", target: left, operator: found.operator === "++" ? "+" : "-", value: one, at }
    }
    const value = this.expression()
    return { kind: "assign", target: left, operator: found.operator, value, at }
  }

  /** The end of the path that starts here: names, dots and indexes. */
  #targetEnd(): number {
    const { text } = this
    let index = this.position
    let depth = 0
    for (; index < text.length; index++) {
      const char = text.charAt(index)
      if (char === "[") depth++
      else if (char === "]") depth--
      else if (depth === 0 && !/[\w$.\s]/.test(char)) break
    }
    return index
  }

  #assignmentAt(at: number) {
    for (const written of ["++", "--"] as const)
      if (this.text.startsWith(written, at)) return { operator: written, at, length: 2 } as const
    for (const written of ASSIGNMENTS) {
      if (!this.text.startsWith(written, at)) continue
      const next = this.text.charAt(at + written.length)
      if (written === "=" && (next === "=" || next === ">")) return undefined
      const operator = written === "=" ? "=" : (written.slice(0, -1) as Operator)
      return { operator, at, length: written.length } as const
    }
    return undefined
  }

  #call(at: number): Statement {
    const call = this.expression()
    const length = call.end - at
    if (call.kind !== "call") {
      const hint = "Write a handler call such as add({ … }) or an assignment such as $state.x = 1."
      throw new ExpressionError("expression-syntax", "This does nothing", at, length, hint)
    }
    if (call.callee.kind !== "name" || call.optional) {
      const hint = "Event attributes call handlers by name; do the rest in the handler."
      throw new ExpressionError("expression-forbidden", "Only handlers are called here", at, length, hint)
    }
    const args = call.args.map(({ spread, value }) => {
      if (spread || value.kind === "arrow")
        throw new ExpressionError("expression-syntax", "A handler takes plain values", value.at, value.end - value.at)
      return value
    })
    if (args.length > 1)
      throw new ExpressionError(
        "expression-syntax",
        "A handler takes one argument",
        at,
        length,
        "Pass an object: add({ title: … }).",
      )
    return { kind: "call", handler: call.callee.name, args, at }
  }
}

/** A place that can be written: a root and the steps from it. Throws ExpressionError when it is none. */
export function pathOf(expression: Expression): { root: string; steps: readonly (string | Expression)[] } {
  const steps: (string | Expression)[] = []
  let node = expression
  for (;;) {
    if (node.kind === "member" && !node.optional) {
      steps.unshift(node.property)
      node = node.object
    } else if (node.kind === "index" && !node.optional) {
      steps.unshift(node.index)
      node = node.object
    } else if (node.kind === "name") {
      return { root: node.name, steps }
    } else {
      const hint = "Write $state.name, or a path from a loop variable such as item.done."
      throw new ExpressionError(
        "expression-syntax",
        "This cannot be assigned to",
        expression.at,
        expression.end - expression.at,
        hint,
      )
    }
  }
}

/** The place that `bind` names: its root and its steps now. Throws ExpressionError when called for text that names none. */
export function compilePath(text: string): (scope: Scope) => { root: string; path: (string | number)[] } {
  let resolve: (scope: Scope) => { root: string; path: (string | number)[] }
  try {
    const parser = new Parser(text, 0)
    const expression = parser.expression()
    parser.expectEnd()
    resolve = compileTarget(expression)
  } catch (error) {
    resolve = () => {
      throw error
    }
  }
  return resolve
}

function compileTarget(expression: Expression): (scope: Scope) => { root: string; path: (string | number)[] } {
  const { root, steps } = pathOf(expression)
  const runs = steps.map((step) => (typeof step === "string" ? step : compileExpression(step)))
  return (scope) => ({
    root,
    path: runs.map((run) => (typeof run === "string" ? run : toKey(guarded(run, scope), expression.at))),
  })
}

/** Event attributes, ready to run: each statement in turn, its values read when its turn comes. */
export function compileStatements(text: string): (scope: StatementScope) => void {
  let steps: readonly ((scope: StatementScope) => void)[]
  try {
    steps = parseStatements(text).map(compileStatement)
  } catch (error) {
    return () => {
      throw error
    }
  }
  return (scope) => {
    for (const step of steps) step(scope)
  }
}

function compileStatement(statement: Statement): (scope: StatementScope) => void {
  if (statement.kind === "call") {
    const [argument] = statement.args
    const run = argument === undefined ? undefined : compileExpression(argument)
    const { handler } = statement
    return (target) => target.call(handler, run === undefined ? {} : ((guarded(run, target.scope) ?? null) as Json))
  }
  const { target: left, operator, value, at } = statement
  const place = compileTarget(left)
  const combined: Expression =
    operator === "="
      ? value
      : {
          kind: "binary",
          operator,
          left,
          right: value,
          at,
          end: value.end,
          depth: Math.max(left.depth, value.depth) + 1,
        }
  const run = compileExpression(combined)
  return (target) => {
    const result = guarded(run, target.scope)
    const { root, path } = place(target.scope)
    target.assign(root, path, (result ?? null) as Json)
  }
}
