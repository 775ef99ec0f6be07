import { createPart } from "../on-demand.tsx"
import type { GraphDrawingProps } from "./GraphDrawing.tsx"

/** The drawing, with dagre's layout. */
export const GraphPart = createPart<GraphDrawingProps>(() =>
  import("./GraphDrawing.tsx").then(({ GraphDrawing }) => GraphDrawing),
)
