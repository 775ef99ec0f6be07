import type { Section } from "@nexus/protocol"
import type { Node } from "@xyflow/react"
import { say } from "../words/say.ts"
import { frameOf, sameFrame } from "./panel-nodes.ts"

/** A named area of the canvas. It lies below all panels, and only its bar takes the pointer: the rest is the canvas. */
export type SectionNode = Node<{ readonly name: string }, "section">

const BELOW = -1
const LETS_THROUGH = { pointerEvents: "none" } as const

/** The nodes for these sections; like those of panels they stay the same objects while nothing of them changes. */
export function toSectionNodes(
  before: readonly SectionNode[],
  sections: readonly Section[],
  selection: readonly string[],
  mayMove: boolean,
): SectionNode[] {
  const known = new Map(before.map((node) => [node.id, node]))
  return sections.map(({ id, name, frame }) => {
    const old = known.get(id)
    const selected = selection.includes(id)
    const held = old && (old.dragging || old.resizing)
    const same = old && old.selected === selected && old.data.name === name && old.draggable === mayMove
    if (same && (held || sameFrame(frameOf(old), frame))) return old
    const place = held ? frameOf(old) : frame
    return {
      ...old,
      id,
      type: "section" as const,
      data: { name },
      position: { x: place.x, y: place.y },
      width: place.w,
      height: place.h,
      zIndex: BELOW,
      selected,
      draggable: mayMove,
      dragHandle: ".nx-section-bar",
      className: "nx-section-node",
      style: LETS_THROUGH,
      ariaLabel: say("{name}, section", { name }),
      ariaRole: "group" as const,
    }
  })
}
