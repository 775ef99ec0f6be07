import type { Graph, PanelEntity } from "@nexus/protocol"
import { PanelView, ReadOnly } from "@nexus/reactor/react"
import { usePreview } from "./use-preview.ts"
import "@nexus/reactor/panel.css"

/** The content of a sheet as it was, with every control switched off. */
export default function PastBody({ panel, within }: { readonly panel: PanelEntity; readonly within: Graph }) {
  const live = usePreview(panel, within)
  if (!live) return null
  return (
    <ReadOnly on>
      <PanelView live={live} />
    </ReadOnly>
  )
}
