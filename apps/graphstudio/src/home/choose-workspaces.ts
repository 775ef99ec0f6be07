import type { ListedWorkspace } from "@nexus/protocol"

/** Which workspaces are shown: all, one's own, or those of others that one was let into. */
export type Shelf = "all" | "own" | "shared"

interface Choice {
  readonly shelf: Shelf
  /** What stands in the search field. */
  readonly text: string
  readonly opened: Readonly<Record<string, number>>
}

/** The workspaces of the shelf in which every word is found, what was opened last first; the others keep their order. */
export function chooseWorkspaces(
  workspaces: readonly ListedWorkspace[],
  { shelf, text, opened }: Choice,
): readonly ListedWorkspace[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  return workspaces
    .filter(({ role }) => shelf === "all" || (shelf === "own") === (role === "owner"))
    .filter(({ name, people, sketch }) => {
      const told = [name, ...people.map((person) => person.name), ...sketch.map(({ title }) => title)]
      const line = told.join(" ").toLocaleLowerCase()
      return words.every((word) => line.includes(word))
    })
    .sort((one, other) => (opened[other.id] ?? 0) - (opened[one.id] ?? 0))
}
