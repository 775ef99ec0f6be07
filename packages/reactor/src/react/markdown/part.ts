import { createPart } from "../on-demand.tsx"

/** The parser of Markdown and what paints its tree. */
export const MarkdownPart = createPart<{ readonly text: string }>(() =>
  import("./MarkdownText.tsx").then(({ MarkdownText }) => MarkdownText),
)
