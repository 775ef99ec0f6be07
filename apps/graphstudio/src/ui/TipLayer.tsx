import { autoUpdate, computePosition, flip, offset, type Placement, shift } from "@floating-ui/dom"
import { useEffect, useId, useLayoutEffect, useRef, useState } from "react"
import { createPortal } from "react-dom"
import { Keys } from "./Keys.tsx"
import { useTips } from "./tips.ts"

const GAP = 6
const EDGE = 8
const SIDES: readonly Placement[] = ["top", "right", "bottom", "left"]

/** The one tooltip of the page. */
export default function TipLayer() {
  const shown = useTips((state) => state.shown)
  return shown ? <Shown of={shown} /> : null
}

function Shown({ of }: { readonly of: HTMLElement }) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const { label, keys } = useWorn(of)
  useDescribed(of, label, id)
  useLayoutEffect(() => {
    const layer = box.current
    if (!layer) return
    const place = async () => {
      if (!of.isConnected) return useTips.setState({ shown: undefined })
      const placement = SIDES.find((side) => side === of.dataset.tipSide) ?? "bottom"
      const middleware = [offset(GAP), flip({ padding: EDGE }), shift({ padding: EDGE })]
      const { x, y } = await computePosition(of, layer, { placement, middleware, strategy: "fixed" })
      layer.style.translate = `${x}px ${y}px`
    }
    return autoUpdate(of, layer, place)
  }, [of])
  return createPortal(
    <div
      ref={box}
      id={id}
      role="tooltip"
      data-tip-layer=""
      className="nx-fade fixed top-0 left-0 z-[70] flex max-w-72 items-center gap-2 rounded-control border border-line bg-raised px-2 py-1 text-12 text-ink shadow-lifted"
    >
      {label}
      {keys ? <Keys shortcut={keys} /> : null}
    </div>,
    document.body,
  )
}

/** What the element wears now: a button that is pressed says something else while its tooltip stands. */
function useWorn(element: HTMLElement): { readonly label: string; readonly keys: string | undefined } {
  const [, setSeen] = useState(0)
  useEffect(() => {
    const observer = new MutationObserver(() => setSeen((seen) => seen + 1))
    observer.observe(element, { attributeFilter: ["data-tip", "data-tip-keys"] })
    return () => observer.disconnect()
  }, [element])
  return { label: element.dataset.tip ?? "", keys: element.dataset.tipKeys }
}

/** For who does not see it: what is not the element's name already is its description. */
function useDescribed(element: HTMLElement, label: string, id: string): void {
  useEffect(() => {
    if (element.ariaLabel === label || element.hasAttribute("aria-describedby")) return
    element.setAttribute("aria-describedby", id)
    return () => element.removeAttribute("aria-describedby")
  }, [element, label, id])
}
