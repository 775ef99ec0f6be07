import { expect, test } from "vitest"
import { apply, type Entity, Graph, type Operation, prepareQuery, Query, queryGraph } from "../../src/index.ts"

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

test("a large graph is read in pieces, and what changes between them is found as it is", async () => {
  const graph = new Graph()
  const put = (number: number, name: string) =>
    graph.putEntity({ id: `c${number}`, kind: "concept", name, properties: { note: `note of ${number}` }, scope: "" })
  for (let number = 0; number < 5000; number += 1) put(number, `milk ${number}`)
  const query = Query.parse({ find: "text", text: "milk", limit: 1000 })
  let rests = 0
  await prepareQuery(graph, query, async () => {
    rests += 1
    if (rests > 5) return
    // One that was read, one that was not, a new one, and one that goes.
    put(rests, `bread ${rests}`)
    put(4990 + rests, `bread ${rests}`)
    put(6000 + rests, `bread ${rests}`)
    graph.dropEntity(`c${100 + rests}`)
  })
  expect(rests).toBeGreaterThan(5)
  const found = (text: string) => queryGraph(graph, Query.parse({ find: "text", text, limit: 1000 }))
  expect(found("bread").entities.map(({ id }) => id)).toEqual(lookThrough(graph, "bread"))
  expect(found("bread").entities).toHaveLength(15)
  expect(
    found("milk 10")
      .entities.map(({ id }) => id)
      .sort(),
  ).toEqual(lookThrough(graph, "milk 10").sort())
  let more = 0
  await prepareQuery(graph, query, async () => {
    more += 1
  })
  expect(more).toBe(0)
})

test("an index with more old than new in it is made anew, in pieces too", async () => {
  const graph = new Graph()
  const put = (number: number, round: number) =>
    graph.putEntity({ id: `c${number}`, kind: "concept", name: `round ${round}`, properties: {}, scope: "" })
  const query = Query.parse({ find: "text", text: "round 1" })
  for (let round = 1; round <= 4; round += 1) {
    for (let number = 0; number < 3000; number += 1) put(number, round)
    let rests = 0
    await prepareQuery(graph, query, async () => {
      rests += 1
    })
    expect(rests).toBeGreaterThan(0)
    const name = Query.parse({ find: "name", name: `round ${round}`, limit: 1000 })
    expect(queryGraph(graph, name)).toMatchObject({ cut: true })
    expect(queryGraph(graph, query).entities).toHaveLength(round === 1 ? 200 : 0)
  }
})
