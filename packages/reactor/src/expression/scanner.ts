import { ExpressionError, MAX_DEPTH } from "./syntax.ts"

const OPERATORS = ["===", "!==", "==", "!=", "<=", ">=", "&&", "||", "??", "**", "<", ">", "+", "-", "*", "/", "%"]
const FIRST = new Set(OPERATORS.map((operator) => operator.charCodeAt(0)))
const ESCAPES: { readonly [letter: string]: string } = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", 0: "\0" }

/** Reads the words, numbers and strings of an expression; `position` is where the next one starts. */
export class Scanner {
  readonly text: string
  position: number

  constructor(text: string, position: number) {
    this.text = text
    this.position = position
  }

  /** The UTF-16 code at `ahead` places from here; NaN at the end. */
  code(ahead = 0): number {
    return this.text.charCodeAt(this.position + ahead)
  }

  skipSpace(): void {
    for (;;) {
      const code = this.code()
      if (code === 32 || code === 10 || code === 9 || code === 13) this.position++
      else return
    }
  }

  take(word: string): boolean {
    if (!this.text.startsWith(word, this.position)) return false
    this.position += word.length
    return true
  }

  expect(word: string, why: string): void {
    this.skipSpace()
    if (!this.take(word)) throw this.unexpected(`"${word}" ${why}`)
  }

  expectEnd(): void {
    this.skipSpace()
    if (this.position < this.text.length) throw this.unexpected("the end of the expression")
  }

  /** The word that starts here, or "". */
  word(): string {
    const start = this.position
    while (isWordCode(this.code(), this.position > start)) this.position++
    return this.text.slice(start, this.position)
  }

  peekWord(): string {
    const start = this.position
    const word = this.word()
    this.position = start
    return word
  }

  /** The binary operator that starts here, or "". */
  peekOperator(): string {
    const code = this.code()
    if (!FIRST.has(code)) return ""
    for (const operator of OPERATORS) {
      if (!this.text.startsWith(operator, this.position)) continue
      const next = this.code(operator.length)
      if (next === 61 && operator !== "===" && operator !== "!==") throw this.#assignment(operator.length + 1)
      if ((operator === "+" && next === 43) || (operator === "-" && next === 45)) throw this.#assignment(2)
      return operator
    }
    return ""
  }

  number(): number {
    const match = /^(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/.exec(
      this.text.slice(this.position, this.position + 400),
    )
    const digits = match?.[0] ?? ""
    this.position += digits.length
    if (digits === "" || isWordCode(this.code(), true)) throw this.unexpected("a number")
    return Number(digits)
  }

  string(quote: number): string {
    const at = this.position++
    let value = ""
    let start = this.position
    for (;;) {
      const code = this.code()
      if (code === quote) {
        value += this.text.slice(start, this.position++)
        return value
      }
      if (Number.isNaN(code) || code === 10)
        throw new ExpressionError("expression-syntax", "The text has no closing quote", at, this.position - at)
      if (code === 92) {
        value += this.text.slice(start, this.position) + this.#escape()
        start = this.position
      } else this.position++
    }
  }

  /** The text of a template up to its next hole or its end. */
  templateText(at: number): string {
    let value = ""
    let start = this.position
    for (;;) {
      const code = this.code()
      if (code === 96 || (code === 36 && this.code(1) === 123)) return value + this.text.slice(start, this.position)
      if (Number.isNaN(code))
        throw new ExpressionError("expression-syntax", "The template has no closing backquote", at, this.position - at)
      if (code === 92) {
        value += this.text.slice(start, this.position) + this.#escape()
        start = this.position
      } else this.position++
    }
  }

  #escape(): string {
    const letter = this.text.charAt(this.position + 1)
    this.position += 2
    if (letter === "u" || letter === "x") {
      const match = (letter === "x" ? /^[0-9a-fA-F]{2}/ : /^(?:[0-9a-fA-F]{4}|\{[0-9a-fA-F]{1,6}\})/).exec(
        this.text.slice(this.position, this.position + 8),
      )
      const digits = match?.[0] ?? ""
      const code = Number.parseInt(digits.replace(/[{}]/g, ""), 16)
      if (digits === "" || code > 0x10ffff) throw this.unexpected("hexadecimal digits")
      this.position += digits.length
      return String.fromCodePoint(code)
    }
    return Object.hasOwn(ESCAPES, letter) ? (ESCAPES[letter] ?? letter) : letter
  }

  /** Does the parenthesis that opens here close in front of an arrow? Parameters hold no strings, so counting is enough. */
  arrowFollowsParenthesis(): boolean {
    let depth = 0
    for (let index = this.position; index < this.text.length; index++) {
      const code = this.text.charCodeAt(index)
      if (code === 34 || code === 39 || code === 96) return false
      if (code === 40) depth++
      else if (code === 41 && --depth === 0) {
        index++
        while (/\s/.test(this.text.charAt(index))) index++
        return this.text.startsWith("=>", index)
      } else if (depth > 1) return false
    }
    return false
  }

  unexpected(wanted: string): ExpressionError {
    this.skipSpace()
    if (this.position >= this.text.length)
      return new ExpressionError(
        "expression-syntax",
        `The expression ends where ${wanted} is expected`,
        this.text.length,
        0,
      )
    const code = this.code()
    if (code === 61 && this.code(1) !== 61 && this.code(1) !== 62) return this.#assignment(1)
    const word = this.peekWord() || this.text.charAt(this.position)
    return new ExpressionError("expression-syntax", `Expected ${wanted}, found "${word}"`, this.position, word.length)
  }

  tooDeep(at: number): ExpressionError {
    return new ExpressionError(
      "expression-syntax",
      `The expression is nested deeper than ${MAX_DEPTH} levels`,
      at,
      1,
      "Split it with a Computed.",
    )
  }

  #assignment(length: number): ExpressionError {
    const hint = "Compare with ==; change state in an event attribute or a handler."
    return new ExpressionError("expression-syntax", "An expression changes nothing", this.position, length, hint)
  }
}

function isWordCode(code: number, digits: boolean): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    code === 36 ||
    (digits && code >= 48 && code <= 57)
  )
}
