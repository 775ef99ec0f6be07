import { useReactFlow } from "@xyflow/react"
import { useEffect } from "react"

/**
 * A browser brings what gets the focus into sight by scrolling whatever it stands in, and the desk is cut off at its edge,
 * so it can be scrolled without a scrollbar. React Flow answers by scrolling back a frame later: what was brought in sight
 * is gone again, and a press that falls between the two is released over something else, so the click is lost. Here the
 * desk is moved by as much as it was scrolled, so everything stays where the browser put it.
 */
export function useScrollAsPan(): void {
  const flow = useReactFlow()
  useEffect(() => {
    const onScroll = ({ target }: Event) => {
      if (!(target instanceof HTMLElement) || !target.classList.contains("nx-desk")) return
      const { scrollLeft, scrollTop } = target
      if (scrollLeft === 0 && scrollTop === 0) return
      const { x, y, zoom } = flow.getViewport()
      target.scrollTo({ left: 0, top: 0, behavior: "instant" })
      flow.setViewport({ x: x - scrollLeft, y: y - scrollTop, zoom })
    }
    addEventListener("scroll", onScroll, { capture: true, passive: true })
    return () => removeEventListener("scroll", onScroll, { capture: true })
  }, [flow])
}
