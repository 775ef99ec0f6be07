import { type RefObject, useEffect, useState } from "react"

/** The name of the section that is being read: the last one whose heading went past the top of `scroller`. */
export function useCurrent(scroller: RefObject<HTMLElement | null>, names: string): string | undefined {
  const [current, setCurrent] = useState<string>()
  useEffect(() => {
    const { current: root } = scroller
    if (!root) return
    const inSight = new Set<string>()
    const order = names.split(" ")
    const observer = new IntersectionObserver(
      (seen) => {
        for (const { target, isIntersecting } of seen) {
          if (isIntersecting) inSight.add(target.id)
          else inSight.delete(target.id)
        }
        setCurrent(order.find((name) => inSight.has(name)))
      },
      { root, rootMargin: "-16px 0px -60% 0px" },
    )
    for (const name of order) {
      const section = document.getElementById(name)
      if (section) observer.observe(section)
    }
    return () => observer.disconnect()
  }, [scroller, names])
  return current
}
