import { describe, expect, it } from "vitest"
import { type Box, layoutRows } from "../../src/layout/rows.ts"
import { generator } from "../world/server.ts"

interface Tree {
  readonly box: Box
  readonly children: readonly Tree[]
}

interface Place {
  readonly x: number
  readonly row: number
  readonly width: number
}

function randomBox(random: (below: number) => number): Box {
  const min = random(5) === 0 ? 4096 : 40 + random(260)
  const ideal = min + random(300)
  return { min, ideal, max: ideal + random(600) }
}

function randomTree(random: (below: number) => number, depth: number): Tree {
  const children = depth === 0 ? [] : Array.from({ length: random(8) }, () => randomTree(random, depth - 1))
  return { box: randomBox(random), children }
}

/** Checks a container's rows, then lays out each child in the width that it was given. */
function check(tree: Tree, width: number, gap: number): number {
  const rows = layoutRows(
    tree.children.map(({ box }) => box),
    width,
    gap,
  )
  const places: Place[] = []
  for (const [row, placed] of rows.entries())
    for (const { x, width: own } of placed) places.push({ x, row, width: own })
  expect(rows.flat().map(({ index }) => index)).toEqual(tree.children.map((_, index) => index))
  for (const [index, place] of places.entries()) {
    expect(place.x + place.width).toBeLessThanOrEqual(width)
    expect(place.width).toBeGreaterThanOrEqual(0)
    const box = tree.children[index]?.box
    const alone = rows[place.row]?.length === 1
    if (box && !alone) {
      expect(place.width).toBeGreaterThanOrEqual(box.min)
      expect(place.width).toBeLessThanOrEqual(box.max)
    }
    const next = places[index + 1]
    if (next?.row === place.row) expect(next.x).toBe(place.x + place.width + gap)
  }
  return tree.children.reduce(
    (count, child, index) => count + check(child, places[index]?.width ?? 0, gap),
    places.length,
  )
}

describe("layoutRows", () => {
  it("overlaps nothing, overflows nothing and keeps the reading order in random trees", () => {
    let boxes = 0
    for (let seed = 1; seed <= 300; seed += 1) {
      const random = generator(seed)
      try {
        boxes += check(randomTree(random, 3), random(1400), random(24))
      } catch (cause) {
        throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : cause}`, { cause })
      }
    }
    expect(boxes).toBeGreaterThan(10_000)
  })

  it("answers the same for the same width", () => {
    const random = generator(7)
    const boxes = Array.from({ length: 40 }, () => randomBox(random))
    expect(layoutRows(boxes, 913, 12)).toEqual(layoutRows([...boxes], 913, 12))
  })

  it("fills a row as far as the maxima allow", () => {
    const boxes = [
      { min: 100, ideal: 200, max: 220 },
      { min: 100, ideal: 200, max: 4096 },
    ]
    expect(layoutRows(boxes, 612, 12)).toEqual([
      [
        { index: 0, x: 0, width: 220 },
        { index: 1, x: 232, width: 380 },
      ],
    ])
  })

  it("shrinks a row below its ideal widths before it breaks it", () => {
    const box = { min: 100, ideal: 200, max: 300 }
    expect(layoutRows([box, box], 340, 0)).toEqual([
      [
        { index: 0, x: 0, width: 170 },
        { index: 1, x: 170, width: 170 },
      ],
    ])
    expect(layoutRows([box, box], 290, 0)).toHaveLength(2)
  })

  it("gives a box that is wider than the container the whole width", () => {
    expect(layoutRows([{ min: 4096, ideal: 4096, max: 4096 }], 320)).toEqual([[{ index: 0, x: 0, width: 320 }]])
    expect(layoutRows([], 320)).toEqual([])
  })
})
