import { NexusError, type Panel, packageComponents, type ViewNode } from "@nexus/protocol"
import { parsePanel } from "@nexus/reactor"
import { encodePanel } from "@nexus/reactor/compiled"
import type { Workspace } from "../workspace/workspace.ts"
import { pageStyle } from "./page-style.ts"

/** A panel as a whole HTML document, and what the browser is to hold it to. */
export interface PanelPage {
  readonly html: string
  /** The `style-src` of its styles. */
  readonly styles: string
  /** Whether it loads the viewer, which takes the page over. */
  readonly live: boolean
}

/** How wide the page paints a panel where the window has room. */
const PAGE_WIDTH_PX = 688

/**
 * A panel with its shared state of now: a page that can be read without script, and that the script at `viewer` makes
 * live. What needs other panels or packages stays as it was painted. The renderer is loaded when first asked for.
 */
export async function renderPanelDocument(
  workspace: Pick<Workspace, "id" | "graph">,
  id: string,
  viewer?: string,
): Promise<PanelPage> {
  const entity = workspace.graph.panel(id)
  if (!entity) throw new NexusError({ code: "not-found", what: "panel", id })
  const { title, source, state } = entity.properties
  const { graph } = workspace
  const { panel } = parsePanel(source, { components: packageComponents(graph).declarations })
  if (!panel)
    throw new NexusError({ code: "panel-invalid", panel: title, errors: 1, first: "there is no NexusPanel element" })
  // React's components are TSX: Node reads them once this hook is there.
  await import("@nexus/reactor/register-jsx")
  const { renderPanel, sharedState } = await import("@nexus/reactor/render")
  const compiled = viewer === undefined || !standsAlone(panel) ? undefined : compiledOf(source)
  const live = compiled !== undefined
  const body = renderPanel(panel, state, { id, within: graph, width: PAGE_WIDTH_PX, hydratable: live })
  const { text, source: styles } = pageStyle()
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><link rel="icon" href="data:,"><title>${escaped(title)}</title><style>${text}</style>`
  const page = { workspace: workspace.id, panel: id, width: PAGE_WIDTH_PX, state: sharedState(panel, state), compiled }
  const script = live
    ? `<script type="application/json" id="nexus-page">${JSON.stringify(page).replaceAll("<", "\\u003c")}</script><script type="module" src="${viewer}"></script>`
    : ""
  const html = `<!doctype html>\n<html lang="en"><head>${head}</head><body><header class="nx-page-name"><h1>${escaped(title)}</h1></header><main class="nx-page" id="nexus-panel">${body}</main>${script}</body></html>\n`
  return { html, styles, live }
}

/** A viewer carries this panel and no other. */
function standsAlone({ imports, view }: Panel): boolean {
  const alone = ({ element, children }: ViewNode): boolean => element !== "Embed" && children.every(alone)
  return imports.length === 0 && view.every(alone)
}

/** Absent for a source with errors, and for one that needs the components of packages. */
function compiledOf(source: string): string | undefined {
  try {
    return Buffer.from(encodePanel(source, { withSource: false })).toString("base64")
  } catch (error) {
    if (error instanceof NexusError) return undefined
    throw error
  }
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
}
