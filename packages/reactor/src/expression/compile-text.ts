import { compileParts } from "./compile-binding.ts"
import { compileStatementList, compileTarget, type StatementScope } from "./compile-statements.ts"
import { bindingTree, pathTree, statementTrees } from "./known-trees.ts"
import { remembered } from "./remembered.ts"
import type { Scope } from "./scope.ts"

const MEMORY = 5000

/**
 * The value of an attribute: its text, the text with its holes filled, or the value itself of a lone hole. The same text
 * gives the same function. When it is called, a mistake throws ExpressionError, and a getter of the scope its own error.
 */
export function compileBinding(text: string): (scope: Scope) => unknown {
  try {
    return compiled(text)
  } catch (error) {
    return failing(error)
  }
}

/** What has no tree throws, so that it is asked for again: its tree may come later. */
const compiled = remembered(MEMORY, (text) => compileParts(bindingTree(text)))

/** The place that `bind` names: its root and its steps now. Throws ExpressionError when called for text that names none. */
export function compilePath(text: string): (scope: Scope) => { root: string; path: (string | number)[] } {
  try {
    return compileTarget(pathTree(text))
  } catch (error) {
    return failing(error)
  }
}

/** The statements of an event attribute, ready to run; a mistake in them is thrown when they are run. */
export function compileStatements(text: string): (scope: StatementScope) => void {
  try {
    return compileStatementList(statementTrees(text))
  } catch (error) {
    return failing(error)
  }
}

function failing(error: unknown): () => never {
  return () => {
    throw error
  }
}
