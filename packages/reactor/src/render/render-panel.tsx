import type { Json, JsonObject, Panel, State } from "@nexus/protocol"
import { renderToStaticMarkup, renderToString } from "react-dom/server"
import { provideParts } from "../react/eager-parts.ts"
import { PanelView } from "../react/PanelView.tsx"
import { ReadOnly } from "../react/read-only.tsx"
import { createPreviewPanel, type PreviewOptions } from "../store/preview-panel.ts"

provideParts()

export interface RenderOptions extends Pick<PreviewOptions, "id" | "within"> {
  /** How wide the panel will be, in pixels: what is drawn in numbers, as charts are, is drawn for that. */
  readonly width?: number | undefined
  /** For `hydratePanel` to take over: with the marks that React needs, and with inputs switched off until it did. */
  readonly hydratable?: boolean
}

/**
 * The HTML of a panel with this state, painted by the same components as in the browser. Nothing in it runs. `within` is
 * the graph of the workspace around it: what it imports and embeds, and its packages' components.
 */
export function renderPanel(panel: Panel, state: JsonObject = {}, options: RenderOptions = {}): string {
  const { width, hydratable = false, ...around } = options
  const live = createPreviewPanel(withoutSecrets(panel), sharedState(panel, state), around)
  const view = <PanelView live={live} width={width} />
  try {
    return hydratable ? renderToString(<ReadOnly on>{view}</ReadOnly>) : renderToStaticMarkup(view)
  } finally {
    live.close()
  }
}

const EMPTY: { readonly [type in State["type"]]: Json } = {
  string: "",
  number: 0,
  boolean: false,
  list: [],
  object: {},
}

/** A secret never reaches a page, not even as what it starts with. */
function withoutSecrets(panel: Panel): Panel {
  if (!panel.states.some(({ secret }) => secret)) return panel
  return {
    ...panel,
    states: panel.states.map((state) => (state.secret ? { ...state, initial: EMPTY[state.type] } : state)),
  }
}

/** What everybody may see of a panel's state: no secret, and nothing that is one viewer's own. */
export function sharedState(panel: Panel, state: JsonObject): JsonObject {
  const hidden = new Set(
    panel.states.filter(({ secret, scope }) => secret || scope === "session").map(({ name }) => name),
  )
  return Object.fromEntries(Object.entries(state).filter(([name]) => !hidden.has(name)))
}
