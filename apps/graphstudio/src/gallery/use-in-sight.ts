import { type RefObject, useEffect, useState } from "react"

/** Is the element in sight within what scrolls around it? What went out of sight is not. */
export function useInSight(element: RefObject<HTMLElement | null>): boolean {
  const [inSight, setInSight] = useState(false)
  useEffect(() => {
    const { current } = element
    if (!current) return
    const observer = new IntersectionObserver((entries) => setInSight(entries.at(-1)?.isIntersecting ?? false), {
      rootMargin: "60px 0px",
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return inSight
}
