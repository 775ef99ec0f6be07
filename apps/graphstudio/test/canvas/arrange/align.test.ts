import type { Frame } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { alignFrames, distributeFrames, type Frames, tidyFrames } from "../../../src/canvas/arrange/align.ts"
import { scaleFrames } from "../../../src/canvas/arrange/scale.ts"

const frame = (x: number, y: number, w = 100, h = 100): Frame => ({ x, y, w, h })
const frames = (...list: Frame[]): Frames => new Map(list.map((one, index) => [`p${index + 1}`, one]))
const places = (moved: Frames) => Object.fromEntries([...moved].map(([id, { x, y }]) => [id, [x, y]]))

describe("aligning", () => {
  const three = frames(frame(0, 0), frame(50, 200, 200), frame(400, 90, 100, 50))

  it("each of six sides puts all on the outermost line, and says only what moves", () => {
    expect(places(alignFrames(three, "left"))).toEqual({ p2: [0, 200], p3: [0, 90] })
    expect(places(alignFrames(three, "right"))).toEqual({ p1: [400, 0], p2: [300, 200] })
    expect(places(alignFrames(three, "centre"))).toEqual({ p1: [200, 0], p2: [150, 200], p3: [200, 90] })
    expect(places(alignFrames(three, "top"))).toEqual({ p2: [50, 0], p3: [400, 0] })
    expect(places(alignFrames(three, "bottom"))).toEqual({ p1: [0, 200], p3: [400, 250] })
    expect(places(alignFrames(three, "middle"))).toEqual({ p1: [0, 100], p2: [50, 100], p3: [400, 125] })
  })

  it("distributing makes gaps equal and leaves the outermost two", () => {
    const row = frames(frame(0, 0), frame(110, 0), frame(500, 0))
    expect(places(distributeFrames(row, "x"))).toEqual({ p2: [250, 0] })
    expect(places(distributeFrames(frames(frame(0, 0), frame(0, 900)), "y"))).toEqual({})
  })

  it("tidying keeps rows and their order, and nothing overlaps", () => {
    const mess = frames(frame(300, 10), frame(0, 0), frame(20, 130, 300, 200), frame(310, 220))
    expect(places(tidyFrames(mess))).toEqual({ p1: [124, 0], p3: [0, 124], p4: [324, 124] })
    expect(tidyFrames(new Map([...mess, ...tidyFrames(mess)])).size).toBe(0)
  })
})

describe("resizing several", () => {
  const two = frames(frame(0, 0, 400, 240), frame(600, 0, 400, 240))
  const around = frame(0, 0, 1000, 240)

  it("the corner opposite to the hand stays", () => {
    const larger = scaleFrames(two, around, { w: 2000, h: 480 }, "bottom right")
    expect(larger.get("p2")).toEqual(frame(1200, 0, 800, 480))
    const towards = scaleFrames(two, around, { w: 2000, h: 480 }, "top left")
    expect(towards.get("p1")).toEqual(frame(-1000, -240, 800, 480))
    expect(towards.get("p2")).toEqual(frame(200, -240, 800, 480))
  })

  it("nothing becomes smaller than a panel may be", () => {
    const small = scaleFrames(two, around, { w: 1, h: -50 }, "bottom right")
    expect(small.get("p1")).toEqual(frame(0, 0, 200, 120))
  })
})
