import { useOnViewportChange, useReactFlow } from "@xyflow/react"
import { useCallback, useEffect, useRef } from "react"
import { Button } from "../ui/Button.tsx"
import { personColour } from "../ui/person-colour.ts"
import { toast } from "../ui/toasts.ts"
import { say, sayRich } from "../words/say.ts"
import { usePeers } from "../workspace/desk-context.ts"
import { follow } from "./follow.ts"
import { viewOf } from "./peer-views.ts"

const GLIDE_MS = 120

/** Keeps on screen what somebody else has on theirs, until the canvas is moved here by a hand, or they leave. */
export function FollowView({ id, name }: { readonly id: string; readonly name: string }) {
  const flow = useReactFlow()
  const peers = usePeers()
  const here = peers.some((peer) => peer.user === id)
  const view = viewOf(peers, id)
  const { x, y, w, h } = view ?? {}
  const gliding = useRef(0)

  useEffect(() => {
    if (x === undefined || y === undefined || w === undefined || h === undefined) return
    gliding.current += 1
    flow.fitBounds({ x, y, width: w, height: h }, { padding: 0, duration: GLIDE_MS }).finally(() => {
      gliding.current -= 1
    })
  }, [flow, x, y, w, h])
  useEffect(() => {
    if (here) return
    follow.stop()
    toast({ title: say("{name} is no longer here", { name }) })
  }, [here, name])
  const moved = useCallback(() => {
    if (gliding.current === 0) follow.stop()
  }, [])
  useOnViewportChange({ onStart: moved })
  // A hand that takes hold ends it at once, also in the middle of a glide.
  useEffect(() => {
    const desk = document.querySelector(".nx-desk")
    const end = () => follow.stop()
    const key = (event: Event) => event instanceof KeyboardEvent && event.key === "Escape" && end()
    desk?.addEventListener("wheel", end, { passive: true, capture: true })
    desk?.addEventListener("pointerdown", end, { capture: true })
    addEventListener("keydown", key)
    return () => {
      desk?.removeEventListener("wheel", end, { capture: true })
      desk?.removeEventListener("pointerdown", end, { capture: true })
      removeEventListener("keydown", key)
    }
  }, [])

  const colour = personColour(id)
  return (
    <div className="nx-fade pointer-events-none absolute inset-0 z-10 border-3" style={{ borderColor: colour }}>
      <div
        style={{ background: colour }}
        className="-translate-x-1/2 pointer-events-auto absolute top-0 left-1/2 flex items-center gap-2 rounded-b-control py-1 pe-1 ps-3 text-13 text-surface"
      >
        <span role="status" className="whitespace-nowrap">
          {sayRich("You see what <b>{name}</b> sees", { name, b: (inside) => <b key="b">{inside}</b> })}
        </span>
        <Button small className="h-6 border-transparent" onClick={follow.stop}>
          {say("Stop following")}
        </Button>
      </div>
    </div>
  )
}
