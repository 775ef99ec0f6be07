import { createId, type Frame } from "@nexus/protocol"
import { parsePanel } from "@nexus/reactor"
import type { Files } from "../storage/versions.ts"
import { type CommittedPanel, type CommittedWorkspace, fromFiles } from "./workspace-files.ts"

const COLUMNS = 4
const MOST_PANELS = 1000
const SIZE = { w: 360, h: 280 }
const AIR = 24

/** What of an imported repository a workspace is made from. */
export function isImported(path: string): boolean {
  return /^(?:workspace|nog)\.json$|^panels\/[^/]+\/state\.json$|\.nxml$/.test(path)
}

/**
 * The workspace that a repository holds: as we wrote it, or a panel of every NXML file that is one, side by side. All
 * other files stay in the repository and are nothing here.
 */
export function importedWorkspace(files: Files, workspace: string): CommittedWorkspace {
  if (files.has("workspace.json")) return fromFiles(files, workspace)
  const panels = new Map<string, CommittedPanel>()
  for (const path of [...files.keys()].sort()) {
    const source = files.get(path) ?? ""
    const { panel, diagnostics } = parsePanel(source)
    const broken = !panel || diagnostics.some(({ severity }) => severity === "error")
    if (!path.endsWith(".nxml") || broken || panels.size === MOST_PANELS) continue
    panels.set(createId("panel"), {
      title: panel.title,
      source,
      frame: frameOf(panels.size),
      state: {},
      properties: {},
    })
  }
  return { name: "", properties: {}, panels, entities: new Map(), relationships: [] }
}

function frameOf(index: number): Frame {
  const x = (index % COLUMNS) * (SIZE.w + AIR)
  const y = Math.floor(index / COLUMNS) * (SIZE.h + AIR)
  return { x, y, ...SIZE }
}
