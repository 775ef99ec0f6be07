import { ChartDrawing } from "./chart/ChartDrawing.tsx"
import { ChartPart } from "./chart/part.ts"
import { HighlightedLines } from "./code/HighlightedLines.tsx"
import { HighlightPart } from "./code/part.ts"
import { GraphDrawing } from "./graph/GraphDrawing.tsx"
import { GraphPart } from "./graph/part.ts"
import { IconDrawing } from "./icon/IconDrawing.tsx"
import { IconPart } from "./icon/part.ts"
import { MarkdownText } from "./markdown/MarkdownText.tsx"
import { MarkdownPart } from "./markdown/part.ts"
import { TablePart } from "./table/part.ts"
import { TableGrid } from "./table/TableGrid.tsx"

/** Gives every part that comes on demand at once: a server paints in one go. */
export function provideParts(): void {
  ChartPart.provide(ChartDrawing)
  GraphPart.provide(GraphDrawing)
  HighlightPart.provide(HighlightedLines)
  IconPart.provide(IconDrawing)
  MarkdownPart.provide(MarkdownText)
  TablePart.provide(TableGrid)
}
