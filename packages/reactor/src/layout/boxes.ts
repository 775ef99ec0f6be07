import { components, type ViewNode } from "@nexus/protocol"
import type { Box } from "./rows.ts"

const UNKNOWN: Box = { min: 120, ideal: 240, max: 4096 }

/** How wide a component wants to be, as its declaration says. */
export function boxOf(node: ViewNode): Box {
  return components.get(node.element)?.width ?? UNKNOWN
}
