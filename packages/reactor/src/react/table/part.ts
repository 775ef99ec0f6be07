import type { ComponentProps } from "../component.ts"
import { createPart } from "../on-demand.tsx"

/** The rows, with what sorts, filters and scrolls them. */
export const TablePart = createPart<ComponentProps>(() => import("./TableGrid.tsx").then(({ TableGrid }) => TableGrid))
