import { type Frame, type Graph, placingOf } from "@nexus/protocol"
import { useEffect } from "react"
import { isApple, isTyping } from "../../ui/shortcut.ts"
import { useDesk, useMayEdit } from "../../workspace/desk-context.ts"
import { useStudio } from "../../workspace/studio.ts"
import type { Hand } from "../use-desk-nodes.ts"
import { movedWith } from "./carried.ts"

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
const FAR = 10
const MODIFIERS = new Set(["Shift", "Control", "Meta", "Alt"])

/** What a hand on a corner cannot go below either. */
const SMALLEST = { w: 200, h: 120 }

/**
 * Arrow keys move what is chosen by a pixel, with Shift by ten; with Ctrl or ⌘ they move its far edges instead, so it
 * grows and shrinks. A row of keys is one change.
 */
export function useNudge({ where, hold, drop }: Hand): void {
  const desk = useDesk()
  const editable = useMayEdit()
  useEffect(() => {
    let held = false
    const onKeyDown = (event: KeyboardEvent) => {
      const step = STEPS[event.key]
      // What another key does, such as taking a step back, comes after what the arrows did.
      if (held && !step && !MODIFIERS.has(event.key)) {
        held = false
        drop("at once")
      }
      const { selection, instant, directing } = useStudio.getState()
      if (!step || directing || !editable || selection.length === 0 || instant !== undefined || !isForDesk(event))
        return
      const { graph } = desk.mirror
      const sizes = isApple ? event.metaKey : event.ctrlKey
      const ids = (sizes ? unlocked(graph, selection) : movedWith(graph, selection)).filter(
        (id) => !graph.panel(id) || desk.mirror.levelOf(id) === "change",
      )
      if (ids.length === 0) return
      event.preventDefault()
      event.stopPropagation()
      const by = event.shiftKey ? FAR : 1
      const [dx, dy] = [step[0] * by, step[1] * by]
      const next = ({ x, y, w, h }: Frame): Frame =>
        sizes
          ? { x, y, w: Math.max(SMALLEST.w, w + dx), h: Math.max(SMALLEST.h, h + dy) }
          : { x: x + dx, y: y + dy, w, h }
      hold(new Map([...where(ids)].map(([id, frame]) => [id, next(frame)])))
      held = true
      drop("soon")
    }
    const leave = () => {
      // A tab that is closed or left between two arrows loses none of them.
      if (held) drop("at once")
      held = false
    }
    addEventListener("keydown", onKeyDown, { capture: true })
    addEventListener("beforeunload", leave, { capture: true })
    document.addEventListener("visibilitychange", leave, { capture: true })
    return () => {
      removeEventListener("keydown", onKeyDown, { capture: true })
      removeEventListener("beforeunload", leave, { capture: true })
      document.removeEventListener("visibilitychange", leave, { capture: true })
    }
  }, [desk, editable, where, hold, drop])
}

function unlocked(graph: Graph, ids: readonly string[]): string[] {
  return ids.filter((id) => {
    const panel = graph.panel(id)
    return !panel || !placingOf(panel).locked
  })
}

/** On the canvas, or nowhere in particular; not in a panel, a drawer, a dialog or a text. */
function isForDesk({ target, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (altKey || (isApple ? ctrlKey : metaKey) || isTyping(target)) return false
  if (!(target instanceof Element)) return true
  return (
    target === document.body ||
    (target.closest(".nx-desk") !== null && target.closest(".nx-sheet-body, [role=toolbar]") === null)
  )
}
