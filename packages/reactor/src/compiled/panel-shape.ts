import { PanelData, type ViewNode } from "@nexus/protocol"

/** No deeper than a source can be. */
const MAX_NODE_DEPTH = 64

/** A Panel as a compiled file holds it. */
export const PanelShape = PanelData.refine(({ view }) => depthOf(view) <= MAX_NODE_DEPTH, "nodes nested too deep")

function depthOf(nodes: readonly ViewNode[], level = 1): number {
  if (level > MAX_NODE_DEPTH) return level
  return Math.max(level, ...nodes.map(({ children }) => depthOf(children, level + 1)))
}
