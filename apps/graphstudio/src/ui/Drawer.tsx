import { X } from "lucide-react"
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react"
import { usePhone } from "../phone/use-phone.ts"
import { FROM_THE_RIGHT } from "../words/language.ts"
import { say } from "../words/say.ts"
import { IconButton } from "./Button.tsx"
import { classNames } from "./class-names.ts"
import { useInsets } from "./insets.ts"

interface DrawerProps {
  readonly title: string
  /** `left` is where the rail is; read from the right, both sides change places. */
  readonly side: "left" | "right"
  readonly onClose: () => void
  readonly children: ReactNode
  readonly actions?: ReactNode
  /** Remembers the width under this name. */
  readonly name: string
  readonly initialWidth?: number
  /** False where it opens beside what the person goes on doing. */
  readonly takesFocus?: boolean
}

/** The rail beside which a left drawer stands, with its air. */
const RAIL = 56
/** The air between a right drawer and the window. */
const EDGE = 8
const MIN = 260
const MAX = 720

/** A sheet over the canvas's edge: resizable by pointer or arrow keys, closed by Escape; the canvas stays usable. */
export function Drawer({
  title,
  side,
  onClose,
  children,
  actions,
  name,
  initialWidth = 340,
  takesFocus = true,
}: DrawerProps) {
  const key = `nexus.drawer.${name}`
  const [width, setWidth] = useState(() => clamp(Number(localStorage.getItem(key)) || initialWidth))
  const drawer = useRef<HTMLElement>(null)
  const edge = (side === "left") !== FROM_THE_RIGHT ? "left" : "right"
  const phone = usePhone()
  const grow = edge === "left" ? 1 : -1

  useEffect(() => {
    const before = document.activeElement
    if (takesFocus) drawer.current?.focus()
    return () => {
      if (document.activeElement !== document.body) return
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [takesFocus])
  useEffect(() => {
    localStorage.setItem(key, String(width))
  }, [key, width])

  useEffect(() => {
    if (phone) return
    useInsets.setState({ [edge]: width + (side === "left" ? RAIL : EDGE) })
    return () => useInsets.setState({ [edge]: 0 })
  }, [side, edge, width, phone])

  const startResize = (event: PointerEvent<HTMLElement>) => {
    const handle = event.currentTarget
    const origin = event.clientX
    handle.setPointerCapture(event.pointerId)
    handle.onpointermove = (move) => setWidth(clamp(width + grow * (move.clientX - origin)))
    handle.onpointerup = () => {
      handle.onpointermove = null
    }
  }
  const nudge = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 16 : event.key === "ArrowLeft" ? -16 : 0
    if (step) setWidth((before) => clamp(before + grow * step))
  }

  return (
    <aside
      ref={drawer}
      aria-label={title}
      tabIndex={-1}
      style={phone ? undefined : { width }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return
        event.stopPropagation()
        onClose()
      }}
      className={classNames(
        "absolute inset-y-2 z-20 flex max-w-[calc(100vw-80px)] flex-col rounded-sheet border border-line bg-raised shadow-float outline-none",
        phone ? "nx-lift" : edge === "left" ? "nx-slide-left" : "nx-slide-right",
        "phone:inset-x-0 phone:bottom-0 phone:max-w-none phone:rounded-b-none phone:border-x-0 phone:border-b-0",
        side === "left" ? "phone:top-0" : "phone:top-[38%]",
        side === "left" ? "start-14" : "end-2",
      )}
    >
      <header className="flex items-center gap-1 border-line border-b py-2 pe-2 ps-4">
        <h2 className="min-w-0 flex-1 truncate font-bold text-14">{title}</h2>
        {actions}
        <IconButton
          label={say("Close {title}", { title })}
          icon={<X size={16} />}
          shortcut="Escape"
          onClick={onClose}
        />
      </header>
      <div className="min-h-0 flex-1 overflow-auto">{children}</div>
      {/* biome-ignore lint/a11y/useSemanticElements: an <hr> cannot take the pointer and the arrow keys */}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={say("Width of {title}", { title })}
        aria-valuenow={width}
        aria-valuemin={MIN}
        aria-valuemax={MAX}
        tabIndex={0}
        onPointerDown={startResize}
        onKeyDown={nudge}
        className={classNames(
          "absolute inset-y-3 w-2 phone:hidden cursor-ew-resize touch-none rounded-full hover:bg-accent-soft",
          side === "left" ? "-end-1" : "-start-1",
        )}
      />
    </aside>
  )
}

function clamp(width: number): number {
  return Math.min(MAX, Math.max(MIN, Math.round(width)))
}
