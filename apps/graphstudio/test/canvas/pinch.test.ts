import { expect, test } from "vitest"
import { type Fingers, pinched, zoomedAt } from "../../src/canvas/pinch.ts"

const LIMITS = { minZoom: 0.1, maxZoom: 2 }
const BEFORE = { x: 40, y: -20, zoom: 0.5 }
const FROM: Fingers = [
  { x: 100, y: 200 },
  { x: 200, y: 200 },
]

/** What of the canvas lies at a point of the window. */
const under = ({ x, y, zoom }: typeof BEFORE, at: { x: number; y: number }) => [(at.x - x) / zoom, (at.y - y) / zoom]

test("fingers twice as far apart zoom to twice the size", () => {
  const to: Fingers = [
    { x: 50, y: 200 },
    { x: 250, y: 200 },
  ]
  expect(pinched(BEFORE, FROM, to, LIMITS).zoom).toBe(1)
})

test("what lay between the fingers lies between them still, also when they wander", () => {
  const to: Fingers = [
    { x: 80, y: 340 },
    { x: 300, y: 300 },
  ]
  const after = pinched(BEFORE, FROM, to, LIMITS)
  const [x, y] = under(after, { x: 190, y: 320 })
  const [wasX, wasY] = under(BEFORE, { x: 150, y: 200 })
  expect(x).toBeCloseTo(wasX ?? Number.NaN)
  expect(y).toBeCloseTo(wasY ?? Number.NaN)
})

test("a pinch ends at the limits and keeps its place there", () => {
  const to: Fingers = [
    { x: 0, y: 200 },
    { x: 2000, y: 200 },
  ]
  const after = pinched(BEFORE, FROM, to, LIMITS)
  expect(after.zoom).toBe(2)
  expect(under(after, { x: 1000, y: 200 })).toEqual(under(BEFORE, { x: 150, y: 200 }))
})

test("a wheel zooms about the pointer", () => {
  const at = { x: 333, y: 77 }
  const after = zoomedAt(BEFORE, at, 1.5, LIMITS)
  expect(after.zoom).toBe(0.75)
  expect(under(after, at)).toEqual(under(BEFORE, at))
})
