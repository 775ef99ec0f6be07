import type { Entity, PanelEntity } from "./entity.ts"

/** Narrows to a panel; `apply` guarantees the shape of every panel in a graph. */
export function isPanel(entity: Entity | undefined): entity is PanelEntity {
  return entity?.kind === "panel"
}
