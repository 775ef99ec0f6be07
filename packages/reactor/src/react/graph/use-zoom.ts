import { type PointerEvent, useRef, useState } from "react"

const SMALLEST = 0.1
const LARGEST = 2
const STEP = 1.25
/** A picture that fits only smaller than this starts at this size and scrolls: text must stay readable. */
const READABLE = 0.8

export interface Size {
  readonly width: number
  readonly height: number
}

/**
 * How large a picture is shown in a box that scrolls: as large as fits at first, then as the viewer says. Who asked for all
 * of it keeps it in sight when the picture or the box changes.
 */
export function useZoom(
  picture: Size,
  box: { readonly width: number | undefined; readonly height: number | undefined },
) {
  const [chosen, setChosen] = useState<number | "whole">()
  const { width = picture.width } = box
  const whole = Math.min(1, width / picture.width, box.height === undefined ? 1 : box.height / picture.height)
  const scale = chosen === "whole" ? whole : (chosen ?? Math.max(whole, READABLE))
  const to = (next: number) => setChosen(Math.max(SMALLEST, Math.min(LARGEST, next)))
  return {
    scale,
    /** Whether something of the picture is out of sight, or would be without scaling. */
    large: whole < 1,
    larger: () => to(scale * STEP),
    smaller: () => to(scale / STEP),
    fit: () => setChosen("whole"),
    reset: () => setChosen(undefined),
  }
}

/** Dragging the ground with a mouse scrolls the box; a finger scrolls it by itself. */
export function useDragToScroll() {
  const from = useRef<{ readonly x: number; readonly y: number }>(undefined)
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.pointerType !== "mouse" || event.button !== 0) return
      if (event.target instanceof Element && event.target.closest("[data-node], button")) return
      event.currentTarget.setPointerCapture(event.pointerId)
      from.current = { x: event.clientX, y: event.clientY }
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (!from.current) return
      event.currentTarget.scrollBy(from.current.x - event.clientX, from.current.y - event.clientY)
      from.current = { x: event.clientX, y: event.clientY }
    },
    onLostPointerCapture: () => {
      from.current = undefined
    },
  }
}
