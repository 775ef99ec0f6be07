import { expect, test } from "vitest"
import { type Box, boxAt, boxesOf } from "../../src/direct/boxes.ts"
import { type DropNode, dropPlace } from "../../src/direct/drop-place.ts"

const box = (node: string, left: number, top: number, width: number, height: number): Box => ({
  node,
  rect: { left, top, width, height },
})
const leaf = (id: string): DropNode => ({ id, holds: false, children: [] })

/** A text above a box that holds two buttons side by side, and an empty box below. */
const TREE: readonly DropNode[] = [
  leaf("0"),
  { id: "1", holds: true, children: [leaf("1.0"), leaf("1.1")] },
  { id: "2", holds: true, children: [] },
]
const BOXES = [
  box("0", 0, 0, 200, 20),
  box("1", 0, 30, 200, 60),
  box("1.0", 10, 40, 80, 40),
  box("1.1", 100, 40, 80, 40),
  box("2", 0, 100, 200, 40),
]

test("above the middle of a component is before it, below is after it", () => {
  expect(dropPlace(TREE, BOXES, { x: 50, y: 4 }, undefined)?.place).toEqual({ before: { node: "0" } })
  expect(dropPlace(TREE, BOXES, { x: 50, y: 18 }, undefined)?.place).toEqual({ after: { node: "0" } })
})

test("where components stand side by side, the line between them is upright", () => {
  const drop = dropPlace(TREE, BOXES, { x: 170, y: 60 }, undefined)
  expect(drop?.place).toEqual({ after: { node: "1.1" } })
  expect(drop?.line).toMatchObject({ left: 182, width: 2, height: 40 })
})

test("near the edge of a container is beside it, inside of it is between what it holds", () => {
  expect(dropPlace(TREE, BOXES, { x: 50, y: 32 }, undefined)?.place).toEqual({ before: { node: "1" } })
  expect(dropPlace(TREE, BOXES, { x: 20, y: 45 }, undefined)?.place).toEqual({ before: { node: "1.0" } })
})

test("an empty container takes what is dropped into it, also the one that only held what is dragged", () => {
  expect(dropPlace(TREE, BOXES, { x: 50, y: 120 }, undefined)).toMatchObject({
    place: { into: { node: "2" } },
    inside: true,
  })
  const alone: readonly DropNode[] = [{ id: "0", holds: true, children: [leaf("0.0")] }]
  const boxes = [box("0", 0, 0, 100, 50), box("0.0", 10, 10, 80, 30)]
  expect(dropPlace(alone, boxes, { x: 50, y: 25 }, "0.0")?.place).toEqual({ into: { node: "0" } })
})

test("what is dragged never goes into itself", () => {
  const drop = dropPlace(TREE, BOXES, { x: 50, y: 60 }, "1")
  expect(JSON.stringify(drop?.place)).not.toContain('"1')
})

test("what paints nothing itself has the boxes of what it shows, once for each row", () => {
  const rows = [box("0", 0, 0, 100, 90), box("0.0.0", 0, 0, 100, 20), box("0.0.0", 0, 30, 100, 20)]
  expect(boxesOf(rows, "0.0").map(({ top }) => top)).toEqual([0, 30])
  expect(boxAt(rows, 50, 40)?.node).toBe("0.0.0")
  expect(boxAt(rows, 50, 80)?.node).toBe("0")
})
