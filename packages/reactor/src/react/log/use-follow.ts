import { useLayoutEffect, useRef, useState } from "react"

const NEAR_END = 8

/** Keeps the end of a growing box in sight until somebody scrolls up, and counts what came since. */
export function useFollow(count: number) {
  const box = useRef<HTMLDivElement>(null)
  const [readAt, setReadAt] = useState<number>()
  useLayoutEffect(() => {
    const element = box.current
    if (element && readAt === undefined && count > 0) element.scrollTop = element.scrollHeight
  }, [count, readAt])
  const onScroll = () => {
    const element = box.current
    if (!element) return
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END
    if (atEnd) setReadAt(undefined)
    else setReadAt((before) => before ?? count)
  }
  return {
    box,
    onScroll,
    follows: readAt === undefined,
    unread: readAt === undefined ? 0 : Math.max(0, count - readAt),
    follow: () => setReadAt(undefined),
  }
}
