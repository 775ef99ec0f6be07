import type { Entity, Frame, Operation, PanelEntity } from "@nexus/protocol"
import { say } from "../words/say.ts"

/** What a person does to panels, as operations. Pure: ids and places come in, operations go out. */

export function newPanel(id: string, workspace: string, source: string, title: string, frame: Frame): Operation {
  const entity: Entity = {
    id,
    kind: "panel",
    name: title,
    scope: workspace,
    properties: { source, frame, title, state: {}, grants: [] },
  }
  return { kind: "entity_add", entity }
}

/** Frames of the panels that really moved, on whole pixels. */
export function moveFrames(panels: readonly PanelEntity[], frames: ReadonlyMap<string, Frame>): Operation[] {
  const operations: Operation[] = []
  for (const panel of panels) {
    const wanted = frames.get(panel.id)
    if (!wanted) continue
    const frame = wholePixels(wanted)
    const before = panel.properties.frame
    const same = frame.x === before.x && frame.y === before.y && frame.w === before.w && frame.h === before.h
    if (!same) operations.push({ kind: "panel_frame", panel: panel.id, frame })
  }
  return operations
}

export function wholePixels(frame: Frame): Frame {
  return { x: Math.round(frame.x), y: Math.round(frame.y), w: Math.round(frame.w), h: Math.round(frame.h) }
}

/** "Groceries" or "3 panels", for sentences. */
export function panelsInWords(panels: readonly PanelEntity[]): string {
  const [first] = panels
  return panels.length === 1 && first
    ? first.properties.title
    : say("{count, plural, one {# panel} other {# panels}}", { count: panels.length })
}
