import { useReactFlow, type Viewport } from "@xyflow/react"
import { useEffect, useRef } from "react"
import { useInsets } from "../ui/insets.ts"
import { useDesk } from "../workspace/desk-context.ts"
import { useStudio } from "../workspace/studio.ts"

/** Panels are not made smaller than this to stay in sight; then the canvas is pushed aside instead. */
const SMALLEST = 0.7
const AIR = 24
const BELOW = 72

/**
 * A drawer lies over the canvas, but what one works on must stay in sight: when it covers a panel, the canvas makes room
 * beside it, and goes back when it closes, unless somebody moved it meanwhile. The left drawers concern all panels; the
 * inspector on the right concerns the selected one, so only that one is brought clear of it.
 */
export function useClearance(): void {
  const desk = useDesk()
  const flow = useReactFlow()
  const left = useInsets((state) => state.left)
  const right = useInsets((state) => state.right)
  const inspected = useStudio(({ selection }) => (right > 0 ? selection[0] : undefined))
  const aside = useRef<{ readonly before: Viewport; after: Viewport }>(undefined)

  useEffect(() => {
    const now = flow.getViewport()
    const { before, after } = aside.current ?? { before: now, after: now }
    const moved = now.x !== after.x || now.y !== after.y || now.zoom !== after.zoom
    if (left === 0 && right === 0) {
      aside.current = undefined
      if (!moved) flow.setViewport(before, { duration: 180 })
      return
    }
    const go = (arrive: () => Promise<boolean>) => {
      const record = { before, after: now }
      aside.current = record
      arrive().then(() => {
        record.after = flow.getViewport()
      })
    }
    const frames = [...desk.mirror.graph.panels()].map(({ properties }) => properties.frame)
    const starts = frames
      .filter(({ x, w }) => (x + w) * now.zoom + now.x > 0 && x * now.zoom + now.x < left)
      .map(({ x }) => x * now.zoom + now.x)
    if (left > 0 && starts.length > 0) {
      const span = Math.max(...frames.map(({ x, w }) => x + w)) - Math.min(...frames.map(({ x }) => x))
      const room = (innerWidth - left - right - 2 * AIR) / span
      if (room < SMALLEST) {
        const push = Math.min(left, left + AIR - Math.min(...starts))
        return go(() => flow.setViewport({ ...now, x: now.x + push }, { duration: 180 }))
      }
      const px = (size: number): `${number}px` => `${size}px`
      const padding = { left: px(left + AIR), right: px(right + AIR), top: px(AIR), bottom: px(BELOW) }
      return go(() => flow.fitView({ padding, maxZoom: before.zoom, duration: 180 }))
    }
    const frame = inspected === undefined ? undefined : desk.mirror.graph.panel(inspected)?.properties.frame
    if (!frame) return
    const over = (frame.x + frame.w) * now.zoom + now.x - (innerWidth - right - AIR)
    if (over > 0) go(() => flow.setViewport({ ...now, x: now.x - over }, { duration: 180 }))
  }, [left, right, inspected, desk, flow])
}
