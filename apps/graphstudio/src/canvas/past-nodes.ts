import type { PanelEntity } from "@nexus/protocol"
import type { Node } from "@xyflow/react"
import type { Past } from "../timeline/use-past.ts"
import { say } from "../words/say.ts"

/** A panel as it was. */
export type PastNode = Node<{ readonly panel: PanelEntity } & Pick<Past, "Body" | "graph">, "past">
/** Where a panel is now that did not exist then. */
export type GhostNode = Node<{ readonly title: string }, "ghost">

/** The canvas of then, with an outline for what came later. */
export function toPastNodes(
  { panels: then, graph, Body }: Past,
  now: readonly PanelEntity[],
): (PastNode | GhostNode)[] {
  const existed = new Set(then.map(({ id }) => id))
  const past = then.map((panel): PastNode => ({ ...placed(panel), type: "past", data: { panel, graph, Body } }))
  const ghosts = now
    .filter(({ id }) => !existed.has(id))
    .map((panel): GhostNode => ({ ...placed(panel), type: "ghost", data: { title: panel.properties.title } }))
  return [...ghosts, ...past]
}

function placed({ id, properties: { frame, title } }: PanelEntity) {
  return {
    id,
    position: { x: frame.x, y: frame.y },
    width: frame.w,
    height: frame.h,
    ariaLabel: say("{title}, panel", { title }),
    draggable: false,
    selectable: false,
    focusable: false,
  }
}
