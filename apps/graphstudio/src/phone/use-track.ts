import { type RefObject, useEffect, useLayoutEffect, useRef } from "react"
import { moving } from "../ui/appearance.ts"

/**
 * Keeps a strip of slides, each as wide as the strip, at slide `index`, and says when a finger has brought it to another.
 * While it goes somewhere by itself the slides on the way count for nothing.
 */
export function useTrack(index: number, onTurned: (index: number) => void): RefObject<HTMLDivElement | null> {
  const track = useRef<HTMLDivElement>(null)
  const going = useRef<number>(undefined)
  const told = useRef(onTurned)
  useEffect(() => {
    told.current = onTurned
  })

  useLayoutEffect(() => {
    const strip = track.current
    if (!strip || indexAt(strip) === index) return
    going.current = index
    const far = Math.abs(indexAt(strip) - index) > 1
    const sign = getComputedStyle(strip).direction === "rtl" ? -1 : 1
    const behavior = far || moving(1) === 0 ? "instant" : "smooth"
    strip.scrollTo({ left: sign * index * strip.clientWidth, behavior })
  }, [index])

  useEffect(() => {
    const strip = track.current
    if (!strip) return
    let shown = indexAt(strip)
    const onScroll = () => {
      const now = indexAt(strip)
      if (going.current === now) going.current = undefined
      if (going.current !== undefined || now === shown) return
      shown = now
      told.current(now)
    }
    const byHand = () => {
      going.current = undefined
    }
    strip.addEventListener("scroll", onScroll, { passive: true })
    strip.addEventListener("touchstart", byHand, { passive: true })
    return () => {
      strip.removeEventListener("scroll", onScroll)
      strip.removeEventListener("touchstart", byHand)
    }
  }, [])
  return track
}

function indexAt({ scrollLeft, clientWidth }: HTMLElement): number {
  return clientWidth === 0 ? 0 : Math.round(Math.abs(scrollLeft) / clientWidth)
}
