import { ExpressionError, MAX_DEPTH } from "./syntax.ts"

const OPERATORS = ["===", "!==", "==", "!=", "<=", ">=", "&&", "||", "??", "**", "<", ">", "+", "-", "*", "/", "%"]
/** The operators by the code of their first character, the longest first. */
const BY_FIRST: readonly (readonly string[] | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const beginning = OPERATORS.filter((operator) => operator.charCodeAt(0) === code)
  return beginning.length === 0 ? undefined : beginning
})
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
    const { text } = this
    let { position } = this
    let code = text.charCodeAt(position)
    while (code === 32 || code === 10 || code === 9 || code === 13) code = text.charCodeAt(++position)
    this.position = position
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
    const { text, position: start } = this
    let end = start
    while (isWordCode(text.charCodeAt(end), end > start)) end++
    this.position = end
    return text.slice(start, end)
  }

  peekWord(): string {
    const start = this.position
    const word = this.word()
    this.position = start
    return word
  }

  /** The binary operator that starts here, or "". */
  peekOperator(): string {
    const candidates = BY_FIRST[this.code()]
    if (candidates === undefined) return ""
    for (const operator of candidates) {
      if (!this.text.startsWith(operator, this.position)) continue
      const next = this.code(operator.length)
      if (next === 61 && operator !== "===" && operator !== "!==") throw this.#assignment(operator.length + 1)
      if ((operator === "+" && next === 43) || (operator === "-" && next === 45)) throw this.#assignment(2)
      return operator
    }
    return ""
  }

  number(): number {
    const { text, position: start } = this
    let end = start
    let value = 0
    for (let code = text.charCodeAt(end); code >= 48 && code <= 57 && end - start < 15; code = text.charCodeAt(++end))
      value = value * 10 + (code - 48)
    const next = text.charCodeAt(end)
    const leads = text.charCodeAt(start) === 48 && end - start > 1
    if (end === start || leads || next === 46 || isWordCode(next, true)) return this.#written()
    this.position = end
    return value
  }

  /** A number that is more than a few digits. */
  #written(): number {
    const match =
      /^(?:0[xX][\da-fA-F]+(?:_[\da-fA-F]+)*|0[bB][01]+(?:_[01]+)*|0[oO][0-7]+(?:_[0-7]+)*|(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?)/.exec(
        this.text.slice(this.position, this.position + 400),
      )
    const digits = match?.[0] ?? ""
    this.position += digits.length
    if (digits === "" || isWordCode(this.code(), true)) throw this.unexpected("a number")
    return Number(digits.replaceAll("_", ""))
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
        throw new ExpressionError(
          "expression-syntax",
          "The text has no closing quote",
          at,
          this.position - at,
          "Write the same quote where it ends.",
        )
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
        throw new ExpressionError(
          "expression-syntax",
          "The template has no closing backquote",
          at,
          this.position - at,
          "Write ` where it ends.",
        )
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
        while (isSpace(this.text.charCodeAt(index))) index++
        return this.text.startsWith("=>", index)
      } else if (depth > 1) return false
    }
    return false
  }

  unexpected(wanted: string): ExpressionError {
    this.skipSpace()
    const [mark = ""] = wanted.split(" ")
    const hint = mark.startsWith('"')
      ? `Write ${mark.slice(1, -1)} here.`
      : "A value is a name such as $state.count, a number, a text in quotes, a list or an object."
    if (this.position >= this.text.length)
      return new ExpressionError(
        "expression-syntax",
        `The expression ends where ${wanted} is expected`,
        this.text.length,
        0,
        hint,
      )
    const code = this.code()
    if (code === 61 && this.code(1) !== 61 && this.code(1) !== 62) return this.#assignment(1)
    const word = this.peekWord() || this.text.charAt(this.position)
    return new ExpressionError(
      "expression-syntax",
      `Expected ${wanted}, found "${word}"`,
      this.position,
      word.length,
      hint,
    )
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

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 13
}
