import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react"

const PAGE = 10

/**
 * One row of a table is in the order of Tab; the arrow keys make another one that. Its focus waits until the row is on
 * screen, as a row far away is painted only then.
 */
export function useRowFocus(count: number) {
  // State, not a ref: the rows inside must hear of the box that scrolls them.
  const [box, setBox] = useState<HTMLDivElement | null>(null)
  const waiting = useRef(false)
  const [wanted, setActive] = useState(0)
  const active = Math.max(0, Math.min(wanted, count - 1))
  useLayoutEffect(() => {
    if (!waiting.current) return
    const row = box?.querySelector<HTMLElement>(`tr[data-index="${active}"]`)
    if (!row) return
    waiting.current = false
    row.focus({ preventScroll: true })
  })
  const onKeyDown = (event: KeyboardEvent, choose: (index: number) => void, reveal: (index: number) => void) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault()
      choose(active)
      return
    }
    const next = nextRow(event.key, active, count)
    if (next === undefined) return
    event.preventDefault()
    waiting.current = true
    setActive(next)
    reveal(next)
  }
  return { box, setBox, active, setActive, onKeyDown }
}

function nextRow(key: string, active: number, count: number): number | undefined {
  const to = (index: number) => Math.max(0, Math.min(index, count - 1))
  switch (key) {
    case "ArrowDown":
      return to(active + 1)
    case "ArrowUp":
      return to(active - 1)
    case "PageDown":
      return to(active + PAGE)
    case "PageUp":
      return to(active - PAGE)
    case "Home":
      return 0
    case "End":
      return to(count - 1)
    default:
      return undefined
  }
}
