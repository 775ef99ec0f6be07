import type { ParsedBinding } from "./compile-binding.ts"
import { readWith } from "./known-trees.ts"
import { Parser } from "./parse.ts"
import { type Expression, ExpressionError } from "./syntax.ts"

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

readWith({ binding: parseBinding })
