import { expect, test } from "vitest"
import { fit } from "../../src/context/budget.ts"
import { select } from "../../src/context/select.ts"
import { createTokenCounter } from "../../src/context/tokens.ts"
import { groceries, panelWith, weather, worldWith } from "../worlds.ts"

const counter = createTokenCounter()

function panels(count: number, padding = 400) {
  return Array.from({ length: count }, (_, index) => {
    const text = `word${index} `.repeat(padding)
    return panelWith(
      `p${index}`,
      `<NexusPanel title="Panel ${index}"><View><Text content="${text}"/></View></NexusPanel>`,
    )
  })
}

test("what is placed never costs more than the budget", () => {
  let seed = 20261120
  const random = () => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed / 2147483648
  }
  for (let round = 0; round < 40; round += 1) {
    const world = worldWith(panels(1 + Math.floor(random() * 12), Math.floor(random() * 300)))
    const budget = Math.floor(random() * 4_000)
    const placed = fit(select(world, { message: "word3 panel" }), budget, counter)
    const spent = placed.reduce((sum, { text }) => sum + counter.count(text), 0)
    expect(spent, `seed 20261120, round ${round}`).toBeLessThanOrEqual(budget)
  }
})

test("a huge panel does not push out the knowledge that the others exist", () => {
  const world = worldWith([...panels(1, 20_000), panelWith("g", groceries)])
  const placed = fit(select(world, { message: "word0", panel: "p0" }), 600, counter)
  expect(placed.map(({ candidate, detail }) => [candidate.entity.id, detail])).toEqual([
    ["p0", "outline"],
    ["g", "outline"],
  ])
})

test("the focused panel is shown whole, panels without a shared word in outline", () => {
  const world = worldWith([panelWith("w", weather), panelWith("g", groceries)])
  const placed = fit(select(world, { message: "hello", panel: "g" }), 5_000, counter)
  expect(placed.map(({ candidate, detail }) => [candidate.entity.id, detail])).toEqual([
    ["g", "full"],
    ["w", "outline"],
  ])
})

test("a full panel holds its source to the letter", () => {
  const [placed] = fit(select(worldWith([panelWith("g", groceries)]), { message: "x" }), 5_000, counter)
  expect(placed?.text).toContain(groceries)
})

test("a large state is shown by its shape and a few items", () => {
  const items = Array.from({ length: 500 }, (_, id) => ({ id, title: `thing ${id} ${"x".repeat(400)}` }))
  const [placed] = fit(select(worldWith([panelWith("g", groceries, { items })]), { message: "x" }), 5_000, counter)
  expect(placed?.text).toContain("… 497 more")
  expect(placed?.tokens).toBeLessThan(1_000)
})

test("without room nothing is placed", () => {
  expect(fit(select(worldWith(panels(3)), { message: "x" }), 0, counter)).toEqual([])
})
