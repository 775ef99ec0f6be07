import { type Frame, type Graph, type Operation, sectionsOf } from "@nexus/protocol"
import { moveFrames, wholePixels } from "../../workspace/panel-acts.ts"
import { sameFrame } from "../panel-nodes.ts"

/** The operations that put panels and sections where `frames` says; nothing for what lies there already. */
export function placeOperations(graph: Graph, frames: ReadonlyMap<string, Frame>): Operation[] {
  const panels = moveFrames([...graph.panels()], frames)
  const sections = sectionsOf(graph).flatMap(({ id, frame }): Operation[] => {
    const wanted = frames.get(id)
    if (!wanted || sameFrame(wholePixels(wanted), frame)) return []
    return [{ kind: "entity_set", id, set: { frame: { ...wholePixels(wanted) } } }]
  })
  return [...panels, ...sections]
}

/** Where panels and sections lie now. */
export function framesIn(graph: Graph, ids: readonly string[]): Map<string, Frame> {
  const frames = new Map<string, Frame>()
  for (const id of ids) {
    const panel = graph.panel(id)
    if (panel) frames.set(id, panel.properties.frame)
  }
  for (const { id, frame } of sectionsOf(graph)) if (ids.includes(id)) frames.set(id, frame)
  return frames
}

/** What lies on the canvas, in a few words: "Groceries", "Shop" or "3 things". */
export function namesIn(graph: Graph, ids: readonly string[]): string | undefined {
  const [id, another] = ids
  if (id === undefined || another !== undefined) return undefined
  return graph.panel(id)?.properties.title ?? graph.entity(id)?.name
}
