import { type Operator, pathOf, type Statement } from "./compile-statements.ts"
import { readWith } from "./known-trees.ts"
import { Parser } from "./parse.ts"
import { type Expression, ExpressionError } from "./syntax.ts"

export { pathOf, type Statement } from "./compile-statements.ts"

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
      const code = text.charCodeAt(index)
      if (code === 91) depth++
      else if (code === 93) depth--
      else if (depth === 0 && !isPathCode(code)) break
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

/** Reads a path, as `bind` holds one. Throws ExpressionError at the first mistake. */
export function parsePath(text: string): Expression {
  const parser = new Parser(text, 0)
  const expression = parser.expression()
  parser.expectEnd()
  return expression
}

readWith({ statements: parseStatements, path: parsePath })

/** Letters, digits, `_`, `$`, dots and spaces: what a path is written with outside of its indexes. */
function isPathCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 46 ||
    code === 36 ||
    code === 95 ||
    code === 32 ||
    (code >= 9 && code <= 13)
  )
}
