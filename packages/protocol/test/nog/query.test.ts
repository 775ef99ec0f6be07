import { expect, test } from "vitest"
import { apply, Graph, MAX_QUERY_BREADTH, type Operation, Query, type QueryInput, queryGraph } from "../../src/index.ts"

function graphAfter(operations: readonly Operation[]): Graph {
  const graph = new Graph()
  const applied = apply(graph, operations)
  if (!applied.ok) throw new Error(JSON.stringify(applied.failure))
  return graph
}

const concept = (id: string, name = id, properties = {}): Operation => ({
  kind: "entity_add",
  entity: { id, kind: "concept", name, properties, scope: "" },
})
const edge = (from: string, to: string, kind: "related_to" | "precedes" = "related_to"): Operation => ({
  kind: "relationship_add",
  relationship: { from, kind, to, properties: {} },
})
const ask = (graph: Graph, query: QueryInput) => {
  const { entities, relationships, cut } = queryGraph(graph, Query.parse(query))
  return { ids: entities.map(({ id }) => id), edges: relationships.map(({ from, to }) => `${from}>${to}`), cut }
}

const line = graphAfter([
  ...Array.from({ length: 15 }, (_, index) => concept(`n${index}`)),
  ...Array.from({ length: 14 }, (_, index) => edge(`n${index}`, `n${index + 1}`)),
])

test("entities are found by id, with the relationships among them", () => {
  expect(ask(line, { find: "id", ids: ["n1", "n0", "gone"] })).toEqual({
    ids: ["n1", "n0"],
    edges: ["n0>n1"],
    cut: false,
  })
})

test("entities are found by kind, within a scope, and the answer says when it was cut", () => {
  expect(ask(line, { find: "kind", kind: "concept" }).ids).toHaveLength(15)
  expect(ask(line, { find: "kind", kind: "concept", limit: 14 })).toMatchObject({ cut: true })
  expect(ask(line, { find: "kind", kind: "concept", limit: 15 })).toMatchObject({ cut: false })
  expect(ask(line, { find: "kind", kind: "milestone" })).toEqual({ ids: [], edges: [], cut: false })
  const scoped = graphAfter([
    concept("a"),
    { kind: "entity_add", entity: { id: "b", kind: "concept", name: "b", properties: {}, scope: "a" } },
  ])
  expect(ask(scoped, { find: "kind", kind: "concept", scope: "a" }).ids).toEqual(["b"])
})

test("names compare without case, whole or in part", () => {
  const graph = graphAfter([concept("a", "Grocery list"), concept("b", "Groceries"), concept("c", "Timer")])
  expect(ask(graph, { find: "name", name: "GROCERIES" }).ids).toEqual(["b"])
  expect(ask(graph, { find: "name", name: "grocer", exact: false }).ids).toEqual(["a", "b"])
  expect(ask(graph, { find: "name", name: "grocer" }).ids).toEqual([])
})

test("neighbours are one step away, in the asked direction, by the asked kinds", () => {
  const graph = graphAfter([concept("a"), concept("b"), concept("c"), edge("a", "b"), edge("c", "a", "precedes")])
  expect(ask(graph, { find: "neighbours", id: "a" })).toEqual({
    ids: ["a", "b", "c"],
    edges: ["a>b", "c>a"],
    cut: false,
  })
  expect(ask(graph, { find: "neighbours", id: "a", direction: "out" }).ids).toEqual(["a", "b"])
  expect(ask(graph, { find: "neighbours", id: "a", direction: "in" }).ids).toEqual(["a", "c"])
  expect(ask(graph, { find: "neighbours", id: "a", kinds: ["precedes"] }).ids).toEqual(["a", "c"])
  expect(ask(graph, { find: "neighbours", id: "gone" })).toEqual({ ids: [], edges: [], cut: false })
})

test("a subgraph reaches as deep as asked and says what lies beyond", () => {
  expect(ask(line, { find: "subgraph", id: "n0", depth: 3 })).toEqual({
    ids: ["n0", "n1", "n2", "n3"],
    edges: ["n0>n1", "n1>n2", "n2>n3"],
    cut: true,
  })
  expect(ask(line, { find: "subgraph", id: "n7", depth: 10 })).toMatchObject({ cut: false })
  expect(ask(line, { find: "subgraph", id: "n0", depth: 10 }).ids).toHaveLength(11)
})

test("a subgraph with circles ends", () => {
  const ring = graphAfter([concept("a"), concept("b"), concept("c"), edge("a", "b"), edge("b", "c"), edge("c", "a")])
  expect(ask(ring, { find: "subgraph", id: "a", depth: 10 })).toMatchObject({ ids: ["a", "b", "c"], cut: false })
})

