import { useOnViewportChange } from "@xyflow/react"
import { useCallback, useEffect } from "react"
import { useDesk } from "../workspace/desk-context.ts"
import { useCanvasView } from "../workspace/use-canvas-view.ts"
import { FollowView } from "./FollowView.tsx"
import { follow, useFollow } from "./follow.ts"
import { ownPresence } from "./own-presence.ts"
import { PeerCursors } from "./PeerCursors.tsx"

/** What is there only while somebody else is: their pointers, following them, and telling them what is on screen here. */
export default function Company() {
  const { mirror } = useDesk()
  const view = useCanvasView()
  const followed = useFollow((state) => state.person)
  const tell = useCallback(() => {
    const { x, y, w, h } = view()
    ownPresence(mirror).set({ view: { x: Math.round(x), y: Math.round(y), w: Math.round(w), h: Math.round(h) } })
  }, [mirror, view])
  useOnViewportChange({ onChange: tell, onEnd: tell })
  useEffect(() => {
    tell()
    addEventListener("resize", tell)
    return () => {
      removeEventListener("resize", tell)
      follow.stop()
    }
  }, [tell])
  return (
    <>
      <PeerCursors />
      {followed ? <FollowView key={followed.id} {...followed} /> : null}
    </>
  )
}
