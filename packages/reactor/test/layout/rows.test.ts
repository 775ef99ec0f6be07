import { describe, expect, it } from "vitest"
import { type Arrangement, placeBoxes } from "../../src/layout/place.ts"
import { type Box, comfortable, layoutRows } from "../../src/layout/rows.ts"
import { generator } from "../world/server.ts"

interface Tree {
  readonly box: Box
  readonly arrangement: Arrangement
  readonly children: readonly Tree[]
}

type Random = (below: number) => number

function randomBox(random: Random): Box {
  const min = random(8) === 0 ? 4096 : 40 + random(260)
  const ideal = min + random(300)
  const box = { min, ideal, max: ideal + random(600) }
  return random(5) === 0 && min < 4096 ? { ...box, snug: true } : box
}

function randomTree(random: Random, depth: number): Tree {
  const children = depth === 0 ? [] : Array.from({ length: random(8) }, () => randomTree(random, depth - 1))
  const strategy = ["auto", "row", "grid", "stack"][random(4)] ?? "auto"
  return { box: randomBox(random), arrangement: { strategy, gap: random(24), columns: 1 + random(5) }, children }
}

/** Checks a container's places, then lays out each child in the width that it was given; counts boxes. */
function check(tree: Tree, width: number): number {
  const boxes = tree.children.map(({ box }) => box)
  const { rows } = placeBoxes(boxes, width, tree.arrangement)
  const flat = rows.flat()
  expect(flat.map(({ index }) => index)).toEqual(boxes.map((_, index) => index))
  for (const row of rows) {
    let free = 0
    for (const { index, x, width: own } of row) {
      const box = boxes[index]
      expect(Number.isInteger(x) && Number.isInteger(own)).toBe(true)
      expect(own).toBeGreaterThanOrEqual(0)
      expect(x).toBeGreaterThanOrEqual(free)
      expect(x + own).toBeLessThanOrEqual(width)
      free = x + own + tree.arrangement.gap
      if (!box || row.length === 1 || tree.arrangement.strategy === "grid") continue
      expect(own).toBeGreaterThanOrEqual(box.min)
      if (tree.arrangement.strategy === "auto") expect(own).toBeLessThanOrEqual(box.max)
    }
  }
  return tree.children.reduce((count, child, index) => count + check(child, flat[index]?.width ?? 0), flat.length)
}

