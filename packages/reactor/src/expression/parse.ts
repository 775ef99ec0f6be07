import { PatternReader } from "./patterns.ts"
import {
  type Arrow,
  type BinaryOperator,
  type Element,
  type Expression,
  ExpressionError,
  MAX_DEPTH,
  type Pattern,
  type Property,
} from "./syntax.ts"
import { LITERALS, POWER, REFUSED } from "./words.ts"

/**
 * A Pratt parser for the expression subset of JavaScript, reading characters directly: an expression is short, and a
 * separate token list would cost more than the tree. What JavaScript has and expressions have not (assignment, `new`,
 * `function`, regular expressions) is refused by name, so that the message says what to do instead.
 */
export function parseExpression(text: string): Expression {
  const parser = new Parser(text, 0)
  const expression = parser.expression()
  parser.expectEnd()
  return expression
}

/** Reads one expression from `text`, starting anywhere in it; `position` stands behind what was read. */
export class Parser extends PatternReader {
  #nesting = 0
  /** The last expression that was read in parentheses, which let it stand beside `??`. */
  #enclosed: Expression | undefined

  expression(): Expression {
    if (++this.#nesting > MAX_DEPTH) throw this.tooDeep(this.position)
    const test = this.#binary(0)
    this.skipSpace()
    if (!this.take("?")) {
      this.#nesting--
      return test
    }
    const yes = this.expression()
    this.expect(":", "of the condition")
    const no = this.expression()
    this.#nesting--
    return this.#bounded({
      kind: "conditional",
      test,
      yes,
      no,
      at: test.at,
      end: no.end,
      depth: deepest(test, yes, no),
    })
  }

  #binary(minimum: number): Expression {
    let left = this.#unary()
    let leftBare = left !== this.#enclosed
    for (;;) {
      this.skipSpace()
      const written = this.peekOperator()
      const power = written === "" ? undefined : POWER[written]
      if (power === undefined && this.code() === 105) this.#refuseWord()
      if (power === undefined || power <= minimum) return left
      const operatorAt = this.position
      this.position += written.length
      const operator = (written === "===" ? "==" : written === "!==" ? "!=" : written) as BinaryOperator
      const right = operator === "**" ? this.#binary(power - 1) : this.#binary(power)
      const mixes =
        operator === "??"
          ? isOrAnd(operatorOf(right)) && right !== this.#enclosed
          : leftBare && operatorOf(left) === "??" && isOrAnd(operator)
      if (mixes || (operator === "??" && leftBare && isOrAnd(operatorOf(left))))
        throw new ExpressionError(
          "expression-syntax",
          "?? cannot stand beside || or && without parentheses",
          operatorAt,
          written.length,
          "Put parentheses around one of them.",
        )
      left = this.#bounded({
        kind: "binary",
        operator,
        left,
        right,
        at: left.at,
        end: right.end,
        depth: deepest(left, right),
      })
      leftBare = true
    }
  }

  /** `in` and `instanceof`, which JavaScript has between operands. */
  #refuseWord(): void {
    const word = this.peekWord()
    if (word === "in" || word === "instanceof")
      throw new ExpressionError(
        "expression-forbidden",
        `"${word}" is not part of expressions`,
        this.position,
        word.length,
        REFUSED[word],
      )
  }

  #unary(): Expression {
    this.skipSpace()
    const at = this.position
    const code = this.code()
    let operator: "-" | "+" | "!" | "typeof" | undefined
    if (code === 33 && this.code(1) !== 61) operator = "!"
    else if (code === 45 && this.code(1) !== 45) operator = "-"
    else if (code === 43 && this.code(1) !== 43) operator = "+"
    else if (code === 116 && this.peekWord() === "typeof") operator = "typeof"
    if (operator === undefined) return this.#chain()
    this.position += operator.length
    if (++this.#nesting > MAX_DEPTH) throw this.tooDeep(at)
    const operand = this.#unary()
    this.#nesting--
    return this.#bounded({ kind: "unary", operator, operand, at, end: operand.end, depth: deepest(operand) })
  }

  /** A primary with everything that follows it: `.name`, `[index]`, `?.`, `(arguments)`. */
  #chain(): Expression {
    let node = this.#primary()
    for (;;) {
      this.skipSpace()
      const code = this.code()
      let optional = false
      if (code === 63 && this.code(1) === 46 && !isDigit(this.code(2))) {
        optional = true
        this.position += 2
      } else if (code === 46) {
        this.position++
      } else if (code !== 40 && code !== 91) {
        return node
      }
      this.skipSpace()
      const opener = this.code()
      const at = node.at
      if (opener === 40 && (optional || code === 40)) {
        this.position++
        const args = this.#elements(")", true)
        node = this.#bounded({
          kind: "call",
          callee: node,
          args,
          optional,
          at,
          end: this.position,
          depth: deepestOf(node, args),
        })
      } else if (opener === 91 && (optional || code === 91)) {
        this.position++
        const index = this.expression()
        this.expect("]", "to end the index")
        if (index.kind === "literal" && typeof index.value === "string") this.allow(index.value, index.at)
        node = this.#bounded({
          kind: "index",
          object: node,
          index,
          optional,
          at,
          end: this.position,
          depth: deepest(node, index),
        })
      } else {
        const propertyAt = this.position
        const property = this.word()
        if (property === "") throw this.unexpected("a property name after the dot")
        this.allow(property, propertyAt)
        node = this.#bounded({
          kind: "member",
          object: node,
          property,
          propertyAt,
          optional,
          at,
          end: this.position,
          depth: deepest(node),
        })
      }
    }
  }

  #primary(): Expression {
    this.skipSpace()
    const at = this.position
    const code = this.code()
    if (isDigit(code) || (code === 46 && isDigit(this.code(1)))) {
      const value = this.number()
      return { kind: "literal", value, at, end: this.position, depth: 1 }
    }
    if (code === 34 || code === 39) {
      const value = this.string(code)
      return { kind: "literal", value, at, end: this.position, depth: 1 }
    }
    if (code === 96) return this.#template(at)
    if (code === 40) {
      this.position++
      const inner = this.expression()
      this.expect(")", "to close the parenthesis")
      if (this.#isArrow()) throw this.#arrowMisplaced(at)
      this.#enclosed = inner
      return inner
    }
    if (code === 91) {
      this.position++
      const elements = this.#elements("]", false)
      return this.#bounded({ kind: "array", elements, at, end: this.position, depth: deepestOf(undefined, elements) })
    }
    if (code === 123) return this.#object(at)
    if (code === 47) {
      throw new ExpressionError(
        "expression-forbidden",
        "Regular expressions are not part of expressions",
        at,
        1,
        "Use includes, startsWith or split.",
      )
    }
    const word = this.word()
    if (word === "") throw this.unexpected("a value")
    if (code !== 36 && LITERALS.has(word))
      return { kind: "literal", value: LITERALS.get(word), at, end: this.position, depth: 1 }
    const refused = code !== 36 && Object.hasOwn(REFUSED, word) ? REFUSED[word] : undefined
    if (refused !== undefined)
      throw new ExpressionError(
        "expression-forbidden",
        `"${word}" is not part of expressions`,
        at,
        word.length,
        refused,
      )
    this.allow(word, at)
    if (this.#isArrow()) throw this.#arrowMisplaced(at)
    return { kind: "name", name: word, at, end: this.position, depth: 1 }
  }

  #template(at: number): Expression {
    this.position++
    const texts: string[] = []
    const holes: Expression[] = []
    for (;;) {
      texts.push(this.templateText(at))
      if (this.take("`")) break
      this.position += 2
      holes.push(this.expression())
      this.expect("}", "to close the template's hole")
    }
    return this.#bounded({ kind: "template", texts, holes, at, end: this.position, depth: deepest(...holes) })
  }

  /** Comma-separated values up to `close`; arrow functions only where they are arguments. */
  #elements(close: ")" | "]", arrows: boolean): Element[] {
    const elements: Element[] = []
    for (;;) {
      this.skipSpace()
      if (this.take(close)) return elements
      const spread = this.take("...")
      const value = (arrows && !spread && this.#arrow()) || this.expression()
      elements.push({ spread, value })
      this.skipSpace()
      if (this.take(",")) continue
      this.expect(close, close === ")" ? "to end the arguments" : "to end the list")
      return elements
    }
  }

  #object(at: number): Expression {
    this.position++
    const properties: Property[] = []
    for (;;) {
      this.skipSpace()
      if (this.take("}")) break
      properties.push(this.#property())
      this.skipSpace()
      if (this.take(",")) continue
      this.expect("}", "to end the object")
      break
    }
    const inside = properties.flatMap(({ key, value }) => (typeof key === "object" ? [key, value] : [value]))
    return this.#bounded({ kind: "object", properties, at, end: this.position, depth: deepest(...inside) })
  }

  #property(): Property {
    if (this.take("...")) return { key: undefined, value: this.expression() }
    const at = this.position
    if (this.take("[")) {
      const key = this.expression()
      this.expect("]", "to end the computed key")
      this.expect(":", "after the key")
      return { key, value: this.expression() }
    }
    const code = this.code()
    const quoted = code === 34 || code === 39
    const key = quoted ? this.string(code) : isDigit(code) ? String(this.number()) : this.word()
    if (key === "" && !quoted) throw this.unexpected("a property name")
    this.allow(key, at)
    this.skipSpace()
    if (this.take(":")) return { key, value: this.expression() }
    if (quoted || isDigit(code)) throw this.unexpected('":" after the key')
    return { key, value: { kind: "name", name: key, at, end: this.position, depth: 1 } }
  }

  /** An arrow function when one starts here; otherwise nothing is read. */
  #arrow(): Arrow | undefined {
    const at = this.position
    const params: Pattern[] = []
    if (this.code() === 40) {
      if (!this.arrowFollowsParenthesis()) return undefined
      this.position++
      for (;;) {
        this.skipSpace()
        if (this.take(")")) break
        params.push(this.pattern())
        this.skipSpace()
        if (this.take(",")) continue
        this.expect(")", "to end the parameters")
        break
      }
    } else {
      const name = this.word()
      if (name === "" || !this.#isArrow()) {
        this.position = at
        return undefined
      }
      this.allow(name, at)
      params.push({ kind: "name", name, at })
    }
    this.skipSpace()
    this.position += 2
    this.skipSpace()
    if (this.code() === 123)
      throw new ExpressionError(
        "expression-forbidden",
        "An arrow function here is one expression, not a block",
        this.position,
        1,
        "For an object write ({ … }); for steps use a handler.",
      )
    const body = this.expression()
    return this.#bounded({ kind: "arrow", params, body, at, end: this.position, depth: deepest(body) })
  }

  #isArrow(): boolean {
    this.skipSpace()
    return this.code() === 61 && this.code(1) === 62
  }

  #arrowMisplaced(at: number): ExpressionError {
    return new ExpressionError(
      "expression-forbidden",
      "An arrow function stands only as an argument of a call",
      at,
      this.position + 2 - at,
      "Give it to a method, as in $state.items.map(item => item.title).",
    )
  }

  #bounded<T extends Expression>(node: T): T {
    if (node.depth > MAX_DEPTH) throw this.tooDeep(node.at)
    return node
  }
}

function isOrAnd(operator: string): boolean {
  return operator === "||" || operator === "&&"
}

function operatorOf(node: Expression): string {
  return node.kind === "binary" ? node.operator : ""
}

function deepest(...nodes: readonly Expression[]): number {
  let depth = 0
  for (const node of nodes) if (node.depth > depth) depth = node.depth
  return depth + 1
}

function deepestOf(node: Expression | undefined, elements: readonly Element[]): number {
  let depth = node === undefined ? 0 : node.depth
  for (const { value } of elements) if (value.depth > depth) depth = value.depth
  return depth + 1
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}
