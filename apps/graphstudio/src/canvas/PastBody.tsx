import type { PanelEntity } from "@nexus/protocol"
import { PanelView, ReadOnly } from "@nexus/reactor/react"
import { usePreview } from "./use-preview.ts"
import "@nexus/reactor/panel.css"

/** The content of a sheet as it was, with every control switched off. */
export default function PastBody({ panel }: { readonly panel: PanelEntity }) {
  const live = usePreview(panel)
  if (!live) return null
  return (
    <ReadOnly on>
      <PanelView live={live} />
    </ReadOnly>
  )
}
