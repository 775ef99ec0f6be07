import { Parser } from "../../expression/parse.ts"
import { type Expression, ExpressionError } from "../../expression/syntax.ts"

/** One `{expression}` of an attribute's text: `start` behind its brace, `end` before the closing one. */
export interface Hole {
  readonly start: number
  readonly end: number
  /** Absent where it could not be read. */
  readonly expression: Expression | undefined
}

/** The holes of an attribute's text, read the way `parseBinding` reads them. */
export function holesOf(text: string): Hole[] {
  const holes: Hole[] = []
  for (let open = text.indexOf("{"); open >= 0; ) {
    const start = open + 1
    const parser = new Parser(text, start)
    try {
      const expression = parser.expression()
      parser.expect("}", "to close the hole")
      holes.push({ start, end: parser.position - 1, expression })
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      holes.push({ start, end: closingBrace(text, open), expression: undefined })
    }
    open = text.indexOf("{", (holes[holes.length - 1]?.end ?? open) + 1)
  }
  return holes
}

function closingBrace(text: string, open: number): number {
  let depth = 0
  for (let index = open; index < text.length; index++) {
    const char = text.charAt(index)
    if (char === "{") depth++
    else if (char === "}" && --depth === 0) return index
  }
  return text.length
}
