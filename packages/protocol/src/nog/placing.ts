import { isJsonObject } from "../json.ts"
import type { Entity, Frame, PanelEntity } from "./entity.ts"
import type { Graph } from "./graph.ts"
import { frameFault } from "./panel-shape.ts"

/**
 * How a panel lies on the canvas beside its frame: above or below others, locked, in a group. These are properties of
 * the panel like any other, so `entity_set` writes them, an undo takes them back, and Git and bundles carry them. An
 * entity for each group was refused: one that is removed here and joined there would leave panels in a group that is
 * not, while a name that panels share needs nobody to keep it.
 *
 * Whatever an older or a foreign client wrote there is read as far as it makes sense.
 */
export interface Placing {
  /** Higher lies above lower; equals lie in the order in which they came. */
  readonly z: number
  /** Neither moved nor removed by a slip of the hand. It is no right: whoever may change the panel may unlock it. */
  readonly locked: boolean
  /** Panels of one group are chosen and moved together. */
  readonly group: string | undefined
}

export function placingOf({ properties }: PanelEntity): Placing {
  const { z, locked, group }: Entity["properties"] = { ...properties }
  return {
    z: typeof z === "number" ? z : 0,
    locked: locked === true,
    group: typeof group === "string" && group !== "" ? group : undefined,
  }
}

/** A named area of the canvas. What lies in it is known by where it lies, as on a desk. */
export interface Section {
  readonly id: string
  readonly name: string
  readonly frame: Frame
}

/** The sections of a workspace, in reading order: those that begin higher first, then those further left. */
export function sectionsOf(graph: Graph): readonly Section[] {
  const sections: Section[] = []
  for (const { id, name, properties } of graph.ofKind("section")) {
    const { frame } = properties
    if (!isJsonObject(frame) || frameFault(frame)) continue
    const { x, y, w, h } = frame
    sections.push({ id, name, frame: { x: Number(x), y: Number(y), w: Number(w), h: Number(h) } })
  }
  return sections.sort((a, b) => a.frame.y - b.frame.y || a.frame.x - b.frame.x || (a.id < b.id ? -1 : 1))
}
