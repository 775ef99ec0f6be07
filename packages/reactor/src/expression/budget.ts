import { ExpressionError } from "./syntax.ts"

/**
 * What one evaluation may spend. Expressions have no loops but array methods, so it is enough to count where a value is
 * walked or made: every callback and every element, character or key that a builtin touches. The count is a variable of
 * this module because evaluation is synchronous; `withBudget` nests, as when a binding reads a computed value. Outside
 * any budget nothing is counted: plain arithmetic is bounded by its own length and pays nothing.
 */
const STEPS = 1_000_000
let left = Number.POSITIVE_INFINITY
let spent = 0

/** The longest text an expression may make, in UTF-16 units. */
export const MAX_TEXT = 1024 * 1024

/** Starts a fresh budget and answers the outer one, to be given back to `endBudget`. */
export function beginBudget(): number {
  const outer = left
  left = STEPS
  return outer
}

export function endBudget(outer: number): void {
  spent += STEPS - left
  left = outer
}

/** Runs `evaluate` with a fresh budget and gives the outer evaluation its own back. */
export function withBudget<T>(evaluate: () => T): T {
  const outer = beginBudget()
  try {
    return evaluate()
  } finally {
    endBudget(outer)
  }
}

/** All steps spent in this program so far: what an evaluation cost is the difference around it. */
export function stepsSpent(): number {
  return left === Number.POSITIVE_INFINITY ? spent : spent + STEPS - left
}

/** The same, unless a budget is being spent already. */
export function withinBudget<T>(evaluate: () => T): T {
  return left === Number.POSITIVE_INFINITY ? withBudget(evaluate) : evaluate()
}

export function spend(steps: number): void {
  left -= steps
  if (left < 0)
    throw new ExpressionError(
      "expression-failed",
      `The expression takes more than ${STEPS} steps`,
      0,
      0,
      "Work on a shorter list, or do it in a handler.",
    )
}

/** Counts a text about to be made, and refuses one over `MAX_TEXT`. */
export function spendText(length: number): void {
  if (length > MAX_TEXT)
    throw new ExpressionError(
      "expression-failed",
      "The text would be longer than 1 MiB",
      0,
      0,
      "Show a part of it, with slice.",
    )
  spend(length >> 6)
}
