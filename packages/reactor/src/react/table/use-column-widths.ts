import { type KeyboardEvent, type PointerEvent, useState } from "react"

const NARROWEST = 48
const STEP = 16

/** Widths a viewer gave by dragging a heading's edge, or with Shift and the arrow keys; until then the table's own. */
export function useColumnWidths(own: readonly number[] | undefined) {
  const [given, setGiven] = useState<readonly number[]>()
  const widths = given?.length === (own?.length ?? given?.length) ? given : own

  const resize = (from: readonly number[], index: number, width: number) =>
    setGiven(from.map((old, position) => (position === index ? Math.max(NARROWEST, Math.round(width)) : old)))

  const onPointerDown = (event: PointerEvent<HTMLElement>, index: number) => {
    const handle = event.currentTarget
    const from = widthsAround(handle)
    const [startX, startWidth] = [event.clientX, from[index] ?? NARROWEST]
    const direction = getComputedStyle(handle).direction === "rtl" ? -1 : 1
    event.preventDefault()
    handle.setPointerCapture(event.pointerId)
    const move = (moved: globalThis.PointerEvent) =>
      resize(from, index, startWidth + direction * (moved.clientX - startX))
    const end = () => {
      handle.removeEventListener("pointermove", move)
      handle.removeEventListener("lostpointercapture", end)
    }
    handle.addEventListener("pointermove", move)
    handle.addEventListener("lostpointercapture", end)
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>, index: number) => {
    const step = event.key === "ArrowRight" ? STEP : event.key === "ArrowLeft" ? -STEP : 0
    if (!event.shiftKey || step === 0) return
    event.preventDefault()
    const from = widthsAround(event.currentTarget)
    resize(from, index, (from[index] ?? NARROWEST) + step)
  }
  return { widths, resized: given !== undefined, onPointerDown, onKeyDown }
}

/** How wide the headings of the row around an element are now. */
function widthsAround(element: HTMLElement): readonly number[] {
  const headings = element.closest("tr")?.querySelectorAll<HTMLElement>("th") ?? []
  return [...headings].map((heading) => heading.getBoundingClientRect().width)
}
