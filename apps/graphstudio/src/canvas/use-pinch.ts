import { useReactFlow, useStoreApi, type Viewport } from "@xyflow/react"
import { useEffect } from "react"
import { isApple } from "../ui/shortcut.ts"
import { type Fingers, pinched, zoomedAt } from "./pinch.ts"

interface Pinch {
  readonly before: Viewport
  readonly from: Fingers
}

/** How much a wheel zooms, as React Flow has it beside the panels; a trackpad of Apple counts smaller. */
const PER_PIXEL = isApple ? 0.02 : 0.002
const PER_LINE = isApple ? 0.5 : 0.05

/**
 * Zooming that begins on a panel. React Flow leaves everything to a panel that begins on it, because one finger there
 * presses, writes or scrolls; two fingers never do, nor a wheel with Ctrl, which is what a pinch on a trackpad is. Without
 * this the page itself would be zoomed, frame and all. One finger stays the panel's until all are lifted.
 */
export function usePinch(): void {
  const flow = useReactFlow()
  const store = useStoreApi()
  useEffect(() => {
    let pinch: Pinch | undefined
    let taken = false
    const inDesk = ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }) => {
      const { left = 0, top = 0 } = store.getState().domNode?.getBoundingClientRect() ?? {}
      return { x: clientX - left, y: clientY - top }
    }
    const fingersOf = ({ touches: [a, b] }: TouchEvent): Fingers | undefined => a && b && [inDesk(a), inDesk(b)]
    const keep = (event: Event) => {
      if (event.cancelable) event.preventDefault()
      event.stopPropagation()
    }
    const onStart = (event: TouchEvent) => {
      const from = fingersOf(event)
      if (!from || !(taken || [...event.touches].some(onPanel))) return
      pinch = { before: flow.getViewport(), from }
      taken = true
      keep(event)
    }
    const onMove = (event: TouchEvent) => {
      if (!taken) return
      keep(event)
      const to = fingersOf(event)
      if (pinch && to) flow.setViewport(pinched(pinch.before, pinch.from, to, store.getState()))
    }
    const onEnd = ({ touches }: TouchEvent) => {
      if (touches.length < 2) pinch = undefined
      if (touches.length === 0) taken = false
    }
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey || !(event.target instanceof Element) || !event.target.closest(".nx-desk .nowheel")) return
      keep(event)
      const factor = 2 ** (-event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? PER_LINE : PER_PIXEL))
      flow.setViewport(zoomedAt(flow.getViewport(), inDesk(event), factor, store.getState()))
    }
    const held = { capture: true, passive: false } as const
    document.addEventListener("touchstart", onStart, held)
    document.addEventListener("touchmove", onMove, held)
    document.addEventListener("touchend", onEnd, { capture: true })
    document.addEventListener("touchcancel", onEnd, { capture: true })
    document.addEventListener("wheel", onWheel, held)
    return () => {
      document.removeEventListener("touchstart", onStart, held)
      document.removeEventListener("touchmove", onMove, held)
      document.removeEventListener("touchend", onEnd, { capture: true })
      document.removeEventListener("touchcancel", onEnd, { capture: true })
      document.removeEventListener("wheel", onWheel, held)
    }
  }, [flow, store])
}

function onPanel({ target }: Touch): boolean {
  return target instanceof Element && target.closest(".nx-desk .react-flow__node") !== null
}
