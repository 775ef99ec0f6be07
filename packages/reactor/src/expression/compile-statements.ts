import type { Json } from "@nexus/protocol"
import { compileExpression } from "./compile.ts"
import { guarded } from "./compile-binding.ts"
import type { Scope } from "./scope.ts"
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

export type Operator = "+" | "-" | "*" | "/" | "??" | "||" | "&&"
/** Statements, ready to run: each in turn, its values read when its turn comes. Knows no parser. */
export function compileStatementList(statements: readonly Statement[]): (scope: StatementScope) => void {
  const steps = statements.map(compileStatement)
  return (scope) => {
    for (const step of steps) step(scope)
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
      const { index } = node
      steps.unshift(index.kind === "literal" && typeof index.value === "string" ? index.value : index)
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

/** A place of the scope: its root and its steps now. */
export function compileTarget(expression: Expression): (scope: Scope) => { root: string; path: (string | number)[] } {
  const { root, steps } = pathOf(expression)
  const runs = steps.map((step) => (typeof step === "string" ? step : compileExpression(step)))
  return (scope) => ({
    root,
    path: runs.map((run) => (typeof run === "string" ? run : toKey(guarded(run, scope), expression.at))),
  })
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
