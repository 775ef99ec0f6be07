import type { JsonObject, Panel } from "@nexus/protocol"
import { renderToStaticMarkup } from "react-dom/server"
import { provideParts } from "../react/eager-parts.ts"
import { PanelView } from "../react/PanelView.tsx"
import { createPreviewPanel, type PreviewOptions } from "../store/preview-panel.ts"

provideParts()

/**
 * The HTML of a panel with this state, painted by the same components as in the browser. Nothing in it runs. `within` is
 * the graph of the workspace around it: what it imports and embeds, and its packages' components.
 */
export function renderPanel(
  panel: Panel,
  state: JsonObject = {},
  around: Pick<PreviewOptions, "id" | "within"> = {},
): string {
  const live = createPreviewPanel(panel, state, around)
  try {
    return renderToStaticMarkup(<PanelView live={live} />)
  } finally {
    live.close()
  }
}
