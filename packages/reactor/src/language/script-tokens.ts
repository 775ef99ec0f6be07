import { type Token as AcornToken, tokenizer } from "acorn"
import { FUNCTIONS } from "../expression/builtins.ts"
import { remembered } from "../expression/remembered.ts"
import type { TokenKind } from "./token.ts"

/** A coloured stretch of JavaScript; offsets count in its text. */
export interface ScriptToken {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
}

/** The colours of JavaScript, or of an expression, up to the first mistake that cannot be read as a token. */
export const scriptTokens: (text: string) => readonly ScriptToken[] = remembered(4000, (text) => {
  const tokens: AcornToken[] = []
  const asides: ScriptToken[] = []
  try {
    const reader = tokenizer(text, {
      ecmaVersion: 2024,
      onComment: (_block, _text, start, end) => asides.push({ kind: "comment", start, end }),
    })
    for (let token = reader.getToken(); token.type.label !== "eof"; token = reader.getToken()) tokens.push(token)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  const painted = tokens.flatMap((token, index): ScriptToken[] => {
    const kind = kindOf(token, tokens[index - 1], tokens[index + 1], text)
    return kind === undefined ? [] : [{ kind, start: token.start, end: token.end }]
  })
  return [...painted, ...asides].sort((a, b) => a.start - b.start)
})

function kindOf(
  token: AcornToken,
  before: AcornToken | undefined,
  behind: AcornToken | undefined,
  text: string,
): TokenKind | undefined {
  const { label, keyword } = token.type
  if (keyword !== undefined) return "keyword"
  switch (label) {
    case "num":
    case "bigint":
      return "number"
    case "string":
    case "template":
    case "`":
      return "string"
    case "regexp":
      return "regexp"
    case "name":
      return nameKind(text.slice(token.start, token.end), before, behind)
    case "${":
    case "{":
    case "}":
    case "(":
    case ")":
    case "[":
    case "]":
    case ",":
    case ";":
      return "brace"
    default:
      return /^[=+\-*/%<>!&|?^~:.]+$/.test(text.slice(token.start, token.end)) ? "operator" : undefined
  }
}

const WORDS: ReadonlySet<string> = new Set(["async", "await", "let", "of", "static", "undefined", "NaN", "Infinity"])

function nameKind(name: string, before: AcornToken | undefined, behind: AcornToken | undefined): TokenKind {
  const called = behind?.type.label === "("
  if (before?.type.label === "." || before?.type.label === "?.") return called ? "method" : "property"
  if (WORDS.has(name)) return "keyword"
  if (behind?.type.label === ":" && (before?.type.label === "{" || before?.type.label === ",")) return "property"
  if (called || FUNCTIONS.has(name)) return "function"
  return behind?.type.label === "=>" ? "parameter" : "variable"
}
