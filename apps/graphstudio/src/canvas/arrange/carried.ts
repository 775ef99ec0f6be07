import { type Frame, type Graph, placingOf, sectionsOf } from "@nexus/protocol"
import { withGroups } from "./placing-acts.ts"

/**
 * Everything that moves when these are moved: the others of their groups, what lies in their sections, and so on from
 * there. What is locked stays, even in a section that moves.
 */
export function movedWith(graph: Graph, ids: readonly string[]): string[] {
  const panels = [...graph.panels()]
  const sections = sectionsOf(graph)
  let all = [...ids]
  for (let before = -1; before !== all.length; ) {
    before = all.length
    const areas = sections.filter(({ id }) => all.includes(id))
    const inside = panels.filter(({ id, properties }) => {
      return !all.includes(id) && areas.some(({ frame }) => covers(frame, properties.frame))
    })
    all = withGroups(panels, [...all, ...inside.map(({ id }) => id)])
  }
  return all.filter((id) => {
    const panel = graph.panel(id)
    return !panel || !placingOf(panel).locked
  })
}

/** Does the middle of `inner` lie in `area`? */
export function covers(area: Frame, inner: Frame): boolean {
  const [x, y] = [inner.x + inner.w / 2, inner.y + inner.h / 2]
  return x >= area.x && x <= area.x + area.w && y >= area.y && y <= area.y + area.h
}
