import { ChevronLeft, ChevronRight, X } from "lucide-react"
import { Dialog } from "radix-ui"
import { type PointerEvent, useRef } from "react"
import { IconButton } from "../../ui/Button.tsx"
import { isTyping } from "../../ui/shortcut.ts"
import { say } from "../../words/say.ts"
import { useDesk, usePanels } from "../../workspace/desk-context.ts"
import { studio } from "../../workspace/studio.ts"
import { SheetBody } from "../sheet-body.tsx"
import { panelsInOrder } from "./stops.ts"

/** How far a finger goes for the next panel, and how much more across than down. */
const SWIPE = 60
const SLANT = 1.5

/**
 * One panel alone in the window: on a large screen to work in it, on a phone instead of the canvas. The neighbours are a
 * swipe or a key away, in the order in which the desk is read. On the canvas below it leaves its place empty, because a
 * panel lives once.
 */
export default function FullPanel({ panel }: { readonly panel: string }) {
  const { mirror } = useDesk()
  const panels = usePanels()
  const order = panels.length > 0 ? panelsInOrder(mirror.graph) : []
  // A panel that is gone meanwhile, or none at all, is the first one.
  const index = Math.max(
    0,
    order.findIndex(({ id }) => id === panel),
  )
  const began = useRef<{ readonly x: number; readonly y: number }>(undefined)
  const one = order[index]
  const close = () => studio.set({ filling: undefined })
  const go = (step: number) => {
    const next = order[index + step]
    // It is looked at and not chosen: the inspector would lie over a phone's canvas afterwards.
    if (next) studio.set({ filling: next.id })
  }
  const onPointerDown = (event: PointerEvent) => {
    const here = event.target instanceof Element && event.target.closest("input, textarea, [role=slider], canvas, svg")
    began.current = event.pointerType === "touch" && !here ? { x: event.clientX, y: event.clientY } : undefined
  }
  const onPointerUp = ({ clientX, clientY }: PointerEvent) => {
    if (!began.current) return
    const [dx, dy] = [clientX - began.current.x, clientY - began.current.y]
    began.current = undefined
    if (Math.abs(dx) > SWIPE && Math.abs(dx) > SLANT * Math.abs(dy)) go(dx < 0 ? 1 : -1)
  }
  if (!one) return null
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus()
          }}
          onKeyDown={(event) => {
            if (isTyping(event.target) || event.target !== event.currentTarget) return
            if (event.key === "ArrowRight") go(1)
            if (event.key === "ArrowLeft") go(-1)
          }}
          onPointerDown={onPointerDown}
          onPointerUp={onPointerUp}
          className="nx-fade fixed inset-0 z-40 flex touch-pan-y flex-col bg-surface outline-none"
        >
          <header className="flex h-12 flex-none items-center gap-1 border-line border-b px-2">
            <IconButton
              label={say("Previous panel")}
              icon={<ChevronLeft size={18} />}
              disabled={index <= 0}
              onClick={() => go(-1)}
            />
            <IconButton
              label={say("Next panel")}
              icon={<ChevronRight size={18} />}
              disabled={index >= order.length - 1}
              onClick={() => go(1)}
            />
            <Dialog.Title className="min-w-0 flex-1 truncate ps-1 font-bold text-14">{one.name}</Dialog.Title>
            <span role="status" className="tabular flex-none px-1 text-12 text-soft">
              {say("{at} of {count}", { at: index + 1, count: order.length })}
            </span>
            <IconButton label={say("Back to the canvas")} shortcut="Escape" icon={<X size={18} />} onClick={close} />
          </header>
          <section key={one.id} aria-label={one.name} className="nx-full min-h-0 flex-1">
            <SheetBody id={one.id} />
          </section>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
