import { useStore, ViewportPortal } from "@xyflow/react"
import { useGuides } from "./guides.ts"
import type { Guide } from "./snapping.ts"

/** The lines that say what the thing in the hand lies in line with, as thin as a pixel at any zoom. */
export default function GuideLines() {
  const guides = useGuides((state) => state.guides)
  const zoom = useStore(({ transform }) => transform[2])
  if (guides.length === 0) return null
  return (
    <ViewportPortal>
      {guides.map((guide) => (
        <span
          key={`${guide.axis} ${guide.kind} ${guide.at} ${guide.to}`}
          aria-hidden="true"
          data-guide={guide.kind}
          data-axis={guide.axis}
          className="nx-guide"
          style={placeOf(guide, 1 / zoom)}
        />
      ))}
    </ViewportPortal>
  )
}

/** `pixel`: one pixel of the screen, on the canvas. */
function placeOf({ axis, kind, at, to, from, until }: Guide, pixel: number) {
  const along = { at: kind === "gap" ? at : at - pixel / 2, size: kind === "gap" ? to - at : pixel }
  const across = { at: kind === "gap" ? from - pixel / 2 : from, size: kind === "gap" ? pixel : until - from }
  const [x, y] = axis === "x" ? [along, across] : [across, along]
  return { transform: `translate(${x.at}px, ${y.at}px)`, width: x.size, height: y.size }
}
