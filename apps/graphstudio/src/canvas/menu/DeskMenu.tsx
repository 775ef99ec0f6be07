import { useCallback, useEffect, useState } from "react"
import OpenMenu from "../../ui/OpenMenu.tsx"
import { say } from "../../words/say.ts"
import { useDesk } from "../../workspace/desk-context.ts"
import { useStudio } from "../../workspace/studio.ts"
import { namesIn } from "../arrange/frame-acts.ts"
import type { Asked } from "./asked.ts"
import { useCanvasItems } from "./use-canvas-items.tsx"
import { usePanelItems } from "./use-panel-items.tsx"
import "./desk-menu.css"

/** What belongs to a panel's own content or to a text, and so to the browser's menu. */
const NOT_OURS = ".nx-sheet-body, .nx-question, .nx-pin, input, textarea, [contenteditable], .react-flow__panel"

/**
 * The menu of the right button, and of the keyboard's menu key: what can be done with the panel under the hand, with all
 * that are chosen when it is one of them, or with the canvas. What it is asked of is marked and not chosen: choosing would
 * open the inspector, and the canvas would move away under the menu.
 */
export default function DeskMenu() {
  const [asked, setAsked] = useState<Asked>()
  useEffect(() => {
    const ask = (event: MouseEvent) => {
      const { target } = event
      if (!(target instanceof Element) || !target.closest(".nx-desk.react-flow") || target.closest(NOT_OURS)) return
      // A finger that rests draws or moves; what it may do stands in the bars.
      if (event instanceof PointerEvent && event.pointerType === "touch") return
      const node = target.closest(".react-flow__node")
      const id = node?.getAttribute("data-id")
      if (id?.startsWith("panel_") === false) return
      event.preventDefault()
      const { selection } = useStudio.getState()
      setAsked({
        x: event.clientX,
        y: event.clientY,
        ids: id ? (selection.includes(id) ? selection : [id]) : [],
      })
    }
    document.addEventListener("contextmenu", ask)
    return () => document.removeEventListener("contextmenu", ask)
  }, [])
  const close = useCallback(() => setAsked(undefined), [])
  if (!asked) return null
  // Asked again elsewhere, it is another menu.
  return <Opened key={`${asked.x} ${asked.y}`} asked={asked} onClose={close} />
}

function Opened({ asked, onClose }: { readonly asked: Asked; readonly onClose: () => void }) {
  const { x, y, ids } = asked
  const { mirror } = useDesk()
  const ofPanels = usePanelItems(asked)
  const ofCanvas = useCanvasItems(asked)
  useEffect(() => markAsked(ids), [ids])
  useEffect(() => {
    const before = document.activeElement
    return () => {
      // The focus goes back to where it was, unless what was chosen has taken it.
      if (before instanceof HTMLElement && before.isConnected && document.activeElement === document.body)
        before.focus({ preventScroll: true })
    }
  }, [])
  return (
    <OpenMenu
      trigger={
        <button
          type="button"
          tabIndex={-1}
          aria-label={namesIn(mirror.graph, ids) ?? say("Canvas")}
          style={{ left: x, top: y }}
          className="fixed size-0 outline-none"
        />
      }
      items={ids.length > 0 ? ofPanels : ofCanvas}
      onClose={onClose}
    />
  )
}

/** On the nodes themselves: nothing is painted anew for a mark that lasts as long as a menu. */
function markAsked(ids: readonly string[]): () => void {
  const nodes = ids.flatMap((id) => [...document.querySelectorAll(`.react-flow__node[data-id="${CSS.escape(id)}"]`)])
  for (const node of nodes) node.setAttribute("data-asked", "")
  return () => {
    for (const node of nodes) node.removeAttribute("data-asked")
  }
}
