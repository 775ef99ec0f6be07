import { type Graph, type Operation, type PanelEntity, placingOf } from "@nexus/protocol"

/** What a person does to how panels lie, as operations. Pure, like all acts: the graph comes in, operations go out. */

export type Turn = "front" | "back" | "forward" | "backward"

/**
 * The chosen ones above or below all others, or past the next one. Only what gets another place is written, and numbers
 * are dealt anew from 0, so that they stay small however often somebody presses.
 */
export function turnPanels(graph: Graph, chosen: readonly string[], turn: Turn): Operation[] {
  const before = stackOf(graph)
  const isChosen = ({ id }: PanelEntity) => chosen.includes(id)
  const after = turned(before, isChosen, turn)
  // Equals lie in an order that each screen has by itself: they are told apart even where nobody passes anybody.
  return after.flatMap((panel, z) => (placingOf(panel).z === z ? [] : [setOf(panel.id, { z })]))
}

/** From the lowest to the highest. */
export function stackOf(graph: Graph): PanelEntity[] {
  return [...graph.panels()].sort((a, b) => placingOf(a).z - placingOf(b).z)
}

function turned(
  stack: readonly PanelEntity[],
  isChosen: (panel: PanelEntity) => boolean,
  turn: Turn,
): readonly PanelEntity[] {
  const others = stack.filter((panel) => !isChosen(panel))
  const chosen = stack.filter(isChosen)
  if (turn === "front") return [...others, ...chosen]
  if (turn === "back") return [...chosen, ...others]
  if (turn === "backward") return turned(stack.toReversed(), isChosen, "forward").toReversed()
  const next = [...stack]
  for (let index = next.length - 2; index >= 0; index -= 1) {
    const [lower, upper] = [next[index], next[index + 1]]
    if (lower && upper && isChosen(lower) && !isChosen(upper)) next.splice(index, 2, upper, lower)
  }
  return next
}

export function lockPanels(ids: readonly string[], locked: boolean): Operation[] {
  return ids.map((id) => (locked ? setOf(id, { locked: true }) : unsetOf(id, "locked")))
}

/** Panels that are in a group already leave it: a panel is in one group. */
export function groupPanels(ids: readonly string[], group: string): Operation[] {
  return ids.map((id) => setOf(id, { group }))
}

export function ungroupPanels(panels: readonly PanelEntity[]): Operation[] {
  return panels.flatMap((panel) => (placingOf(panel).group === undefined ? [] : [unsetOf(panel.id, "group")]))
}

/** Everything that is in a group with one of these, themselves included. */
export function withGroups(panels: Iterable<PanelEntity>, ids: readonly string[]): string[] {
  const all = [...panels]
  const groups = new Set(all.flatMap((panel) => (ids.includes(panel.id) ? (placingOf(panel).group ?? []) : [])))
  const joined = all.filter((panel) => groups.has(placingOf(panel).group ?? "")).map(({ id }) => id)
  return [...new Set([...ids, ...joined])]
}

/**
 * What is chosen, when a person chose `now` and had `before`: a group is chosen as a whole, and who lets one of it go
 * lets all of it go.
 */
export function chosenWithGroups(
  panels: Iterable<PanelEntity>,
  before: readonly string[],
  now: readonly string[],
): string[] {
  const all = [...panels]
  const dropped = new Set<string>()
  for (const [, members] of Map.groupBy(all, (panel) => placingOf(panel).group)) {
    const ids = members.map(({ id }) => id)
    const letGo = ids.some((id) => !now.includes(id)) && ids.every((id) => before.includes(id))
    const group = members[0] && placingOf(members[0]).group
    if (group !== undefined && letGo) for (const id of ids) dropped.add(id)
  }
  return withGroups(
    all,
    now.filter((id) => !dropped.has(id)),
  )
}

function setOf(id: string, set: { z: number } | { locked: true } | { group: string }): Operation {
  return { kind: "entity_set", id, set }
}

function unsetOf(id: string, property: string): Operation {
  return { kind: "entity_set", id, unset: [property] }
}
