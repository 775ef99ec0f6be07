import { type CustomPatternMatcherFunc, createToken, EmbeddedActionsParser, Lexer } from "chevrotain"

/**
 * The grammar of NXML's syntax, executable: which texts are well-formed documents and how they nest. It is the reference
 * that the reader in `src` is held to by a test over thousands of documents; it repairs nothing and knows no element.
 */
export interface Element {
  readonly name: string
  /** Name and value as written, without its quotes. */
  readonly attributes: readonly (readonly [name: string, value: string])[]
  readonly children: readonly (Element | string)[]
}

/** A Handler's text is raw until `</Handler`; a CDATA section in it may hold those words. */
const rawText: CustomPatternMatcherFunc = (source, offset, tokens) => {
  if (tokens.at(-1)?.tokenType !== tagEnd) return null
  const opened = tokens.findLast(({ tokenType }) => tokenType === tagOpen || tokenType === closeOpen)
  const name = opened === undefined ? undefined : tokens[tokens.indexOf(opened) + 1]
  if (opened?.tokenType !== tagOpen || name?.image !== "Handler") return null
  const cdata = /^\s*<!\[CDATA\[[\s\S]*?\]\]>/.exec(source.slice(offset))?.[0].length ?? 0
  const end = source.indexOf("</Handler", offset + cdata)
  return end <= offset ? null : [source.slice(offset, end)]
}

const space = createToken({ name: "Space", pattern: /[ \t\r\n]+/, group: Lexer.SKIPPED, line_breaks: true })
const name = createToken({ name: "Name", pattern: /[A-Za-z_][\w.:-]*/ })
const equals = createToken({ name: "Equals", pattern: "=", label: "=" })
const value = createToken({ name: "Value", pattern: /(?:"[^"]*"|'[^']*')(?=[\s/>])/, line_breaks: true })
const tagEnd = createToken({ name: "TagEnd", pattern: ">", label: ">", pop_mode: true })
const selfEnd = createToken({ name: "SelfEnd", pattern: "/>", label: "/>", pop_mode: true })
const raw = createToken({ name: "RawText", pattern: rawText, line_breaks: true })
const comment = createToken({ name: "Comment", pattern: /<!--(?:(?!<!--(?!-?>))[\s\S])*?-->/, line_breaks: true })
const cdata = createToken({ name: "CData", pattern: /<!\[CDATA\[[\s\S]*?\]\]>/, line_breaks: true })
const instruction = createToken({ name: "Instruction", pattern: /<\?[^\n]*?\?>/ })
const closeOpen = createToken({ name: "CloseOpen", pattern: "</", label: "</", push_mode: "tag" })
const tagOpen = createToken({ name: "TagOpen", pattern: /<(?=[A-Za-z_])/, label: "<", push_mode: "tag" })
const text = createToken({ name: "Text", pattern: /[^<]+/, line_breaks: true })

const modes = {
  content: [raw, comment, cdata, instruction, closeOpen, tagOpen, text],
  tag: [space, selfEnd, tagEnd, name, equals, value],
}
const lexer = new Lexer({ modes, defaultMode: "content" }, { positionTracking: "onlyOffset" })

class NxmlGrammar extends EmbeddedActionsParser {
  constructor() {
    super({ modes, defaultMode: "content" }, { maxLookahead: 1 })
    this.performSelfAnalysis()
  }

  document = this.RULE("document", (): Element => {
    this.MANY(() => this.SUBRULE(this.between))
    const root = this.SUBRULE(this.element)
    this.MANY2(() => this.SUBRULE2(this.between))
    return root
  })

  /** What may stand around the one element of a document. */
  between = this.RULE("between", () =>
    this.OR([
      { ALT: () => this.CONSUME(comment) },
      { ALT: () => this.CONSUME(instruction) },
      { ALT: () => this.CONSUME(text) },
    ]),
  )

  element = this.RULE("element", (): Element => {
    const attributes: [string, string][] = []
    const children: (Element | string)[] = []
    this.CONSUME(tagOpen)
    const opened = this.CONSUME(name).image
    this.MANY(() => attributes.push(this.SUBRULE(this.attribute)))
    this.OR([
      { ALT: () => this.CONSUME(selfEnd) },
      {
        ALT: () => {
          this.CONSUME(tagEnd)
          this.MANY2(() => children.push(this.SUBRULE(this.child)))
          this.CONSUME(closeOpen)
          const closed = this.CONSUME2(name).image
          this.CONSUME2(tagEnd)
          this.ACTION(() => {
            if (closed !== opened) throw new Mismatch(`<${opened}> ends with </${closed}>`)
          })
        },
      },
    ])
    return { name: opened, attributes, children }
  })

  attribute = this.RULE("attribute", (): [string, string] => {
    const written = this.CONSUME(name).image
    this.CONSUME(equals)
    return [written, this.CONSUME(value).image.slice(1, -1)]
  })

  child = this.RULE("child", (): Element | string =>
    this.OR([
      { ALT: () => this.SUBRULE(this.element) },
      { ALT: () => this.CONSUME(comment).image },
      { ALT: () => this.CONSUME(cdata).image },
      { ALT: () => this.CONSUME(instruction).image },
      { ALT: () => this.CONSUME(text).image },
      { ALT: () => this.CONSUME(raw).image },
    ]),
  )
}

class Mismatch extends Error {}

/** The grammar itself: its rules can be read as data. */
export const nxmlGrammar = new NxmlGrammar()

/** The root element of a well-formed document, or undefined when it is none. */
export function readNxml(source: string): Element | undefined {
  const { tokens, errors } = lexer.tokenize(source)
  if (errors.length > 0) return undefined
  nxmlGrammar.input = tokens
  try {
    const root = nxmlGrammar.document()
    return nxmlGrammar.errors.length > 0 ? undefined : root
  } catch (error) {
    if (error instanceof Mismatch) return undefined
    throw error
  }
}
