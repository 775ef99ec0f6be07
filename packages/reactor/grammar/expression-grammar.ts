import { EmbeddedActionsParser, type IToken, Lexer } from "chevrotain"
import * as words from "./expression-tokens.ts"

/**
 * The grammar of binding expressions, executable: the reference that `expression/parse` is held to by a test, and what
 * the page `docs/grammar.md` is written from. It says which texts are expressions and how they nest; it knows nothing of
 * names, methods or positions. The reader in `src` is written by hand because it runs at every keystroke; a grammar is
 * what a person can check.
 */
export type Tree = readonly [kind: string, ...parts: unknown[]]

const lexer = new Lexer({ modes: words.modes, defaultMode: "expression" }, { positionTracking: "onlyOffset" })

class ExpressionGrammar extends EmbeddedActionsParser {
  constructor() {
    super({ modes: words.modes, defaultMode: "expression" }, { maxLookahead: 2 })
    this.performSelfAnalysis()
  }

  expression = this.RULE("expression", (): Tree => {
    const test = this.SUBRULE(this.nullish)
    return (
      this.OPTION((): Tree => {
        this.CONSUME(words.question)
        const yes = this.SUBRULE(this.expression)
        this.CONSUME(words.colon)
        const no = this.SUBRULE2(this.expression)
        return ["conditional", test, yes, no]
      }) ?? test
    )
  })

  /** `??` stands beside `||` and `&&` only with parentheses: after a bare one there is no second kind. */
  nullish = this.RULE("nullish", (): Tree => {
    let left = this.SUBRULE(this.either)
    const bare = left[0] === "binary" && (left[1] === "||" || left[1] === "&&")
    this.MANY({
      GATE: () => !bare,
      DEF: () => {
        this.CONSUME(words.nullish)
        left = ["binary", "??", left, this.SUBRULE(this.equal)]
      },
    })
    return inner(left)
  })

  either = this.RULE("either", (): Tree => {
    let left = this.SUBRULE(this.both)
    this.MANY(() => {
      this.CONSUME(words.or)
      left = ["binary", "||", inner(left), inner(this.SUBRULE2(this.both))]
    })
    return left
  })

  both = this.RULE("both", (): Tree => {
    let left = this.SUBRULE(this.equal)
    this.MANY(() => {
      this.CONSUME(words.and)
      left = ["binary", "&&", inner(left), inner(this.SUBRULE2(this.equal))]
    })
    return left
  })

  equal = this.RULE("equal", (): Tree => {
    let left = this.SUBRULE(this.related)
    this.MANY(() => {
      const operator = this.CONSUME(words.equality).image.slice(0, 2)
      left = ["binary", operator, inner(left), inner(this.SUBRULE2(this.related))]
    })
    return left
  })

  related = this.RULE("related", (): Tree => {
    let left = this.SUBRULE(this.added)
    this.MANY(() => {
      const operator = this.CONSUME(words.relation).image
      left = ["binary", operator, inner(left), inner(this.SUBRULE2(this.added))]
    })
    return left
  })

  added = this.RULE("added", (): Tree => {
    let left = this.SUBRULE(this.multiplied)
    this.MANY(() => {
      const operator = this.CONSUME(words.sign).image
      left = ["binary", operator, inner(left), inner(this.SUBRULE2(this.multiplied))]
    })
    return left
  })

  multiplied = this.RULE("multiplied", (): Tree => {
    let left = this.SUBRULE(this.powered)
    this.MANY(() => {
      const operator = this.CONSUME(words.product).image
      left = ["binary", operator, inner(left), inner(this.SUBRULE2(this.powered))]
    })
    return left
  })

  powered = this.RULE("powered", (): Tree => {
    const base = this.SUBRULE(this.unary)
    return (
      this.OPTION((): Tree => {
        this.CONSUME(words.power)
        return ["binary", "**", inner(base), inner(this.SUBRULE(this.powered))]
      }) ?? base
    )
  })

  unary = this.RULE(
    "unary",
    (): Tree =>
      this.OR([
        { ALT: (): Tree => ["unary", this.CONSUME(words.sign).image, inner(this.SUBRULE(this.unary))] },
        { ALT: (): Tree => ["unary", this.CONSUME(words.not).image, inner(this.SUBRULE2(this.unary))] },
        { ALT: (): Tree => ["unary", this.CONSUME(words.type).image, inner(this.SUBRULE3(this.unary))] },
        { ALT: () => this.SUBRULE(this.chain) },
      ]),
  )

  chain = this.RULE("chain", (): Tree => {
    let node = this.SUBRULE(this.primary)
    this.MANY(() => {
      node = this.SUBRULE(this.link, { ARGS: [inner(node)] })
    })
    return node
  })

