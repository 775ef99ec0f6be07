import { useReactFlow, useStoreApi } from "@xyflow/react"
import { useCallback } from "react"
import type { View } from "../canvas/placement.ts"

/** The stretch of canvas on screen, asked when it is needed. */
export function useCanvasView(): () => View {
  const flow = useReactFlow()
  const store = useStoreApi()
  return useCallback(() => {
    const { x, y, zoom } = flow.getViewport()
    const { width, height } = store.getState()
    return { x: -x / zoom, y: -y / zoom, w: width / zoom, h: height / zoom }
  }, [flow, store])
}
