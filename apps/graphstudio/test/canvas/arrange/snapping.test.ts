import type { Frame } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { snapMove, snapResize } from "../../../src/canvas/arrange/snapping.ts"

const frame = (x: number, y: number, w = 100, h = 100): Frame => ({ x, y, w, h })

describe("what a moving panel is pulled to", () => {
  it("edges and centres of others, on both axes at once, with a line for each", () => {
    const { dx, dy, guides } = snapMove(frame(203, 396), [frame(200, 0, 300, 400)], 6)
    expect([dx, dy]).toEqual([-3, 4])
    expect(guides.map(({ axis, kind, at }) => [axis, kind, at])).toEqual([
      ["x", "edge", 200],
      ["y", "edge", 400],
    ])
    expect(snapMove(frame(303, 900), [frame(200, 0, 300, 400)], 6).dx).toBe(-3)
  })

  it("nothing that is too far", () => {
    expect(snapMove(frame(210, 700), [frame(200, 0, 300, 400)], 6)).toEqual({ dx: 0, dy: 0, guides: [] })
  })

  it("the middle between two in its row, measured on both sides", () => {
    const { dx, guides } = snapMove(frame(247, 10), [frame(0, 0), frame(500, 20)], 6)
    expect(dx).toBe(3)
    expect(guides.filter(({ kind }) => kind === "gap").map(({ at, to }) => to - at)).toEqual([150, 150])
  })

  it("the gap that a row has already, at both of its ends", () => {
    const row = [frame(0, 0), frame(130, 0)]
    expect(snapMove(frame(264, 5), row, 6).dx).toBe(-4)
    expect(snapMove(frame(-132, 5), row, 6).dx).toBe(2)
    expect(snapMove(frame(264, 500), row, 6).dx).toBe(0)
  })

  it("a pull is never further than the tolerance, whatever lies around", () => {
    let seed = 7
    const random = (below: number) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      return Math.floor((seed / 2 ** 32) * below)
    }
    const any = () => frame(random(2000), random(2000), 80 + random(400), 60 + random(400))
    for (let round = 0; round < 300; round += 1) {
      const others = Array.from({ length: random(12) }, any)
      const { dx, dy, guides } = snapMove(any(), others, 6)
      expect(Math.max(Math.abs(dx), Math.abs(dy)), `round ${round}`).toBeLessThanOrEqual(6)
      if (dx !== 0 || dy !== 0) expect(guides.length, `round ${round}`).toBeGreaterThan(0)
    }
  })
})

describe("what a resized panel is pulled to", () => {
  it("only the sides in the hand move", () => {
    const held = { left: false, right: true, top: false, bottom: false }
    expect(snapResize(frame(0, 3, 197), held, [frame(200, 0)], 6).frame).toEqual(frame(0, 3, 200))
    const left = { left: true, right: false, top: true, bottom: false }
    expect(snapResize(frame(103, 303, 200, 200), left, [frame(0, 0, 100, 300)], 6).frame).toEqual(
      frame(100, 300, 203, 203),
    )
  })
})
