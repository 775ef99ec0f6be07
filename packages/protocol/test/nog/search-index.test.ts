import { expect, test } from "vitest"
import { apply, type Entity, Graph, type Operation, Query, queryGraph } from "../../src/index.ts"

const WORDS = ["milk", "bread", "budget", "timer", "weather", "mi", "Ärger", "list", "x"]

/** Finds as slowly as can be: looks through everything. */
function lookThrough(graph: Graph, text: string): string[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const holds = ({ name, properties }: Entity) => {
    const all = `${name}\n${Object.values(properties)
      .map((value) => (typeof value === "string" ? value : JSON.stringify(value)))
      .join("\n")}`
    return words.every((word) => all.toLowerCase().includes(word))
  }
  return [...graph.entities()]
    .filter(holds)
    .map(({ id }) => id)
    .sort()
}

function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

test("a search finds through any number of changes what looking through everything finds", () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const below = randomFrom(seed)
    const word = () => WORDS[below(WORDS.length)] ?? ""
    const graph = new Graph()
    for (let round = 0; round < 60; round += 1) {
      const id = `e${below(25)}`
      const there = graph.entity(id)
      const properties = { note: `${word()} ${word()}`, list: [word(), below(9)] }
      const name = `${word()} ${below(5)}`
      const operation: Operation = !there
        ? { kind: "entity_add", entity: { id, kind: below(2) ? "concept" : "data", name, properties, scope: "" } }
        : below(3) === 0
          ? { kind: "entity_remove", id }
          : { kind: "entity_set", id, name, set: properties }
      expect(apply(graph, [operation]).ok).toBe(true)
      const text = below(3) === 0 ? `${word()} ${word()}` : word()
      const found = queryGraph(graph, Query.parse({ find: "text", text }))
      expect(found.entities.map((entity) => entity.id).sort(), `seed ${seed}: ${text}`).toEqual(
        lookThrough(graph, text),
      )
      const named = queryGraph(graph, Query.parse({ find: "name", name: name.toUpperCase() })).entities
      const wanted = [...graph.entities()].filter((entity) => entity.name.toLowerCase() === name.toLowerCase())
      expect(named.map((entity) => entity.id).sort()).toEqual(wanted.map((entity) => entity.id).sort())
    }
  }
})

test("a refused list leaves the search as it was, and a fork searches for itself", () => {
  const graph = new Graph()
  const add = (id: string, name: string): Operation => ({
    kind: "entity_add",
    entity: { id, kind: "concept", name, properties: {}, scope: "" },
  })
  const found = (where: Graph, text: string) =>
    queryGraph(where, Query.parse({ find: "text", text })).entities.map(({ id }) => id)
  apply(graph, [add("a", "apple")])
  expect(found(graph, "apple")).toEqual(["a"])
  const fork = graph.fork()
  apply(fork, [add("b", "apple pie")])
  expect([found(fork, "apple"), found(graph, "apple")]).toEqual([["a", "b"], ["a"]])
  expect(apply(graph, [add("c", "apple cake"), add("a", "again")]).ok).toBe(false)
  expect(found(graph, "apple")).toEqual(["a"])
})
