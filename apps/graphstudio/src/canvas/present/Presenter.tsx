import { useReactFlow, useStore } from "@xyflow/react"
import { ChevronLeft, ChevronRight, X } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { moving } from "../../ui/appearance.ts"
import { IconButton } from "../../ui/Button.tsx"
import { isTyping } from "../../ui/shortcut.ts"
import { say } from "../../words/say.ts"
import { useDesk, usePanels } from "../../workspace/desk-context.ts"
import { studio } from "../../workspace/studio.ts"
import { useSections } from "../use-sections.ts"
import { stopsOf } from "./stops.ts"
import "./presenter.css"

const FORTH = new Set(["ArrowRight", "ArrowDown", "PageDown", " "])
const BACK = new Set(["ArrowLeft", "ArrowUp", "PageUp"])

const sizeOf = ({ width, height }: { readonly width: number; readonly height: number }) => `${width} × ${height}`

/** Goes from section to section, or from panel to panel, with nothing around them; what is shown stays alive. */
export default function Presenter() {
  const { mirror } = useDesk()
  const flow = useReactFlow()
  const panels = usePanels()
  const sections = useSections()
  const [at, setAt] = useState(0)
  const before = useRef(flow.getViewport())
  const stops = panels.length + sections.length > 0 ? stopsOf(mirror.graph) : []
  const index = Math.min(at, stops.length - 1)
  const stop = stops[index]
  const { x = 0, y = 0, w = 0, h = 0 } = stop?.frame ?? {}
  // A window that gets another size, or a phone that is turned, shows the same thing whole again.
  const size = useStore(sizeOf)

  useEffect(() => {
    studio.select([])
    const { current } = before
    const { dataset } = document.documentElement
    dataset.presenting = ""
    return () => {
      delete dataset.presenting
      flow.setViewport(current, { duration: moving(200) })
    }
  }, [flow])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another size is a reason to fit anew
  useEffect(() => {
    // The frame around the desk has just gone, so the desk is measured first.
    const next = requestAnimationFrame(() => {
      if (w > 0) flow.fitBounds({ x, y, width: w, height: h }, { padding: 0.08, duration: moving(300) })
    })
    return () => cancelAnimationFrame(next)
  }, [flow, x, y, w, h, size])
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTyping(event.target) || document.querySelector("[role=dialog],[role=alertdialog]")) return
      const onButton = event.target instanceof Element && event.target.closest("button") !== null
      const step = FORTH.has(event.key) && !(onButton && event.key === " ") ? 1 : BACK.has(event.key) ? -1 : 0
      if (event.key === "Escape") studio.set({ presenting: false })
      else if (event.key === "Home") setAt(0)
      else if (event.key === "End") setAt(stops.length - 1)
      else if (step !== 0) setAt(Math.max(0, Math.min(stops.length - 1, index + step)))
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    addEventListener("keydown", onKeyDown, { capture: true })
    return () => removeEventListener("keydown", onKeyDown, { capture: true })
  }, [index, stops.length])

  return (
    <section
      aria-label={say("Presentation")}
      className="nx-fade absolute inset-x-0 bottom-3 z-20 mx-auto flex w-fit items-center gap-1 rounded-sheet border border-line bg-raised p-1 opacity-60 shadow-lifted transition-opacity focus-within:opacity-100 hover:opacity-100"
    >
      <IconButton
        side="top"
        label={say("Back")}
        icon={<ChevronLeft size={16} />}
        disabled={index <= 0}
        onClick={() => setAt(index - 1)}
      />
      <span role="status" className="tabular max-w-60 truncate px-1 text-13">
        {stop
          ? say("{name}, {at} of {count}", { name: stop.name, at: index + 1, count: stops.length })
          : say("Nothing to show yet")}
      </span>
      <IconButton
        side="top"
        label={say("Next")}
        icon={<ChevronRight size={16} />}
        disabled={index >= stops.length - 1}
        onClick={() => setAt(index + 1)}
      />
      <IconButton
        side="top"
        label={say("End the presentation")}
        shortcut="Escape"
        icon={<X size={16} />}
        onClick={() => studio.set({ presenting: false })}
      />
    </section>
  )
}
