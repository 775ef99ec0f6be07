import type { ReactNode } from "react"
import { OnDemand } from "../on-demand.tsx"
import { grammarOf } from "./languages.ts"
import { HighlightPart } from "./part.ts"

/** Beyond this many characters a text stays plain: colours are not worth a wait. */
const LONGEST = 100_000

/** A text as it is written, at once; in the colours of its language as soon as they are there. */
export function CodeText({ text, language }: { readonly text: string; readonly language: string }): ReactNode {
  const grammar = text.length > LONGEST ? undefined : grammarOf(language)
  const plain = <PlainLines text={text} />
  return grammar === undefined ? plain : <OnDemand part={HighlightPart} props={{ text, grammar }} fallback={plain} />
}

function PlainLines({ text }: { readonly text: string }): ReactNode {
  return text.split("\n").map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its position
    <span key={index} className="nx-code-line">
      {line}
      {"\n"}
    </span>
  ))
}
