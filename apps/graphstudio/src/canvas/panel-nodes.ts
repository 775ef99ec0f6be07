import { type Frame, type PanelEntity, placingOf } from "@nexus/protocol"
import type { Node } from "@xyflow/react"
import { say } from "../words/say.ts"

/** A panel on the canvas. It carries nothing: the node reads its panel by id, so moving one never repaints another. */
export type PanelNode = Node<Record<string, never>, "panel">

const NOTHING: Record<string, never> = {}

/**
 * The nodes for these panels, keeping every node object that need not change: React Flow repaints by identity. A node
 * that is being dragged or resized stays where the hand holds it.
 */
export function toPanelNodes(
  before: readonly PanelNode[],
  panels: readonly PanelEntity[],
  selection: readonly string[],
  /** Whether a hand may move it. */
  mayMove: (panel: string) => boolean = () => true,
): PanelNode[] {
  const known = new Map(before.map((node) => [node.id, node]))
  return panels.map((panel) => {
    const { frame, title } = panel.properties
    const old = known.get(panel.id)
    const selected = selection.includes(panel.id)
    const held = old && (old.dragging || old.resizing)
    const { z, locked } = placingOf(panel)
    const fixed: Pick<PanelNode, "draggable"> = mayMove(panel.id) && !locked ? {} : { draggable: false }
    const ariaLabel = say("{title}, panel", { title })
    const same = old && old.selected === selected && old.ariaLabel === ariaLabel && old.draggable === fixed.draggable
    if (same && old.zIndex === z && (held || sameFrame(frameOf(old), frame))) {
      return old
    }
    const place = held ? frameOf(old) : frame
    return {
      ...withoutDraggable(old),
      ...fixed,
      id: panel.id,
      type: "panel" as const,
      data: NOTHING,
      position: { x: place.x, y: place.y },
      width: place.w,
      height: place.h,
      zIndex: z,
      selected,
      ariaLabel,
      ariaRole: "group" as const,
      dragHandle: ".nx-sheet-bar",
    }
  })
}

/** Whether it may be moved is said anew each time. */
function withoutDraggable(node: PanelNode | undefined): Partial<PanelNode> {
  const { draggable: _said, ...rest } = node ?? {}
  return rest
}

export function frameOf(node: Node): Frame {
  return { x: node.position.x, y: node.position.y, w: node.width ?? 320, h: node.height ?? 240 }
}

export function sameFrame(a: Frame, b: Frame): boolean {
  return a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h
}
