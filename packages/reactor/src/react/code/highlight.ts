import { classHighlighter, highlightCode } from "@lezer/highlight"
import { parser as javascript } from "@lezer/javascript"
import { parser as json } from "@lezer/json"
import { parser as xml } from "@lezer/xml"
import type { grammarOf } from "./languages.ts"

const PARSERS = { javascript: javascript.configure({ dialect: "ts jsx" }), json, xml }

/** A piece of a line and what it is, as class names beginning with `tok-`; no class for plain text. */
export interface Token {
  readonly text: string
  readonly look: string
}

/** The lines of a text in tokens; joined they are the text. Text that does not follow the grammar is read as far as it does. */
export function highlight(
  text: string,
  grammar: NonNullable<ReturnType<typeof grammarOf>>,
): readonly (readonly Token[])[] {
  const lines: Token[][] = [[]]
  highlightCode(
    text,
    PARSERS[grammar].parse(text),
    classHighlighter,
    (piece, look) => lines.at(-1)?.push({ text: piece, look }),
    () => lines.push([]),
  )
  return lines
}
