import type { JsonObject, Panel } from "@nexus/protocol"
import { renderToStaticMarkup } from "react-dom/server"
import { provideParts } from "../react/eager-parts.ts"
import { PanelView } from "../react/PanelView.tsx"
import { createPreviewPanel } from "../store/preview-panel.ts"

provideParts()

/** The HTML of a panel with this state, painted by the same components as in the browser. Nothing in it runs. */
export function renderPanel(panel: Panel, state: JsonObject = {}): string {
  const live = createPreviewPanel(panel, state)
  try {
    return renderToStaticMarkup(<PanelView live={live} />)
  } finally {
    live.close()
  }
}
