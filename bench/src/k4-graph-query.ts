import { Graph, Query, queryGraph } from "@nexus/protocol"
import { DirectedGraph } from "graphology"
import type { Goal } from "./measure.ts"

/**
 * Questions to a graph of 100,000 entities and 300,000 relationships. The subgraph of depth 3 (as far as 1,000 entities,
 * which is what an answer may hold) against graphology doing the same: the same walk, breadth first over both
 * directions, and then the relationships among what was found. The answers are compared before anything is timed.
 */
const ENTITIES = 100_000
const EDGES = 300_000
const LIMIT = 1000
const DEPTH = 3
const KINDS = ["related_to", "uses", "precedes", "part_of", "similar_to"] as const
const WORDS = ["milk", "bread", "budget", "timer", "weather", "journey", "invoice", "recipe", "garden", "music"]

function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const id = (number: number) => `concept_${number}`

function* edges(): Generator<{ from: string; kind: (typeof KINDS)[number]; to: string }> {
  const below = randomFrom(7)
  const seen = new Set<string>()
  while (seen.size < EDGES) {
    const [from, to] = [below(ENTITIES), below(ENTITIES)]
    const key = `${from} ${to}`
    if (from === to || seen.has(key)) continue
    seen.add(key)
    yield { from: id(from), to: id(to), kind: KINDS[below(KINDS.length)] ?? "uses" }
  }
}

function nog(): Graph {
  const below = randomFrom(3)
  const word = () => WORDS[below(WORDS.length)] ?? ""
  const graph = new Graph()
  for (let number = 0; number < ENTITIES; number += 1) {
    const properties = { note: `${word()} ${word()} of ${number}` }
    graph.putEntity({ id: id(number), kind: "concept", name: `${word()} ${number}`, properties, scope: "" })
  }
  for (const { from, kind, to } of edges()) graph.putRelationship({ from, kind, to, properties: {} })
  return graph
}

function peer(): DirectedGraph {
  const graph = new DirectedGraph()
  for (let number = 0; number < ENTITIES; number += 1) graph.addNode(id(number), { name: `n ${number}` })
  for (const { from, kind, to } of edges()) graph.addEdge(from, to, { kind })
  return graph
}

/** The same walk and the same answer, as graphology's users write it. */
function subgraphOf(graph: DirectedGraph, start: string): { entities: string[]; relationships: string[] } {
  const found = new Set([start])
  let ring = [start]
  walk: for (let step = 0; step < DEPTH; step += 1) {
    const next: string[] = []
    for (const from of ring) {
      for (const to of [...graph.outNeighbors(from), ...graph.inNeighbors(from)]) {
        if (found.has(to)) continue
        if (found.size > LIMIT) break walk
        found.add(to)
        next.push(to)
      }
    }
    ring = next
  }
  const relationships: string[] = []
  for (const one of found) {
    graph.forEachOutEdge(one, (edge, _attributes, _source, target) => {
      if (found.has(target)) relationships.push(edge)
    })
  }
  return { entities: [...found], relationships }
}

const subgraph = (start: string): Query =>
  Query.parse({ find: "subgraph", id: start, depth: DEPTH, direction: "both", limit: LIMIT })

export const goal: Goal = {
  id: "K4",
  what: "NOG query at 100,000 entities",
  rounds: 3,
  contenders: {
    subgraph: () => {
      const graph = nog()
      const other = peer()
      for (const number of [1, 5, 99]) {
        const ours = queryGraph(graph, subgraph(id(number)))
        const theirs = subgraphOf(other, id(number))
        if (ours.entities.length !== theirs.entities.length) throw new Error("the answers differ in entities")
        if (ours.relationships.length !== theirs.relationships.length) throw new Error("the answers differ")
      }
      const below = randomFrom(11)
      return { run: () => queryGraph(graph, subgraph(id(below(ENTITIES)))), samples: 1000 }
    },
    graphology: () => {
      const graph = peer()
      const below = randomFrom(11)
      return { run: () => subgraphOf(graph, id(below(ENTITIES))), samples: 1000 }
    },
    "text search": () => {
      const graph = nog()
      const below = randomFrom(13)
      const ask = () =>
        queryGraph(graph, Query.parse({ find: "text", text: `${WORDS[below(WORDS.length)]} ${below(ENTITIES)}` }))
      return { run: ask, warmups: 100, samples: 1000 }
    },
    "by name": () => {
      const graph = nog()
      const below = randomFrom(17)
      const ask = () =>
        queryGraph(graph, Query.parse({ find: "name", name: `${WORDS[below(WORDS.length)]} ${below(ENTITIES)}` }))
      return { run: ask, warmups: 100, samples: 1000 }
    },
    "after a change": () => {
      const graph = nog()
      const below = randomFrom(19)
      queryGraph(graph, Query.parse({ find: "text", text: "milk 1" }))
      const run = () => {
        const number = below(ENTITIES)
        graph.putEntity({ id: id(number), kind: "concept", name: `milk ${number}`, properties: {}, scope: "" })
        return queryGraph(graph, Query.parse({ find: "text", text: `milk ${number}` }))
      }
      return { run, warmups: 100, samples: 1000 }
    },
  },
  claims: [
    { ours: "subgraph", peer: "graphology", timesFaster: 1 },
    { ours: "subgraph", figure: "p99", atMostMs: 5 },
    { ours: "text search", figure: "p99", atMostMs: 5 },
    { ours: "by name", figure: "p99", atMostMs: 5 },
    { ours: "after a change", figure: "p99", atMostMs: 5 },
  ],
}
