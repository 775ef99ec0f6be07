import type { KeyboardEvent } from "react"
import { matchesShortcut } from "../ui/shortcut.ts"
import { studio } from "../workspace/studio.ts"
import type { DirectActs } from "./use-direct-acts.ts"
import { type Step, stepFrom, type TreeNode } from "./view-tree.ts"

const STEPS: readonly (readonly [string, Step])[] = [
  ["ArrowUp", "previous"],
  ["ArrowDown", "next"],
  ["ArrowLeft", "parent"],
  ["ArrowRight", "child"],
  ["Tab", "after"],
  ["Shift+Tab", "before"],
]

interface Directed {
  readonly panel: string
  readonly node: string | undefined
  readonly source: string
  readonly tree: readonly TreeNode[]
  /** Absent for somebody who may only look. */
  readonly acts: DirectActs | undefined
  /** Enter: to the properties of what is selected. */
  readonly onEnter: () => void
}

/** What the keys do on the panel and in its structure. False: the key is not ours, and means what it usually does. */
export function onDirectKey(event: KeyboardEvent, { panel, node, source, tree, acts, onEnter }: Directed): boolean {
  const is = (shortcut: string) => matchesShortcut(event, shortcut)
  const [, step] = STEPS.find(([shortcut]) => is(shortcut)) ?? []
  if (step) {
    const next = stepFrom(tree, node, step)
    // Tab leaves at either end, so that nobody is caught.
    if (next === undefined) return step !== "after" && step !== "before"
    studio.direct(panel, next, source)
    return true
  }
  if (is("Escape")) leave(panel, node, source, tree)
  else if (is("Enter") && node !== undefined) onEnter()
  else if (!acts) return false
  else if (is("Mod+Z")) acts.undo()
  else if (is("Mod+Shift+Z")) acts.redo()
  else if (node === undefined) return false
  else if (is("Delete") || is("Backspace")) acts.remove(node)
  else if (is("Mod+D")) acts.duplicate(node)
  else if (is("Alt+ArrowUp")) acts.shift(node, -1)
  else if (is("Alt+ArrowDown")) acts.shift(node, 1)
  else return false
  return true
}

/** Escape goes outwards: to what it stands in, then to nothing, then back to using the panel. */
function leave(panel: string, node: string | undefined, source: string, tree: readonly TreeNode[]): void {
  if (node === undefined) studio.set({ directing: undefined })
  else studio.direct(panel, stepFrom(tree, node, "parent"), source)
}
