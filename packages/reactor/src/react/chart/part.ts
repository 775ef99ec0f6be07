import { createPart } from "../on-demand.tsx"
import type { ChartDrawingProps } from "./ChartDrawing.tsx"

/** The drawing, with d3's scales and shapes. */
export const ChartPart = createPart<ChartDrawingProps>(() =>
  import("./ChartDrawing.tsx").then(({ ChartDrawing }) => ChartDrawing),
)