function seeded(seeds: number, run: (random: Random) => void): void {
  for (let seed = 1; seed <= seeds; seed += 1) {
    try {
      run(generator(seed))
    } catch (cause) {
      throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : cause}`, { cause })
    }
  }
}

describe("the layout", () => {
  it("overlaps nothing, overflows nothing and keeps the reading order, in whole pixels, in random trees", () => {
    let boxes = 0
    seeded(300, (random) => {
      boxes += check(randomTree(random, 3), random(1400))
    })
    expect(boxes).toBeGreaterThan(10_000)
  })

  it("answers the same for the same width, whatever was laid out before", () => {
    seeded(200, (random) => {
      const boxes = Array.from({ length: 40 }, () => randomBox(random))
      const arrangement = { strategy: random(2) ? "auto" : "row", gap: 12, columns: 1 }
      let before = placeBoxes([...boxes], 913, arrangement)
      for (let edit = 0; edit < 10; edit += 1) {
        const at = random(boxes.length)
        if (random(3) === 0) boxes.splice(at, 1)
        else if (random(2)) boxes.splice(at, 0, randomBox(random))
        else boxes[at] = randomBox(random)
        const width = random(4) ? 913 : 300 + random(900)
        before = placeBoxes([...boxes], width, arrangement, before)
        expect(before.rows).toEqual(placeBoxes(boxes, width, arrangement).rows)
      }
    })
  })

  it("keeps the rows that an edit does not reach", () => {
    const random = generator(7)
    const boxes = Array.from({ length: 100 }, () => ({ min: 100, ideal: 100 + random(100), max: 600 }))
    const before = layoutRows(boxes, 800, 12)
    const after = layoutRows(boxes.with(50, { min: 120, ideal: 190, max: 700 }), 800, 12, { before })
    const made = after.rows.filter((row, index) => row !== before.rows[index])
    expect(made.length).toBeLessThanOrEqual(3)
    expect(made.flat().map(({ index }) => index)).toContain(50)
  })

  it("needs no more rows in a wider place, and makes no box narrower while the rows stay", () => {
    seeded(60, (random) => {
      const boxes = Array.from({ length: 1 + random(12) }, () => randomBox(random))
      let before = layoutRows(boxes, 200, 8)
      for (let width = 201; width <= 900; width += 1) {
        const now = layoutRows(boxes, width, 8)
        expect(now.rows.length).toBeLessThanOrEqual(before.rows.length)
        const breaks = (rows: typeof now.rows) => rows.map((row) => row.length).join()
        if (breaks(now.rows) === breaks(before.rows)) {
          const old = before.rows.flat()
          for (const [index, box] of now.rows.flat().entries())
            expect(box.width).toBeGreaterThanOrEqual(old[index]?.width ?? 0)
        }
        before = now
      }
    })
  })

  it("solves its constraints: one factor of the ideals, held between comfortable and maximum, fills each row", () => {
    seeded(300, (random) => {
      const boxes = Array.from({ length: 2 + random(10) }, () => ({ ...randomBox(random), min: 40 + random(100) }))
      const width = 300 + random(1200)
      for (const row of layoutRows(boxes, width, 10).rows.filter(({ length }) => length > 1)) {
        const room = width - 10 * (row.length - 1)
        const own = row.map(({ index }) => boxes[index] as Box)
        const used = row.reduce((sum, box) => sum + box.width, 0)
        const free = own.map((box, at) => ({ box, width: row[at]?.width ?? 0 }))
        const between = free.filter(({ box, width: w }) => w > comfortable(box) && w < Math.floor(box.max))
        // Nothing is left over while a box could still grow; those that can, share one factor.
        if (between.length > 0) expect(room - used).toBeLessThan(row.length)
        const factors = between.map(({ box, width: w }) => [w / box.ideal, (w + 1) / box.ideal] as const)
        const low = Math.max(...factors.map(([least]) => least))
        const high = Math.min(...factors.map(([, most]) => most))
        if (factors.length > 0) expect(low).toBeLessThanOrEqual(high + 1e-6)
      }
    })
  })

  it("fills a row as far as the maxima allow", () => {
    const boxes = [
      { min: 100, ideal: 200, max: 220 },
      { min: 100, ideal: 200, max: 4096 },
    ]
    expect(layoutRows(boxes, 612, 12).rows).toEqual([
      [
        { index: 0, x: 0, width: 220 },
        { index: 1, x: 232, width: 380 },
      ],
    ])
  })

  it("shrinks a row below its ideal widths before it breaks it", () => {
    const box = { min: 100, ideal: 200, max: 300 }
    expect(layoutRows([box, box], 340).rows).toEqual([
      [
        { index: 0, x: 0, width: 170 },
        { index: 1, x: 170, width: 170 },
      ],
    ])
    expect(layoutRows([box, box], 290).rows).toHaveLength(2)
  })

  it("gives a box that is wider than the container the whole width", () => {
    expect(layoutRows([{ min: 4096, ideal: 4096, max: 4096 }], 320).rows).toEqual([[{ index: 0, x: 0, width: 320 }]])
    expect(layoutRows([], 320).rows).toEqual([])
  })

  it("breaks a row and drops columns of a grid only where the minima do not fit", () => {
    const box = { min: 100, ideal: 200, max: 300 }
    const boxes = [box, box, box]
    const rows = (strategy: string, width: number) =>
      placeBoxes(boxes, width, { strategy, gap: 10, columns: 3 }).rows.map((row) => row.length)
    expect(rows("row", 320)).toEqual([3])
    expect(rows("row", 319)).toEqual([2, 1])
    expect(rows("grid", 320)).toEqual([3])
    expect(rows("grid", 319)).toEqual([2, 1])
    expect(rows("grid", 90)).toEqual([1, 1, 1])
    expect(rows("stack", 900)).toEqual([1, 1, 1])
  })
})
