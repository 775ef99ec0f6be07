import { describe, expect, it } from "vitest"
import { type GraphData, graphDataOf, relationsOf } from "../../src/react/graph/graph-data.ts"
import { type Box, layoutGraph } from "../../src/react/graph/graph-layout.ts"
import { cells, nodeText } from "../../src/react/graph/node-text.ts"
import { roughHeight } from "../../src/react/graph/rough-height.ts"
import { generator } from "../world/server.ts"

const SEEDS = Array.from({ length: 32 }, (_, index) => index + 1)
const DIRECTIONS = ["down", "right", "up", "left"]

/** Graphs with circles, loops, parallel edges, islands and long labels. */
function graphFrom(seed: number): GraphData {
  const random = generator(seed)
  const count = 1 + random(24)
  const nodes = Array.from({ length: count }, (_, id) => ({ id, label: "word ".repeat(1 + random(9)) + id }))
  const edges = Array.from({ length: random(count * 2) }, () => ({
    from: random(count),
    to: random(count),
    label: random(3) === 0 ? "leads somewhere" : "",
  }))
  return graphDataOf(nodes, edges)
}

const overlap = (a: Box, b: Box) =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 - 0.5 && Math.abs(a.y - b.y) < (a.height + b.height) / 2 - 0.5

describe("the layout of a graph", () => {
  it("lets no node overlap another, and no edge's label a node, in any direction", () => {
    for (const seed of SEEDS) {
      const direction = DIRECTIONS[seed % 4] ?? "down"
      const { nodes, edges } = layoutGraph(graphFrom(seed), direction)
      for (const [index, node] of nodes.entries()) {
        for (const other of nodes.slice(index + 1))
          expect(overlap(node, other), `seed ${seed}: ${node.node.id} ${other.node.id}`).toBe(false)
        for (const { label } of edges)
          if (label) expect(overlap(node, label), `seed ${seed}: ${node.node.id} ${label.text}`).toBe(false)
      }
    }
  })

  it("keeps everything inside the picture, with finite numbers", () => {
    for (const seed of SEEDS) {
      const placed = layoutGraph(graphFrom(seed), DIRECTIONS[seed % 4] ?? "down")
      for (const { x, y, width, height } of placed.nodes) {
        expect(x - width / 2 >= 0 && x + width / 2 <= placed.width, `seed ${seed}`).toBe(true)
        expect(y - height / 2 >= 0 && y + height / 2 <= placed.height, `seed ${seed}`).toBe(true)
      }
      for (const { path } of placed.edges) {
        expect(path, `seed ${seed}`).toMatch(/^M/)
        expect(path, `seed ${seed}`).not.toMatch(/NaN|Infinity/)
      }
    }
  })

  it("is the same for the same data", () => {
    for (const seed of SEEDS.slice(0, 8)) {
      expect(layoutGraph(graphFrom(seed), "down")).toEqual(layoutGraph(graphFrom(seed), "down"))
    }
  })

  it("leads the way that the direction says", () => {
    const data = graphDataOf(["a", "b"], [{ from: "a", to: "b" }])
    const placed = (direction: string) => {
      const { nodes } = layoutGraph(data, direction)
      const [a, b] = ["a", "b"].map((id) => nodes.find(({ node }) => node.id === id))
      return [Math.sign((b?.x ?? 0) - (a?.x ?? 0)), Math.sign((b?.y ?? 0) - (a?.y ?? 0))]
    }
    expect(DIRECTIONS.map(placed)).toEqual([
      [0, 1],
      [1, 0],
      [0, -1],
      [-1, 0],
    ])
  })

  it("names nodes in reading order, layer by layer", () => {
    const data = graphDataOf(
      ["leaf", "root", "middle"],
      [
        { from: "root", to: "middle" },
        { from: "middle", to: "leaf" },
      ],
    )
    for (const direction of DIRECTIONS)
      expect(layoutGraph(data, direction).nodes.map(({ node }) => node.id)).toEqual(["root", "middle", "leaf"])
  })

  it("has edges that meet one side of a node apart from each other", () => {
    const targets = ["b", "c", "d"]
    const { edges } = layoutGraph(
      graphDataOf(
        ["a"],
        targets.map((to) => ({ from: "a", to })),
      ),
      "down",
    )
    const starts = edges.map(({ path }) => /^M([\d.]+)/.exec(path)?.[1])
    expect(new Set(starts).size).toBe(3)
  })

  it("is foreseen near enough to keep its room: within half of what it comes to, whatever the graph", () => {
    const straight = graphDataOf(
      ["a", "b", "c"],
      [
        { from: "a", to: "b" },
        { from: "b", to: "c" },
      ],
    )
    const circle = graphDataOf(
      [],
      [
        { from: "a", to: "b" },
        { from: "b", to: "a" },
      ],
    )
    for (const data of [straight, circle]) {
      for (const direction of DIRECTIONS) {
        const { height } = layoutGraph(data, direction)
        expect(Math.abs(roughHeight(data, direction) - height), direction).toBeLessThanOrEqual(height / 2)
      }
    }
    for (const seed of SEEDS) expect(roughHeight(graphFrom(seed), "down"), `seed ${seed}`).toBeLessThanOrEqual(480)
  })

  it("places five hundred nodes", () => {
    const edges = Array.from({ length: 499 }, (_, index) => ({ from: Math.floor(index / 3), to: index + 1 }))
    const { nodes } = layoutGraph(
      graphDataOf(
        Array.from({ length: 500 }, (_, id) => ({ id })),
        edges,
      ),
      "down",
    )
    expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(500)
  })
})

