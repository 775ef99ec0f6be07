const ASSIGNMENTS = ["=", "+=", "-=", "*=", "/=", "%=", "**=", "&&=", "||=", "??="] as const
const OPERATORS = [
  "===",
  "!==",
  "==",
  "!=",
  "<=",
  ">=",
  "<",
  ">",
  "&&",
  "||",
  "??",
  "+",
  "-",
  "**",
  "*",
  "/",
  "%",
] as const
const BY_FIRST = new Map<number, readonly string[]>()
for (const operator of OPERATORS) {
  const first = operator.charCodeAt(0)
  BY_FIRST.set(first, [...(BY_FIRST.get(first) ?? []), operator])
}
const ESCAPES: { readonly [letter: string]: string } = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v" }

/** Reads the words, numbers and strings of a handler; `position` stands at a token, never in the space before it. */
export abstract class ScriptScanner {
  readonly source: string
  position = 0
  /** The character here; -1 at the end. */
  code = -1
  /** Where the token before ends. */
  tokenEnd = 0
  /** A line ends between the token before and this one. */
  newline = false
  #word = ""
  #wordAt = -1

  constructor(source: string) {
    this.source = source
  }

  /** Ends the reading: something here is beyond it. */
  abstract giveUp(): never

  /** The character `places` further on. */
  ahead(places: number): number {
    return this.source.charCodeAt(this.position + places)
  }

  at(code: number): boolean {
    return this.code === code
  }

  advance(length: number): void {
    this.position += length
    this.skip()
  }

  expect(code: number): void {
    if (this.code !== code) this.giveUp()
    this.advance(1)
  }

  /** Moves over spaces and comments to the next token. */
  skip(): void {
    const { source } = this
    let { position } = this
    this.tokenEnd = position
    this.newline = false
    for (;;) {
      const code = source.charCodeAt(position)
      if (code === 32 || code === 9) position++
      else if (code === 10 || code === 13) {
        this.newline = true
        position++
      } else if (code === 47 && (source.charCodeAt(position + 1) === 47 || source.charCodeAt(position + 1) === 42)) {
        position = this.#comment(position)
      } else {
        this.position = position
        this.code = position < source.length ? code : -1
        return
      }
    }
  }

  #comment(start: number): number {
    const { source } = this
    const block = source.charCodeAt(start + 1) === 42
    for (let position = start + 2; position < source.length; position++) {
      const code = source.charCodeAt(position)
      if (code === 0x2028 || code === 0x2029) this.giveUp()
      if (block) {
        if (code === 10 || code === 13) this.newline = true
        if (code === 42 && source.charCodeAt(position + 1) === 47) return position + 2
      } else if (code === 10 || code === 13) return position
    }
    if (block) this.giveUp()
    return source.length
  }

  /** The word that starts here, or "". */
  peekWord(): string {
    if (this.#wordAt === this.position) return this.#word
    const { source, position } = this
    let end = position
    let code = this.code
    if (!isDigit(code))
      while (isWordPart(code)) {
        end++
        code = source.charCodeAt(end)
      }
    this.#wordAt = position
    this.#word = end === position ? "" : source.slice(position, end)
    return this.#word
  }

  /** The binary operator that starts here, or "". One that assigns is none. */
  operator(): string {
    const { code } = this
    if (code === 105) {
      const word = this.peekWord()
      return word === "in" || word === "instanceof" ? word : ""
    }
    const candidates = BY_FIRST.get(code)
    if (candidates === undefined) return ""
    if (code === 60 && this.source.startsWith("<!--", this.position)) this.giveUp()
    for (const operator of candidates) {
      if (!this.source.startsWith(operator, this.position)) continue
      const next = this.ahead(operator.length)
      if (next === 61) return operator.length === 3 ? this.giveUp() : ""
      if ((code === 60 || code === 62 || code === 38 || code === 124) && next === code) this.giveUp()
      return operator
    }
    return ""
  }

  /** How long the assignment operator is that starts here; 0 when there is none. */
  assignmentLength(): number {
    for (const operator of ASSIGNMENTS) {
      if (!this.source.startsWith(operator, this.position)) continue
      const next = this.ahead(operator.length)
      if (operator === "=" && (next === 61 || next === 62)) return 0
      return operator.length
    }
    return 0
  }

  /** Does the parenthesis that opens here close in front of an arrow? Parameters hold no strings. */
  arrowFollowsParenthesis(): boolean {
    const { source } = this
    for (let index = this.position + 1; index < source.length; index++) {
      const code = source.charCodeAt(index)
      if (code === 41) return this.#isArrow(index + 1)
      if (code === 40 || code === 34 || code === 39 || code === 96 || code === 47) return false
    }
    return false
  }

  arrowFollowsWord(): boolean {
    const word = this.peekWord()
    return word !== "" && this.#isArrow(this.position + word.length)
  }

  #isArrow(from: number): boolean {
    const { source } = this
    let position = from
    while (source.charCodeAt(position) === 32) position++
    return source.charCodeAt(position) === 61 && source.charCodeAt(position + 1) === 62
  }

  number(): void {
    const { source } = this
    let end = this.position
    if (this.code === 48 && isWordPart(source.charCodeAt(end + 1))) this.giveUp()
    while (isDigit(source.charCodeAt(end))) end++
    if (source.charCodeAt(end) === 46) {
      end++
      while (isDigit(source.charCodeAt(end))) end++
    }
    const code = source.charCodeAt(end)
    if (isWordPart(code) || code > 127) this.giveUp()
    this.advance(end - this.position)
  }

  /** Reads a string; answers what it says. */
  string(): string {
    const { source, code: quote } = this
    const start = this.position + 1
    let written = ""
    let from = start
    for (let index = start; index < source.length; index++) {
      const code = source.charCodeAt(index)
      if (code === quote) {
        const text = written + source.slice(from, index)
        if (text === "use strict") this.giveUp()
        this.advance(index + 1 - this.position)
        return text
      }
      if (code === 10 || code === 13) this.giveUp()
      if (code === 92) {
        written += source.slice(from, index) + this.#escaped(++index)
        from = index + 1
      }
    }
    return this.giveUp()
  }

  /** Reads the text of a template from `start` to its hole or its end, where `position` is then; answers what it says. */
  templateText(start: number): string {
    const { source } = this
    let written = ""
    let from = start
    for (let index = start; index < source.length; index++) {
      const code = source.charCodeAt(index)
      if (code === 96 || (code === 36 && source.charCodeAt(index + 1) === 123)) {
        this.position = index
        this.code = code
        return written + source.slice(from, index)
      }
      if (code === 13) this.giveUp()
      if (code === 92) {
        written += source.slice(from, index) + this.#escaped(++index)
        from = index + 1
      }
    }
    return this.giveUp()
  }

  /** What `\` and the letter at `index` say; the escapes with digits are beyond this reading. */
  #escaped(index: number): string {
    const code = this.source.charCodeAt(index)
    if (isDigit(code) || code === 117 || code === 120 || code === 10 || code === 13 || !(code < 128)) this.giveUp()
    const letter = this.source.charAt(index)
    return ESCAPES[letter] ?? letter
  }
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isWordPart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 36 ||
    code === 95 ||
    (code >= 48 && code <= 57)
  )
}
