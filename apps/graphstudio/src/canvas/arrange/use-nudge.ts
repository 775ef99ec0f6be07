import { useEffect } from "react"
import { isTyping } from "../../ui/shortcut.ts"
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

/** Arrow keys move what is chosen by a pixel, with Shift by ten; a row of keys is one change. */
export function useNudge({ where, hold, drop }: Hand): void {
  const desk = useDesk()
  const editable = useMayEdit()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const step = STEPS[event.key]
      const { selection, instant, directing } = useStudio.getState()
      if (!step || directing || !editable || selection.length === 0 || instant !== undefined || !isForDesk(event))
        return
      const { graph } = desk.mirror
      const ids = movedWith(graph, selection).filter((id) => !graph.panel(id) || desk.mirror.levelOf(id) === "change")
      if (ids.length === 0) return
      event.preventDefault()
      event.stopPropagation()
      const [dx, dy] = step.map((pixels) => pixels * (event.shiftKey ? FAR : 1))
      hold(
        new Map(
          [...where(ids)].map(([id, frame]) => [id, { ...frame, x: frame.x + (dx ?? 0), y: frame.y + (dy ?? 0) }]),
        ),
      )
      drop("soon")
    }
    addEventListener("keydown", onKeyDown, { capture: true })
    return () => removeEventListener("keydown", onKeyDown, { capture: true })
  }, [desk, editable, where, hold, drop])
}

/** On the canvas, or nowhere in particular; not in a panel, a drawer, a dialog or a text. */
function isForDesk({ target, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (altKey || ctrlKey || metaKey || isTyping(target)) return false
  if (!(target instanceof Element)) return true
  return (
    target === document.body ||
    (target.closest(".nx-desk") !== null && target.closest(".nx-sheet-body, [role=toolbar]") === null)
  )
}
