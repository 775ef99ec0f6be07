import { useReactFlow } from "@xyflow/react"
import { type MouseEvent, useEffect, useRef } from "react"
import { Button } from "../ui/Button.tsx"
import { say } from "../words/say.ts"
import { useDesk } from "../workspace/desk-context.ts"
import type { Spot } from "./comment-acts.ts"
import { commentDesk } from "./comment-desk.ts"

/** Lies over the canvas while the next click says where a comment goes; Enter takes the middle, Escape lets it be. */
export default function Placing() {
  const { mirror, workspace } = useDesk()
  const { screenToFlowPosition } = useReactFlow()
  const layer = useRef<HTMLButtonElement>(null)
  useEffect(() => layer.current?.focus({ preventScroll: true }), [])

  const spotAt = (x: number, y: number): Spot => {
    const place = screenToFlowPosition({ x, y }, { snapToGrid: false })
    const below = document.elementsFromPoint(x, y).find((element) => element.closest(".react-flow__node"))
    const id = below?.closest(".react-flow__node")?.getAttribute("data-id") ?? ""
    const frame = mirror.graph.panel(id)?.properties.frame
    return frame ? { scope: id, place: { x: place.x - frame.x, y: place.y - frame.y } } : { scope: workspace, place }
  }
  const put = ({ clientX, clientY, detail, currentTarget }: MouseEvent) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect()
    // A key presses it without a place.
    commentDesk.draft(detail === 0 ? spotAt(left + width / 2, top + height / 2) : spotAt(clientX, clientY))
  }
  return (
    <>
      <button
        ref={layer}
        type="button"
        aria-label={say("Place the comment: click, or press Enter for the middle")}
        onClick={put}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return
          event.stopPropagation()
          commentDesk.close()
        }}
        className="absolute inset-0 z-10 cursor-crosshair outline-none focus-visible:ring-2 focus-visible:ring-accent focus-visible:ring-inset"
      />
      <p className="nx-fade -translate-x-1/2 absolute top-3 left-1/2 z-20 flex items-center gap-2 rounded-full border border-line bg-raised py-1 pe-1 ps-4 text-13 shadow-lifted">
        {say("Click where the comment belongs")}
        <Button small tone="quiet" className="rounded-full" onClick={commentDesk.close}>
          {say("Cancel")}
        </Button>
      </p>
    </>
  )
}
