import type { Panel, PanelEntity } from "@nexus/protocol"
import { createLivePanel, type LivePanel } from "@nexus/reactor/react"
import { parsePanel } from "@nexus/reactor/reading"
import type { Desk } from "../workspace/desk.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import { tellNotice } from "./tell-notice.ts"

interface Kept {
  readonly source: string
  readonly live: LivePanel
}

const desks = new WeakMap<Desk, Map<string, Kept>>()

/** The living panel for what this entity says now; the same object until its source changes. */
export function livePanel(desk: Desk, { id, properties: { source } }: PanelEntity): LivePanel | undefined {
  const kept = keptOf(desk)
  const known = kept.get(id)
  if (known?.source === source) return known.live
  const panel = readPanel(source)
  if (!panel) return known?.live
  // While its components are edited a panel stays open: nothing that runs at its beginning or end runs at each edit.
  const continues = known?.live.opened === true && useStudio.getState().directing?.panel === id
  known?.live.close(continues ? "continued" : "ended")
  const { mirror, files } = desk
  const live = createLivePanel({
    id,
    panel,
    mirror,
    files,
    continues,
    onNotice: (notice) => tellNotice(notice, mirror.graph),
    onOpenSource: (line, column) => studio.edit(id, { line, column }),
  })
  kept.set(id, { source, live })
  return live
}

function keptOf(desk: Desk): Map<string, Kept> {
  const known = desks.get(desk)
  if (known) return known
  const made = new Map<string, Kept>()
  desks.set(desk, made)
  desk.onClose(() => {
    for (const { live } of made.values()) live.close()
  })
  return made
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
