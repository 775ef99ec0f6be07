import { useReactFlow } from "@xyflow/react"
import { useEffect } from "react"
import { useInsets } from "../ui/insets.ts"
import { useDesk, usePanels } from "../workspace/desk-context.ts"
import { studio, useStudio } from "../workspace/studio.ts"
import { useCanvasView } from "../workspace/use-canvas-view.ts"
import { clearOf } from "./fit.ts"

/** On a small desk all of it is shown again; on a large one the new sheet comes to the middle. */
const SMALL_DESK = 9

/** Brings a panel that was just made on screen, unless it lies there already. */
export function useReveal(): void {
  const desk = useDesk()
  const flow = useReactFlow()
  const view = useCanvasView()
  const panels = usePanels()
  const id = useStudio((state) => state.reveal)

  useEffect(() => {
    const frame = id === undefined ? undefined : desk.mirror.graph.panel(id)?.properties.frame
    if (!frame) return
    studio.set({ reveal: undefined })
    const { x, y, w, h } = view()
    const right = x + w - useInsets.getState().right / flow.getZoom()
    const inside = frame.x >= x && frame.y >= y && frame.x + frame.w <= right && frame.y + frame.h <= y + h
    if (inside) return
    if (panels.length > SMALL_DESK) {
      flow.setCenter(frame.x + frame.w / 2, frame.y + frame.h / 2, { zoom: flow.getZoom(), duration: 200 })
    } else requestAnimationFrame(() => flow.fitView({ ...clearOf(useInsets.getState()), duration: 200 }))
  }, [id, panels, desk, flow, view])
}
