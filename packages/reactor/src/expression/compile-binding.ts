import { compileExpression } from "./compile.ts"
import type { Scope } from "./scope.ts"
import { type Expression, ExpressionError } from "./syntax.ts"
import { shownText } from "./values.ts"

/** An attribute's value read: plain texts and the expressions of its holes, in order. */
export interface ParsedBinding {
  readonly parts: readonly (string | Expression)[]
  readonly errors: readonly ExpressionError[]
}

/** What was read, as a function of the scope; with an error in it, one that throws the first. Knows no parser. */
export function compileParts({ parts, errors }: ParsedBinding): (scope: Scope) => unknown {
  const [first] = errors
  if (first !== undefined) return () => fail(first)
  try {
    const runs = parts.map((part) => (typeof part === "string" ? part : compileExpression(part)))
    const [only] = runs
    if (only === undefined) return () => ""
    if (runs.length === 1) return typeof only === "string" ? () => only : only
    return (scope) => {
      let text = ""
      for (const run of runs) text += typeof run === "string" ? run : shownText(run(scope))
      return text
    }
  } catch (error) {
    return () => fail(error)
  }
}

/** Whatever goes wrong inside is an ExpressionError outside: a stack overflow or a getter's error too. */
export function guarded(run: (scope: Scope) => unknown, scope: Scope): unknown {
  try {
    return run(scope)
  } catch (error) {
    return fail(error)
  }
}

function fail(error: unknown): never {
  if (error instanceof ExpressionError) throw error
  throw new ExpressionError("expression-failed", error instanceof Error ? error.message : "The expression failed", 0, 0)
}
