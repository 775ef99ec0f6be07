import { useEffect, useState } from "react"

/** Counts up every `everyMs` while somebody can see the page: for what the kernel does not tell of by itself. */
export function useBeat(everyMs: number, on = true): number {
  const [count, setCount] = useState(0)
  useEffect(() => {
    if (!on) return
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") setCount((before) => before + 1)
    }, everyMs)
    return () => clearInterval(timer)
  }, [everyMs, on])
  return count
}
