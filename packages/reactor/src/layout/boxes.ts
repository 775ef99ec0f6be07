import { components, type ViewNode } from "@nexus/protocol"
import type { Box } from "./rows.ts"

const WHOLE_ROW: Box = { min: 4096, ideal: 4096, max: 4096 }
const UNKNOWN: Box = { min: 120, ideal: 240, max: 4096 }

/** How wide a component wants to be, as its declaration says; a title stands above what follows, not beside it. */
export function boxOf(node: ViewNode): Box {
  if (node.element === "Text" && node.attributes.size?.text === "title") return WHOLE_ROW
  return components.get(node.element)?.width ?? UNKNOWN
}
