import { createToken, Lexer } from "chevrotain"

/** The words of expressions; the longer of two that fit comes first. */
const space = createToken({ name: "Space", pattern: /[ \t\r\n]+/, group: Lexer.SKIPPED, line_breaks: true })
export const identifier = createToken({ name: "Identifier", pattern: /[A-Za-z_$][\w$]*/ })
export const number = createToken({
  name: "Number",
  pattern:
    /(?:0[xX][\da-fA-F]+(?:_[\da-fA-F]+)*|0[bB][01]+(?:_[01]+)*|0[oO][0-7]+(?:_[0-7]+)*|(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?|(?!\.))|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?)(?![\w$])/,
})
export const text = createToken({
  name: "Text",
  pattern: /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/,
  line_breaks: true,
})
const mark = (name: string, label: string) => createToken({ name, pattern: label, label })
const word = (name: string, pattern: RegExp) => createToken({ name, pattern, longer_alt: identifier })

export const literal = word("Literal", /(?:true|false|null|undefined|NaN|Infinity)/)
export const type = word("Typeof", /typeof/)
export const arrow = mark("Arrow", "=>")
export const optional = createToken({ name: "Optional", pattern: /\?\.(?!\d)/, label: "?." })
export const nullish = mark("Nullish", "??")
export const question = mark("Question", "?")
export const or = mark("Or", "||")
export const and = mark("And", "&&")
export const equality = createToken({ name: "Equality", pattern: /[=!]==?/, label: "== != === !==" })
export const relation = createToken({ name: "Relation", pattern: /[<>]=?/, label: "< > <= >=" })
export const power = mark("Power", "**")
export const product = createToken({ name: "Product", pattern: /[*/%]/, label: "* / %" })
export const sign = createToken({ name: "Sign", pattern: /\+(?!\+)|-(?!-)/, label: "+ -" })
export const not = mark("Not", "!")
export const spread = mark("Spread", "...")
export const dot = mark("Dot", ".")
export const comma = mark("Comma", ",")
export const colon = mark("Colon", ":")
export const open = mark("Open", "(")
export const close = mark("Close", ")")
export const openList = mark("OpenList", "[")
export const closeList = mark("CloseList", "]")
export const openObject = createToken({ name: "OpenObject", pattern: "{", label: "{", push_mode: "expression" })
export const closeObject = createToken({ name: "CloseObject", pattern: "}", label: "}", pop_mode: true })
export const openTemplate = createToken({ name: "OpenTemplate", pattern: "`", label: "`", push_mode: "template" })
export const closeTemplate = createToken({ name: "CloseTemplate", pattern: "`", label: "`", pop_mode: true })
export const templateText = createToken({
  name: "TemplateText",
  pattern: /(?:[^`\\$]|\\[\s\S]|\$(?!\{))+/,
  line_breaks: true,
})
export const openHole = createToken({ name: "OpenHole", pattern: "${", label: "${", push_mode: "expression" })

const expressionTokens = [
  space,
  literal,
  type,
  identifier,
  number,
  text,
  arrow,
  equality,
  relation,
  spread,
  optional,
  nullish,
  question,
  or,
  and,
  power,
  product,
  sign,
  not,
  dot,
  comma,
  colon,
  open,
  close,
  openList,
  closeList,
  openObject,
  closeObject,
  openTemplate,
]
export const modes = { expression: expressionTokens, template: [closeTemplate, openHole, templateText] }
