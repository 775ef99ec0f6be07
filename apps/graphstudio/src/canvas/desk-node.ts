import type { PanelNode } from "./panel-nodes.ts"
import type { GhostNode, PastNode } from "./past-nodes.ts"
import type { SectionNode } from "./section-nodes.ts"

/** What a person lays on the desk. */
export type DeskNode = PanelNode | SectionNode
/** All that React Flow draws there, now and in the past. */
export type CanvasNode = DeskNode | PastNode | GhostNode
