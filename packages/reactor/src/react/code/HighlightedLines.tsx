import { type ReactNode, useMemo } from "react"
import { highlight } from "./highlight.ts"
import type { grammarOf } from "./languages.ts"

export interface HighlightedLinesProps {
  readonly text: string
  readonly grammar: NonNullable<ReturnType<typeof grammarOf>>
}

/** A text in the colours of its language, each line an element. */
export function HighlightedLines({ text, grammar }: HighlightedLinesProps): ReactNode {
  const lines = useMemo(() => highlight(text, grammar), [text, grammar])
  return lines.map((tokens, line) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its position
    <span key={line} className="nx-code-line">
      {tokens.map(({ text: piece, look }, index) =>
        look === "" ? (
          piece
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a token has no identity but its position
          <span key={index} className={look}>
            {piece}
          </span>
        ),
      )}
      {"\n"}
    </span>
  ))
}
