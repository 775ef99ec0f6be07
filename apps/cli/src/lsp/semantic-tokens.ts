import { TOKEN_KINDS, type Token } from "@nexus/reactor/language"
import { type SemanticTokens, SemanticTokensBuilder } from "vscode-languageserver/node"
import type { TextDocument } from "vscode-languageserver-textdocument"

/** The kinds by number; all but `element`, `attribute` and `brace` are the protocol's own. */
export const LEGEND = { tokenTypes: [...TOKEN_KINDS], tokenModifiers: [] }

/** Colours as the protocol packs them: a token of several lines is one for each of them. */
export function toSemanticTokens(text: TextDocument, tokens: readonly Token[]): SemanticTokens {
  const builder = new SemanticTokensBuilder()
  for (const { offset, length, kind } of tokens) {
    const type = TOKEN_KINDS.indexOf(kind)
    const start = text.positionAt(offset)
    const lines = text.getText({ start, end: text.positionAt(offset + length) }).split(/\r?\n/)
    lines.forEach((line, index) => {
      if (line !== "") builder.push(start.line + index, index === 0 ? start.character : 0, line.length, type, 0)
    })
  }
  return builder.build()
}
