import { useContext, useLayoutEffect, useRef, useState } from "react"
import { WidthContext } from "./width-context.ts"

/**
 * The width of an element in whole pixels, followed as it changes. It starts with what the layout says, so that a
 * drawing on the server and the browser's first one agree, and keeps the last while it is hidden; `undefined` before.
 */
export function useWidth() {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(useContext(WidthContext))
  useLayoutEffect(() => {
    const element = box.current
    if (!element || typeof ResizeObserver === "undefined") return
    const measure = (measured: number) => measured > 0 && setWidth(Math.floor(measured))
    measure(element.clientWidth)
    const observer = new ResizeObserver(([entry]) => entry && measure(entry.contentRect.width))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { box, width }
}
