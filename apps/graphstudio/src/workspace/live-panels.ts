import type { Panel, PanelEntity } from "@nexus/protocol"
import { parsePanel } from "@nexus/reactor"
import type { WorkspaceMirror } from "@nexus/reactor/client"
import { createLivePanel, type LivePanel, type Notice } from "@nexus/reactor/react"

interface Kept {
  readonly source: string
  readonly live: LivePanel
}

/** The living panels of one mirror, each made once per source. */
export function createLivePanels(mirror: WorkspaceMirror, onNotice: (notice: Notice) => void) {
  const kept = new Map<string, Kept>()
  return {
    live({ id, properties: { source } }: PanelEntity): LivePanel | undefined {
      const known = kept.get(id)
      if (known?.source === source) return known.live
      const panel = readPanel(source)
      if (!panel) return known?.live
      known?.live.close()
      const live = createLivePanel({ id, panel, mirror, onNotice })
      kept.set(id, { source, live })
      return live
    },
    close() {
      for (const { live } of kept.values()) live.close()
      kept.clear()
    },
  }
}

const READ_SOURCES = 300
const read = new Map<string, Panel | undefined>()

/** The panel a source says, read once per source: many parts of the screen ask for the same one. */
export function readPanel(source: string): Panel | undefined {
  if (read.has(source)) return read.get(source)
  const { panel } = parsePanel(source)
  const [oldest] = read.keys()
  if (read.size >= READ_SOURCES && oldest !== undefined) read.delete(oldest)
  read.set(source, panel)
  return panel
}
