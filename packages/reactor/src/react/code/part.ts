import { createPart } from "../on-demand.tsx"
import type { HighlightedLinesProps } from "./HighlightedLines.tsx"

/** The grammars of languages and what colours their words. */
export const HighlightPart = createPart<HighlightedLinesProps>(() =>
  import("./HighlightedLines.tsx").then(({ HighlightedLines }) => HighlightedLines),
)
