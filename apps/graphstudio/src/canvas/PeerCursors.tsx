import { useReactFlow, ViewportPortal } from "@xyflow/react"
import { useEffect } from "react"
import { personColour } from "../ui/person-colour.ts"
import { useDesk, usePeers } from "../workspace/desk-context.ts"
import { ownPresence } from "./own-presence.ts"
import { peerCursors } from "./peer-cursors.ts"

/** Where the others point, in their colours and with their names; and where this person does, told to them. */
export function PeerCursors() {
  const { user, mirror } = useDesk()
  const { screenToFlowPosition } = useReactFlow()
  const cursors = peerCursors(usePeers(), user.id)

  useEffect(() => {
    const desk = document.querySelector(".nx-desk")
    if (!(desk instanceof HTMLElement)) return
    const own = ownPresence(mirror)
    const move = ({ clientX, clientY }: PointerEvent) => {
      const { x, y } = screenToFlowPosition({ x: clientX, y: clientY })
      own.set({ cursor: { x: Math.round(x), y: Math.round(y) } })
    }
    const leave = () => own.set({ cursor: null })
    desk.addEventListener("pointermove", move, { passive: true })
    desk.addEventListener("pointerleave", leave)
    return () => {
      desk.removeEventListener("pointermove", move)
      desk.removeEventListener("pointerleave", leave)
      leave()
    }
  }, [mirror, screenToFlowPosition])

  return (
    <ViewportPortal>
      {cursors.map(({ session, user: id, name, x, y }) => (
        <span
          key={session}
          aria-hidden="true"
          className="pointer-events-none absolute z-[1000] transition-transform duration-100 ease-linear motion-reduce:transition-none"
          style={{ transform: `translate(${x}px, ${y}px)`, color: personColour(id) }}
        >
          <svg width="16" height="18" viewBox="0 0 16 18" fill="currentColor" aria-hidden="true">
            <path d="M1 1l13 6.5-5.8 1.6L5.4 15z" stroke="var(--nx-surface)" strokeWidth="1.2" strokeLinejoin="round" />
          </svg>
          <span
            className="absolute top-4 start-3 whitespace-nowrap rounded-[5px] px-1.5 font-medium text-12 text-surface"
            style={{ background: personColour(id) }}
          >
            {name}
          </span>
        </span>
      ))}
    </ViewportPortal>
  )
}
