import type { PanelEntity } from "@nexus/protocol"
import { createPreviewPanel, type LivePanel } from "@nexus/reactor/react"
import { useEffect, useMemo } from "react"
import { readPanel } from "./live-panels.ts"

/** This panel alive apart from the workspace: what is pressed in it stays in it. */
export function usePreview(panel: PanelEntity | undefined): LivePanel | undefined {
  const source = panel?.properties.source
  const state = panel?.properties.state
  const live = useMemo(() => {
    const read = source === undefined ? undefined : readPanel(source)
    return read && createPreviewPanel(read, state)
  }, [source, state])
  useEffect(() => () => live?.close(), [live])
  return live
}
