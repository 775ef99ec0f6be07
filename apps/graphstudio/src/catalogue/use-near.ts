import { type RefObject, startTransition, useEffect, useState } from "react"

/** True once the element is on the screen or a scroll away from it, and ever after. */
export function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false)
  useEffect(() => {
    const { current } = element
    if (!current || near) return
    const observer = new IntersectionObserver(
      ([seen]) => {
        if (seen?.isIntersecting) startTransition(() => setNear(true))
      },
      { root: current.closest("main"), rootMargin: "900px 0px" },
    )
    observer.observe(current)
    return () => observer.disconnect()
  }, [element, near])
  return near
}
