import { useReactFlow, type Viewport } from "@xyflow/react"
import { useEffect, useRef } from "react"
import { useInsets } from "../ui/insets.ts"
import { useDesk } from "../workspace/desk-context.ts"

/** Panels are not made smaller than this to stay in sight; then the canvas is pushed aside instead. */
const SMALLEST = 0.7
const AIR = 24
const BELOW = 72

/**
 * A drawer lies over the canvas, but what one works on must stay in sight: when it covers a panel, the canvas makes room
 * beside it, and goes back when it closes, unless somebody moved it meanwhile.
 */
export function useClearance(): void {
  const desk = useDesk()
  const flow = useReactFlow()
  const left = useInsets((state) => state.left)
  const aside = useRef<{ readonly before: Viewport; after: Viewport }>(undefined)

  useEffect(() => {
    const now = flow.getViewport()
    const { before, after } = aside.current ?? { before: now, after: now }
    const moved = now.x !== after.x || now.y !== after.y || now.zoom !== after.zoom
    if (left === 0) {
      aside.current = undefined
      if (!moved) flow.setViewport(before, { duration: 180 })
      return
    }
    const frames = [...desk.mirror.graph.panels()].map(({ properties }) => properties.frame)
    const covered = frames.some(({ x, w }) => (x + w) * now.zoom + now.x > 0 && x * now.zoom + now.x < left)
    if (!covered) return
    const span = Math.max(...frames.map(({ x, w }) => x + w)) - Math.min(...frames.map(({ x }) => x))
    const room = (innerWidth - left - 2 * AIR) / span
    const record = { before, after: now }
    aside.current = record
    const settle = () => {
      record.after = flow.getViewport()
    }
    if (room < SMALLEST) {
      flow.setViewport({ ...before, x: before.x + left }, { duration: 180 }).then(settle)
      return
    }
    const px = (size: number): `${number}px` => `${size}px`
    const padding = { left: px(left + AIR), right: px(AIR), top: px(AIR), bottom: px(BELOW) }
    flow.fitView({ padding, maxZoom: before.zoom, duration: 180 }).then(settle)
  }, [left, desk, flow])
}
