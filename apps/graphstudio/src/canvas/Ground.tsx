import { useOnViewportChange, useStore, useStoreApi } from "@xyflow/react"
import { type CSSProperties, useCallback, useEffect } from "react"
import { FAR } from "./far.ts"
import { useAllAwake } from "./wake/all-awake.ts"

/** From one dot to the next at 100%, in pixels; on screen they never stand closer than half of it. */
const GAP = 24

/**
 * What lies under the panels, and what makes moving over it cheap. While the canvas moves it is one picture that the
 * compositor shifts; the dots are one too, shifted by less than a gap. React Flow's own background draws all its dots
 * anew each frame, which cost more than the panels.
 */
export function Ground() {
  const { getState } = useStoreApi()
  const all = useAllAwake((state) => state.all)
  const far = useStore(({ transform }) => transform[2] < FAR) && !all
  const x = useStore(({ transform }) => transform[0])
  const y = useStore(({ transform }) => transform[1])
  const gap = useStore(({ transform }) => stepOf(GAP * transform[2]))
  const mark = useCallback(
    (name: "data-moving" | "data-far", on: boolean) => getState().domNode?.toggleAttribute(name, on),
    [getState],
  )
  const start = useCallback(() => mark("data-moving", true), [mark])
  const end = useCallback(() => mark("data-moving", false), [mark])
  useOnViewportChange({ onStart: start, onEnd: end })
  useEffect(() => void mark("data-far", far), [mark, far])
  const style: CSSProperties = {
    inset: -gap,
    backgroundSize: `${gap}px ${gap}px`,
    transform: `translate(${remainder(x, gap)}px, ${remainder(y, gap)}px)`,
  }
  return <div aria-hidden="true" className="nx-dots" style={style} />
}

function stepOf(gap: number): number {
  let step = gap
  while (step < GAP / 2) step *= 2
  return step
}

function remainder(value: number, by: number): number {
  return ((value % by) + by) % by
}
