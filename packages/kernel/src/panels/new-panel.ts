import type { Frame, Operation } from "@nexus/protocol"

export const DEFAULT_FRAME: Frame = { x: 80, y: 80, w: 360, h: 320 }

/** The operation that puts a new panel on the canvas. Its title and state follow from the source when it is committed. */
export function createPanelOperation(panel: {
  readonly id: string
  readonly workspace: string
  readonly source: string
  readonly frame: Frame
}): Operation {
  const { id, workspace, source, frame } = panel
  const properties = { source, frame, title: "", state: {}, grants: [] }
  return { kind: "entity_add", entity: { id, kind: "panel", name: "", scope: workspace, properties } }
}
