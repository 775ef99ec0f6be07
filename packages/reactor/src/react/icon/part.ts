import { createPart } from "../on-demand.tsx"
import type { IconDrawingProps } from "./IconDrawing.tsx"

/** The set of signs, which comes when the first one is painted. */
export const IconPart = createPart<IconDrawingProps>(() => import("./IconDrawing.tsx").then((part) => part.IconDrawing))
