import { compileExpression, type Scope } from "./compile.ts"
import { Parser } from "./parse.ts"
import { remembered } from "./remembered.ts"
import { type Expression, ExpressionError } from "./syntax.ts"
import { shownText } from "./values.ts"

/** An attribute's value read: plain texts and the expressions of its holes, in order. */
export interface ParsedBinding {
  readonly parts: readonly (string | Expression)[]
  readonly errors: readonly ExpressionError[]
}

/**
 * Splits text at its `{expression}` holes. An expression ends where its own syntax ends, so braces and quotes inside it
 * need no escaping. After an error the hole is left at its closing brace, and the rest is still read.
 */
export function parseBinding(text: string): ParsedBinding {
  if (!text.includes("{")) return { parts: text === "" ? [] : [text], errors: [] }
  const parts: (string | Expression)[] = []
  const errors: ExpressionError[] = []
  let position = 0
  for (;;) {
    const open = text.indexOf("{", position)
    const plain = text.slice(position, open < 0 ? text.length : open)
    if (plain !== "") parts.push(plain)
    if (open < 0) return { parts, errors }
    const parser = new Parser(text, open + 1)
    try {
      const expression = parser.expression()
      parser.expect("}", "to close the hole")
      parts.push(expression)
      position = parser.position
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      errors.push(error)
      position = closingBrace(text, open)
    }
  }
}

/** Where text goes on behind the hole that opens at `open`: after its matching brace, or at the end. */
function closingBrace(text: string, open: number): number {
  let depth = 0
  for (let index = open; index < text.length; index++) {
    const char = text.charAt(index)
    if (char === "{") depth++
    else if (char === "}" && --depth === 0) return index + 1
  }
  return text.length
}

const MEMORY = 5000

/**
 * The value of an attribute: its text, the text with its holes filled, or the value itself of a lone hole. The same text
 * gives the same function. An error of any kind is thrown as ExpressionError when the function is called.
 */
export const compileBinding: (text: string) => (scope: Scope) => unknown = remembered(MEMORY, (text) =>
  compileParts(parseBinding(text)),
)

function compileParts({ parts, errors }: ParsedBinding): (scope: Scope) => unknown {
  const [first] = errors
  if (first !== undefined) return () => fail(first)
  try {
    const runs = parts.map((part) => (typeof part === "string" ? part : compileExpression(part)))
    const [only] = runs
    if (only === undefined) return () => ""
    if (runs.length === 1) return typeof only === "string" ? () => only : (scope) => guarded(only, scope)
    return (scope) => {
      let text = ""
      for (const run of runs) text += typeof run === "string" ? run : shownText(guarded(run, scope))
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
