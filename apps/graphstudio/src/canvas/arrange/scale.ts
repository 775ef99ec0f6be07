import type { Frame } from "@nexus/protocol"
import type { Frames } from "./align.ts"

/** No panel becomes smaller than a hand may make one. */
const LEAST = { w: 200, h: 120 } as const

/** Frames as they lie when what is around them gets another size; the corner opposite to the held one stays. */
export function scaleFrames(
  frames: Frames,
  around: Frame,
  wanted: { readonly w: number; readonly h: number },
  held: string,
): Frames {
  const least = (axis: "w" | "h") =>
    Math.max(...[...frames.values()].map((frame) => Math.min(LEAST[axis], frame[axis]) / frame[axis]))
  const sx = Math.max(wanted.w / around.w, least("w"))
  const sy = Math.max(wanted.h / around.h, least("h"))
  const left = held.includes("left") ? around.x + around.w * (1 - sx) : around.x
  const top = held.includes("top") ? around.y + around.h * (1 - sy) : around.y
  return new Map(
    [...frames].map(([id, frame]) => [
      id,
      {
        x: left + (frame.x - around.x) * sx,
        y: top + (frame.y - around.y) * sy,
        w: frame.w * sx,
        h: frame.h * sy,
      },
    ]),
  )
}
