import { components, elements, type Graph, type Panel, type PanelEntity, type ViewNode } from "@nexus/protocol"
import { createPreviewPanel, type LivePanel } from "@nexus/reactor/react"
import { useEffect, useMemo } from "react"
import { readPanel } from "./live-panels.ts"

/**
 * This panel alive apart from the workspace: what is pressed in it stays in it. `within` is the workspace of its time,
 * which only a panel that names something of it is given: the others need not begin anew when that moves on.
 */
export function usePreview(panel: PanelEntity | undefined, within: Graph): LivePanel | undefined {
  const id = panel?.id
  const source = panel?.properties.source
  const state = panel?.properties.state
  const read = useMemo(() => (source === undefined ? undefined : readPanel(source)), [source])
  const around = read && namesOthers(read) ? within : undefined
  const live = useMemo(
    () => read && createPreviewPanel(read, state, { ...(id ? { id } : {}), ...(around ? { within: around } : {}) }),
    [read, state, id, around],
  )
  useEffect(() => () => live?.close(), [live])
  return live
}

function namesOthers({ imports, view }: Panel): boolean {
  const inNodes = (nodes: readonly ViewNode[]): boolean =>
    nodes.some(({ element, children }) => element === "Embed" || !isStandard(element) || inNodes(children))
  return imports.length > 0 || inNodes(view)
}

function isStandard(element: string): boolean {
  return components.has(element) || elements.has(element)
}
