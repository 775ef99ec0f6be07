import { useLayoutEffect, useRef, useState } from "react"

/** The width of an element in whole pixels, followed as it changes; `undefined` on the server and while it is hidden. */
export function useWidth() {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState<number>()
  useLayoutEffect(() => {
    const element = box.current
    if (!element || typeof ResizeObserver === "undefined") return
    const measure = (measured: number) => setWidth(measured > 0 ? Math.floor(measured) : undefined)
    measure(element.clientWidth)
    const observer = new ResizeObserver(([entry]) => entry && measure(entry.contentRect.width))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { box, width }
}
