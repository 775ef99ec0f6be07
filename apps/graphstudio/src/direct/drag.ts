import { create } from "zustand"
import type { Drop } from "./drop-place.ts"

/** What is under the pointer on its way to a place: a component of the panel, or a new one from the list. */
export type Dragged = { readonly kind: "move"; readonly node: string } | { readonly kind: "new"; readonly name: string }

interface DragState {
  readonly dragged: Dragged | undefined
  /** Where the pointer is in the window. */
  readonly x: number
  readonly y: number
  /** Where it would stand if it were let go. */
  readonly drop: Drop | undefined
}

const NONE: DragState = { dragged: undefined, x: 0, y: 0, drop: undefined }

/** One drag at a time over the whole page: it begins in the inspector or on the panel, and ends on the panel. */
export const useDrag = create<DragState>(() => NONE)

type PlaceAt = (dragged: Dragged, x: number, y: number) => Drop | undefined
let placeAt: PlaceAt | undefined

/** The layer that knows what is where says so as long as it is there. */
export function answerDrags(answer: PlaceAt): () => void {
  placeAt = answer
  return () => {
    if (placeAt === answer) placeAt = undefined
  }
}

/** A press becomes a drag only when the pointer has moved this far: until then it is a click. */
const MOVED = 5

/** Follows a press: when it becomes a drag, `useDrag` has it, and where it ends is told. Escape lets it go. */
export function startDrag(
  press: { readonly clientX: number; readonly clientY: number },
  dragged: Dragged,
  dropped: (place: Drop["place"]) => void,
): void {
  const stopped = new AbortController()
  const { signal } = stopped
  let going = false
  const stop = () => {
    stopped.abort()
    useDrag.setState(NONE)
  }
  const move = ({ clientX: x, clientY: y }: PointerEvent) => {
    going ||= Math.hypot(x - press.clientX, y - press.clientY) >= MOVED
    if (going) useDrag.setState({ dragged, x, y, drop: placeAt?.(dragged, x, y) })
  }
  const up = () => {
    const { drop } = useDrag.getState()
    stop()
    if (drop) dropped(drop.place)
  }
  const letGo = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !going) return
    event.preventDefault()
    event.stopPropagation()
    stop()
  }
  addEventListener("pointermove", move, { signal })
  addEventListener("pointerup", up, { signal })
  addEventListener("pointercancel", stop, { signal })
  addEventListener("keydown", letGo, { signal, capture: true })
}
