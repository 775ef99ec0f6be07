import { type ApiClient, endpoints, type WorkspaceSummary } from "@nexus/protocol"
import { gallerySource } from "./gallery-sources.ts"
import { placeTemplate, type Template } from "./templates.ts"

interface MakeOptions {
  readonly api: ApiClient
  readonly name: string
  readonly template: Template | undefined
  readonly onProgress: (done: number, of: number) => void
}

/**
 * A new workspace with the template's panels in it. It asks for nothing that a person could not ask for by hand, so a
 * panel's capabilities wait for a yes as everywhere; what could not be put there is told, and the rest stays.
 */
export async function makeWorkspace({
  api,
  name,
  template,
  onProgress,
}: MakeOptions): Promise<{ readonly made: WorkspaceSummary; readonly missing: readonly string[] }> {
  const made = await api.call(endpoints.createWorkspace, { body: { name } })
  const panels = template ? placeTemplate(template) : []
  const missing: string[] = []
  for (const [index, { folder, frame }] of panels.entries()) {
    onProgress(index, panels.length)
    try {
      await api.call(endpoints.createPanel, {
        body: { workspace: made.id, source: await gallerySource(folder), frame },
      })
    } catch {
      missing.push(folder)
    }
  }
  return { made, missing }
}
