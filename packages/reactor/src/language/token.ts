import type { Span } from "./span.ts"

/** What a stretch of a source is, for its colour. */
export const TOKEN_KINDS = [
  "element",
  "attribute",
  "string",
  "comment",
  "keyword",
  "number",
  "operator",
  "variable",
  "parameter",
  "property",
  "method",
  "function",
  "regexp",
  "brace",
] as const
export type TokenKind = (typeof TOKEN_KINDS)[number]

/** A stretch with one colour. */
export interface Token extends Span {
  readonly kind: TokenKind
}
