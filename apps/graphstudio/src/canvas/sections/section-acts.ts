import { createId, type Frame, type Operation } from "@nexus/protocol"

/** Air between what a section holds and its border, and room for its bar. */
const AIR = 24
const BAR = 40

/** A section around these, or of its own size. */
export function newSection(
  name: string,
  workspace: string,
  around: Frame,
): { readonly id: string; readonly operations: Operation[] } {
  const id = createId("section")
  const frame = {
    x: Math.round(around.x - AIR),
    y: Math.round(around.y - BAR - AIR),
    w: Math.round(around.w + 2 * AIR),
    h: Math.round(around.h + 2 * AIR + BAR),
  }
  return {
    id,
    operations: [
      { kind: "entity_add", entity: { id, kind: "section", name, scope: workspace, properties: { frame } } },
    ],
  }
}
