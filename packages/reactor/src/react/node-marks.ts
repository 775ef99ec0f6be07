import type { ViewNode } from "@nexus/protocol"
import { createContext, useContext } from "react"
import type { LivePanel } from "../store/live-panel.ts"
import type { Places } from "../store/places.ts"
import { usePanel } from "./panel-context.ts"

/**
 * The panel whose components say which node of its View they are, for whoever edits it where it stands. Only then: what
 * is merely looked at, or written on a server, carries no more attributes than it needs.
 */
export const NodeMarksContext = createContext<LivePanel | undefined>(undefined)

/** What a component carries so that it is found again; nothing inside an embedded panel or a package's component. */
export function useNodeMark(node: ViewNode, places: Places): { readonly "data-nx-node"?: string } {
  const marked = useContext(NodeMarksContext)
  const live = usePanel()
  return marked === live && places.inside === undefined ? { "data-nx-node": node.id } : {}
}