describe("the data of a graph", () => {
  it("takes names and objects, makes nodes that only edges name, and leaves out what is none", () => {
    const { nodes, edges } = graphDataOf(
      ["a", { id: 2, label: "Two", tone: "good" }, { id: "a", label: "again" }, null, { tone: "bad" }],
      [{ from: "a", to: 2 }, { from: "a", to: "new", label: "to" }, { from: "a" }, "a-b", null],
    )
    expect(nodes.map(({ id, label, tone }) => [id, label, tone])).toEqual([
      ["a", "a", undefined],
      ["2", "Two", "good"],
      ["new", "new", undefined],
    ])
    expect(edges).toEqual([
      { from: "a", to: "2", label: "" },
      { from: "a", to: "new", label: "to" },
    ])
  })

  it("draws a thousand nodes at most and says how many it leaves out", () => {
    const { nodes, edges, left } = graphDataOf(
      Array.from({ length: 1200 }, (_, id) => ({ id })),
      [{ from: 1, to: 1100 }],
    )
    expect([nodes.length, edges.length, left]).toEqual([1000, 0, 200])
  })

  it("says in words what a node is connected with", () => {
    const data = graphDataOf(
      ["a", "b", "c", "d"],
      [
        { from: "a", to: "b", label: "pays" },
        { from: "a", to: "c" },
        { from: "c", to: "a" },
      ],
    )
    const relations = relationsOf(data)
    expect(relations.get("a")).toBe("leads to b (pays) and c; from c")
    expect(relations.get("d")).toBe("not connected")
  })
})

describe("the text of a node", () => {
  it("stands in at most two lines that fit their box, in any writing", () => {
    for (const seed of SEEDS) {
      const random = generator(seed)
      const alphabet = ["a", "W", " ", "ß", "語", "한", "🙂", "-"]
      const label = Array.from({ length: random(80) }, () => alphabet[random(alphabet.length)]).join("")
      const { lines, width } = nodeText(label)
      expect(lines.length, label).toBeLessThanOrEqual(2)
      for (const line of lines) expect(cells(line) * 7.4, label).toBeLessThanOrEqual(width)
    }
  })
})
