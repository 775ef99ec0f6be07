import { createId, type Frame, type JsonObject } from "@nexus/protocol"
import { freePlace, type View } from "../canvas/placement.ts"
import type { Desk } from "../workspace/desk.ts"
import { newPanel } from "../workspace/panel-acts.ts"
import { studio } from "../workspace/studio.ts"

interface Added {
  readonly source: string
  readonly title: string
  readonly size: { readonly w: number; readonly h: number }
  /** The values it starts with, beside those that its source gives. */
  readonly state?: JsonObject
  /** Where there is room near the middle of this view; or with its upper edge's middle at a point. */
  readonly near: View | { readonly x: number; readonly y: number }
}

/** Puts a new panel on the canvas as one change, selects it and brings it on screen; false where it was refused. */
export async function addPanel(desk: Desk, { source, title, size, state, near }: Added): Promise<boolean> {
  const id = createId("panel")
  const operation = newPanel(id, desk.workspace, source, title, frameOf(desk, size, near))
  const added =
    state && operation.kind === "entity_add" && operation.entity.kind === "panel"
      ? { ...operation, entity: { ...operation.entity, properties: { ...operation.entity.properties, state } } }
      : operation
  if (!(await desk.submit([added], `added ${title}`))) return false
  studio.set({ selection: [id], reveal: id })
  return true
}

function frameOf(desk: Desk, size: Added["size"], near: Added["near"]): Frame {
  if (!("w" in near)) return { x: Math.round(near.x - size.w / 2), y: Math.round(near.y), ...size }
  return freePlace(
    [...desk.mirror.graph.panels()].map(({ properties }) => properties.frame),
    size,
    near,
  )
}
