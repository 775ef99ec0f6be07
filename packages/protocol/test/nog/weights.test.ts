import { expect, it } from "vitest"
import { apply } from "../../src/nog/apply.ts"
import { Graph } from "../../src/nog/graph.ts"
import { queryGraph } from "../../src/nog/query.ts"
import { weigh } from "../../src/nog/weights.ts"
import { Chance, randomOperation } from "./random-operations.ts"

it("a value weighs at least its text, and more with every part", () => {
  expect(weigh("x".repeat(1000))).toBeGreaterThan(1000)
  expect(weigh({ a: "x".repeat(1000), b: [1, 2, 3] })).toBeGreaterThan(weigh({ a: "x".repeat(1000) }))
  expect(weigh({ a: null, b: true })).toBeGreaterThan(0)
  expect(weigh(undefined)).toBe(0)
})

it.each([1, 2, 3, 4, 5])("a graph weighs after any changes what one made anew weighs (seed %i)", (seed) => {
  const chance = new Chance(seed)
  const graph = new Graph()
  let most = 0
  for (let step = 0; step < 400; step += 1) {
    apply(graph, [randomOperation(chance, graph)])
    most = Math.max(most, graph.bytes)
    if (step % 20 === 0) expect(graph.bytes).toBe(Graph.fromSnapshot(graph.toSnapshot()).bytes)
  }
  expect(most).toBeGreaterThan(0)
})

it("a graph that was searched weighs its words too, and a fork shares the values", () => {
  const graph = new Graph()
  for (let index = 0; index < 3000; index += 1) {
    const properties = { note: `about number ${index} and what it is for` }
    graph.putEntity({ id: `c${index}`, kind: "concept", name: `Concept ${index}`, properties, scope: "" })
  }
  const before = graph.bytes
  queryGraph(graph, { find: "text", text: "number 7", limit: 5 })
  expect(graph.bytes).toBeGreaterThan(before * 1.2)
  expect(graph.fork().indexBytes).toBe(graph.indexBytes)
  expect(graph.indexBytes).toBeLessThan(before)
})