test("breadth is bounded and the cut is told", () => {
  const spokes = Array.from({ length: MAX_QUERY_BREADTH + 200 }, (_, index) => `s${index}`)
  const star = graphAfter([concept("hub"), ...spokes.flatMap((id) => [concept(id), edge("hub", id)])])
  const all = ask(star, { find: "neighbours", id: "hub", limit: MAX_QUERY_BREADTH })
  expect(all.ids).toHaveLength(MAX_QUERY_BREADTH + 1)
  expect(all.cut).toBe(true)
  expect(ask(star, { find: "subgraph", id: "s0", depth: 2, limit: 5 })).toMatchObject({ cut: true })
})

test("limits, depth and kinds beyond the bounds are refused", () => {
  const bad = [
    { find: "subgraph", id: "a", depth: 11 },
    { find: "kind", kind: "concept", limit: MAX_QUERY_BREADTH + 1 },
    { find: "kind", kind: "spaceship" },
    { find: "neighbours", id: "a", kinds: [] },
    { find: "everything" },
  ]
  for (const query of bad) expect(Query.safeParse(query).success).toBe(false)
})

test("the shortest path has the fewest steps", () => {
  const graph = graphAfter([
    ...["a", "b", "c", "d", "e"].map((id) => concept(id)),
    edge("a", "b"),
    edge("b", "c"),
    edge("c", "d"),
    edge("a", "e"),
    edge("e", "d"),
  ])
  expect(ask(graph, { find: "path", from: "a", to: "d", direction: "out" })).toEqual({
    ids: ["a", "e", "d"],
    edges: ["a>e", "e>d"],
    cut: false,
  })
  expect(ask(graph, { find: "path", from: "d", to: "a", direction: "out" })).toEqual({ ids: [], edges: [], cut: false })
  expect(ask(graph, { find: "path", from: "d", to: "a" }).ids).toEqual(["d", "e", "a"])
  expect(ask(graph, { find: "path", from: "a", to: "a" }).ids).toEqual(["a"])
})

test("a path longer than the depth bound is not found, and that is told", () => {
  expect(ask(line, { find: "path", from: "n0", to: "n10" }).ids).toHaveLength(11)
  expect(ask(line, { find: "path", from: "n0", to: "n14" })).toEqual({ ids: [], edges: [], cut: true })
})

test("text search needs every word and puts names first", () => {
  const graph = graphAfter([
    concept("a", "Shopping", { note: "buy milk and bread" }),
    concept("b", "Milk", { note: "bread goes with it" }),
    concept("c", "Bread", { note: "flour" }),
  ])
  expect(ask(graph, { find: "text", text: "milk bread" }).ids).toEqual(["b", "a"])
  expect(ask(graph, { find: "text", text: "bread", limit: 1 })).toMatchObject({ ids: ["c"], cut: true })
  expect(ask(graph, { find: "text", text: "cheese" }).ids).toEqual([])
})

test("a walk agrees with a plain breadth-first search on random graphs", () => {
  const seed = 20261120
  let state = seed
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state % below
  }
  for (let round = 0; round < 60; round += 1) {
    const size = 3 + random(12)
    const ids = Array.from({ length: size }, (_, index) => `v${index}`)
    const pairs = new Set(Array.from({ length: random(30) }, () => `v${random(size)} v${random(size)}`))
    const edges = [...pairs].map((pair) => pair.split(" ")).flatMap(([from = "", to = ""]) => [edge(from, to)])
    const graph = graphAfter([...ids.map((id) => concept(id)), ...edges])
    const depth = 1 + random(4)
    const near = new Map([["v0", 0]])
    for (let step = 0; step < size; step += 1) {
      for (const pair of pairs) {
        const [from = "", to = ""] = pair.split(" ")
        const at = near.get(from)
        if (at !== undefined && at + 1 < (near.get(to) ?? Infinity)) near.set(to, at + 1)
      }
    }
    const answer = ask(graph, { find: "subgraph", id: "v0", depth, direction: "out" })
    const expected = [...near].filter(([, at]) => at <= depth).map(([id]) => id)
    expect(answer.ids.sort(), `seed ${seed} round ${round}`).toEqual(expected.sort())
    expect(answer.cut, `seed ${seed} round ${round}`).toBe([...near.values()].some((at) => at > depth))
    for (const [id, at] of near) {
      const path = ask(graph, { find: "path", from: "v0", to: id, direction: "out" })
      expect(path.ids.length, `seed ${seed} round ${round} to ${id}`).toBe(at > 10 ? 0 : at + 1)
    }
  }
})
