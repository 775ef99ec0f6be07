import { describe, expect, it } from "vitest"
import { freePlace, overlaps } from "../../src/canvas/placement.ts"

const view = { x: 0, y: 0, w: 1200, h: 800 }
const size = { w: 360, h: 240 }

describe("where a new panel goes", () => {
  it("an empty canvas puts it in the middle of the view", () => {
    const frame = freePlace([], size, view)
    expect(Math.abs(frame.x + frame.w / 2 - 600)).toBeLessThanOrEqual(12)
    expect(Math.abs(frame.y + frame.h / 2 - 400)).toBeLessThanOrEqual(12)
  })

  it("it never overlaps what is there, and stays near", () => {
    const taken = [{ x: 400, y: 250, w: 400, h: 300 }]
    const frame = freePlace(taken, size, view)
    expect(taken.some((other) => overlaps(frame, other))).toBe(false)
    expect(Math.hypot(frame.x - 420, frame.y - 280)).toBeLessThan(500)
  })

  it("fifty panels in a row find fifty places", () => {
    const taken: { x: number; y: number; w: number; h: number }[] = []
    for (let count = 0; count < 50; count += 1) taken.push(freePlace(taken, size, view))
    for (const [index, frame] of taken.entries()) {
      expect(taken.slice(0, index).some((other) => overlaps(frame, other, 0))).toBe(false)
    }
  })

  it("a view that is full to the horizon puts it below everything", () => {
    const wall = { x: -9000, y: -9000, w: 18_000, h: 18_000 }
    const frame = freePlace([wall], size, view)
    expect(overlaps(frame, wall)).toBe(false)
  })
})
