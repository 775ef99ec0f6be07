import { type RefObject, useEffect, useState } from "react"
import { type Box, measureBoxes } from "./boxes.ts"

const NONE: readonly Box[] = []

/** Where the components of a panel stand, measured again when something in it moved, at most once a frame. */
export function useBoxes(layer: RefObject<HTMLElement | null>): readonly Box[] {
  const [boxes, setBoxes] = useState(NONE)
  useEffect(() => {
    const { current: over } = layer
    const panel = over?.parentElement
    if (!over || !panel) return
    let frame = 0
    const measure = () => {
      frame = 0
      setBoxes((before) => unlessSame(before, measureBoxes(panel, over)))
    }
    const soon = () => {
      frame ||= requestAnimationFrame(measure)
    }
    const sizes = new ResizeObserver(soon)
    sizes.observe(panel)
    const content = new MutationObserver((changes) => {
      if (changes.some(({ target }) => !over.contains(target))) soon()
    })
    content.observe(panel, { subtree: true, childList: true, characterData: true, attributes: true })
    soon()
    return () => {
      cancelAnimationFrame(frame)
      sizes.disconnect()
      content.disconnect()
    }
  }, [layer])
  return boxes
}

function unlessSame(before: readonly Box[], after: readonly Box[]): readonly Box[] {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after
}
