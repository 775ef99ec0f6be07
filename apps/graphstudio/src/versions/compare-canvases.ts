import type { Frame, JsonObject } from "@nexus/protocol"

/** A panel of one version. */
export interface VersionPanel {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly frame: Frame
  readonly state: JsonObject
}

/** What became of a panel from one version to another; `moved` is where it lies and nothing else. */
export type Fate = "added" | "removed" | "changed" | "moved" | "same"

export interface ComparedPanel {
  readonly id: string
  readonly title: string
  readonly fate: Fate
  readonly before: VersionPanel | undefined
  readonly after: VersionPanel | undefined
}

/** Every panel of either version, those of the older one first. */
export function compareCanvases(
  before: readonly VersionPanel[],
  after: readonly VersionPanel[],
): readonly ComparedPanel[] {
  const was = new Map(before.map((panel) => [panel.id, panel]))
  const is = new Map(after.map((panel) => [panel.id, panel]))
  return [...new Set([...was.keys(), ...is.keys()])].map((id) => {
    const [old, now] = [was.get(id), is.get(id)]
    return { id, title: (now ?? old)?.title ?? id, fate: fateOf(old, now), before: old, after: now }
  })
}

function fateOf(before: VersionPanel | undefined, after: VersionPanel | undefined): Fate {
  if (!before) return "added"
  if (!after) return "removed"
  const differs = before.source !== after.source || before.title !== after.title || !same(before.state, after.state)
  if (differs) return "changed"
  return same(before.frame, after.frame) ? "same" : "moved"
}

/** JSON of one origin: whoever wrote it sorted it. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== "object" || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inside]) => [key, sorted(inside)]),
  )
}
