import { NexusError, packageComponents } from "@nexus/protocol"
import { parsePanel } from "@nexus/reactor"
import type { Workspace } from "../workspace/workspace.ts"

/** A panel as a whole HTML document, with its shared state of now. The renderer is loaded when first asked for. */
export async function renderPanelDocument(workspace: Workspace, id: string): Promise<string> {
  const entity = workspace.graph.panel(id)
  if (!entity) throw new NexusError({ code: "not-found", what: "panel", id })
  const { title, source, state } = entity.properties
  const { graph } = workspace
  const { panel } = parsePanel(source, { components: packageComponents(graph).declarations })
  if (!panel)
    throw new NexusError({ code: "panel-invalid", panel: title, errors: 1, first: "there is no NexusPanel element" })
  // React's components are TSX: Node reads them once this hook is there.
  await import("@nexus/reactor/register-jsx")
  const { renderPanel } = await import("@nexus/reactor/render")
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>`
  return `<!doctype html>\n<html lang="en"><head>${head}</head><body>${renderPanel(panel, state, { id, within: graph })}</body></html>\n`
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
}