  link = this.RULE(
    "link",
    (object: Tree): Tree =>
      this.OR([
        {
          ALT: (): Tree => {
            this.CONSUME(words.dot)
            return ["member", object, this.SUBRULE(this.name), false]
          },
        },
        { ALT: (): Tree => ["index", object, this.SUBRULE(this.index), false] },
        { ALT: (): Tree => ["call", object, this.SUBRULE(this.args), false] },
        {
          ALT: (): Tree => {
            this.CONSUME(words.optional)
            return this.OR2([
              { ALT: (): Tree => ["member", object, this.SUBRULE2(this.name), true] },
              { ALT: (): Tree => ["index", object, this.SUBRULE2(this.index), true] },
              { ALT: (): Tree => ["call", object, this.SUBRULE2(this.args), true] },
            ])
          },
        },
      ]),
  )

  index = this.RULE("index", (): Tree => {
    this.CONSUME(words.openList)
    const value = this.SUBRULE(this.expression)
    this.CONSUME(words.closeList)
    return value
  })

  args = this.RULE("args", (): Tree[] => {
    const values: Tree[] = []
    this.CONSUME(words.open)
    this.OPTION(() => {
      values.push(this.SUBRULE(this.argument))
      this.MANY({
        GATE: () => this.LA(2).tokenType !== words.close,
        DEF: () => {
          this.CONSUME(words.comma)
          values.push(this.SUBRULE2(this.argument))
        },
      })
      this.OPTION2(() => this.CONSUME2(words.comma))
    })
    this.CONSUME(words.close)
    return values
  })

  argument = this.RULE(
    "argument",
    (): Tree =>
      this.OR([
        { GATE: () => this.#arrowFollows(), ALT: () => this.SUBRULE(this.arrow) },
        { ALT: () => this.SUBRULE(this.item) },
      ]),
  )

  arrow = this.RULE("arrow", (): Tree => {
    const params: unknown[] = []
    this.OR([
      { ALT: () => params.push(this.SUBRULE(this.name)) },
      {
        ALT: () => {
          this.CONSUME(words.open)
          this.OPTION(() => {
            params.push(this.SUBRULE(this.pattern))
            this.MANY({
              GATE: () => this.LA(2).tokenType !== words.close,
              DEF: () => {
                this.CONSUME(words.comma)
                params.push(this.SUBRULE2(this.pattern))
              },
            })
            this.OPTION2(() => this.CONSUME2(words.comma))
          })
          this.CONSUME(words.close)
        },
      },
    ])
    this.CONSUME(words.arrow)
    return ["arrow", params, this.SUBRULE(this.expression)]
  })

  pattern = this.RULE("pattern", (): unknown =>
    this.OR([
      { ALT: () => this.SUBRULE(this.name) },
      {
        ALT: () => {
          const fields: unknown[] = []
          this.CONSUME(words.openObject)
          this.OPTION(() => {
            fields.push(this.SUBRULE(this.field))
            this.MANY({
              GATE: () => this.LA(2).tokenType !== words.closeObject,
              DEF: () => {
                this.CONSUME(words.comma)
                fields.push(this.SUBRULE2(this.field))
              },
            })
            this.OPTION2(() => this.CONSUME2(words.comma))
          })
          this.CONSUME(words.closeObject)
          return ["fields", ...fields]
        },
      },
      {
        ALT: () => {
          const items: unknown[] = []
          this.CONSUME(words.openList)
          items.push(this.OPTION3(() => this.SUBRULE(this.pattern)))
          this.MANY2(() => {
            this.CONSUME3(words.comma)
            items.push(this.OPTION4(() => this.SUBRULE2(this.pattern)))
          })
          this.CONSUME(words.closeList)
          return ["items", ...items]
        },
      },
    ]),
  )

  field = this.RULE("field", (): unknown => {
    const key = this.SUBRULE(this.name)
    return [
      key,
      this.OPTION(() => {
        this.CONSUME(words.colon)
        return this.SUBRULE(this.pattern)
      }) ?? key,
    ]
  })

  primary = this.RULE(
    "primary",
    (): Tree =>
      this.OR([
        { ALT: (): Tree => ["number", Number(this.CONSUME(words.number).image.replaceAll("_", ""))] },
        { ALT: (): Tree => ["text", this.CONSUME(words.text).image] },
        { ALT: (): Tree => ["literal", this.CONSUME(words.literal).image] },
        { ALT: (): Tree => ["name", this.CONSUME(words.identifier).image] },
        { ALT: () => this.SUBRULE(this.template) },
        { ALT: () => this.SUBRULE(this.list) },
        { ALT: () => this.SUBRULE(this.object) },
        {
          ALT: (): Tree => {
            this.CONSUME(words.open)
            const value = this.SUBRULE(this.expression)
            this.CONSUME(words.close)
            return ["parenthesis", value]
          },
        },
      ]),
  )

  template = this.RULE("template", (): Tree => {
    const parts: Tree[] = []
    this.CONSUME(words.openTemplate)
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(words.templateText) },
        {
          ALT: () => {
            this.CONSUME(words.openHole)
            parts.push(this.SUBRULE(this.expression))
            this.CONSUME(words.closeObject)
          },
        },
      ])
    })
    this.CONSUME(words.closeTemplate)
    return ["template", ...parts]
  })

  list = this.RULE("list", (): Tree => {
    const items: Tree[] = []
    this.CONSUME(words.openList)
    this.OPTION(() => {
      items.push(this.SUBRULE(this.item))
      this.MANY({
        GATE: () => this.LA(2).tokenType !== words.closeList,
        DEF: () => {
          this.CONSUME(words.comma)
          items.push(this.SUBRULE2(this.item))
        },
      })
      this.OPTION2(() => this.CONSUME2(words.comma))
    })
    this.CONSUME(words.closeList)
    return ["list", ...items]
  })

  item = this.RULE(
    "item",
    (): Tree =>
      this.OR([
        {
          ALT: (): Tree => {
            this.CONSUME(words.spread)
            return ["spread", this.SUBRULE(this.expression)]
          },
        },
        { ALT: () => inner(this.SUBRULE2(this.expression)) },
      ]),
  )

  object = this.RULE("object", (): Tree => {
    const properties: Tree[] = []
    this.CONSUME(words.openObject)
    this.OPTION(() => {
      properties.push(this.SUBRULE(this.property))
      this.MANY({
        GATE: () => this.LA(2).tokenType !== words.closeObject,
        DEF: () => {
          this.CONSUME(words.comma)
          properties.push(this.SUBRULE2(this.property))
        },
      })
      this.OPTION2(() => this.CONSUME2(words.comma))
    })
    this.CONSUME(words.closeObject)
    return ["object", ...properties]
  })

  property = this.RULE(
    "property",
    (): Tree =>
      this.OR([
        {
          ALT: (): Tree => {
            this.CONSUME(words.spread)
            return ["spread", this.SUBRULE(this.expression)]
          },
        },
        {
          ALT: (): Tree => {
            const key = this.SUBRULE(this.index)
            this.CONSUME(words.colon)
            return ["computed", key, this.SUBRULE2(this.expression)]
          },
        },
        {
          ALT: (): Tree => {
            const key = this.OR2([
              { ALT: () => this.CONSUME(words.text).image },
              { ALT: () => String(Number(this.CONSUME(words.number).image.replaceAll("_", ""))) },
            ])
            this.CONSUME2(words.colon)
            return ["property", key, this.SUBRULE3(this.expression)]
          },
        },
        {
          ALT: (): Tree => {
            const key = this.SUBRULE(this.name)
            return (
              this.OPTION((): Tree => {
                this.CONSUME3(words.colon)
                return ["property", key, this.SUBRULE4(this.expression)]
              }) ?? ["property", key, ["name", key]]
            )
          },
        },
      ]),
  )

  /** A property's name: any word, also those that stand for a value elsewhere. */
  name = this.RULE("name", (): string =>
    this.OR([
      { ALT: () => this.CONSUME(words.identifier).image },
      { ALT: () => this.CONSUME(words.literal).image },
      { ALT: () => this.CONSUME(words.type).image },
    ]),
  )

  /** Does an arrow function begin here? A word or a pair of parentheses, and `=>` behind it. */
  #arrowFollows(): boolean {
    if (this.LA(2).tokenType === words.arrow) return this.LA(1).tokenType !== words.close
    if (this.LA(1).tokenType !== words.open) return false
    let depth = 0
    for (let ahead = 1; ; ahead++) {
      const { tokenType } = this.LA(ahead)
      if (tokenType === words.open) depth++
      else if (tokenType === words.close && --depth === 0) return this.LA(ahead + 1).tokenType === words.arrow
      else if (tokenType.name === "EOF") return false
    }
  }
}

/** A value without the parentheses around it, which matter only beside `??`. */
function inner(tree: Tree): Tree {
  return tree[0] === "parenthesis" ? inner(tree[1] as Tree) : tree
}

/** The grammar itself: its rules can be read as data. */
export const expressionGrammar = new ExpressionGrammar()

/** How `source` nests, or undefined when it is no expression. */
export function readExpression(source: string): Tree | undefined {
  const { tokens, errors } = lexer.tokenize(source)
  if (errors.length > 0 || isUnbalanced(tokens)) return undefined
  expressionGrammar.input = tokens
  const tree = expressionGrammar.expression()
  return expressionGrammar.errors.length > 0 ? undefined : tree
}

/** A `}` too many leaves the lexer without a mode; it then says so in no other way. */
function isUnbalanced(tokens: readonly IToken[]): boolean {
  let depth = 0
  for (const { tokenType } of tokens) {
    if (tokenType === words.openObject || tokenType === words.openHole) depth++
    else if (tokenType === words.closeObject && --depth < 0) return true
  }
  return depth !== 0
}
