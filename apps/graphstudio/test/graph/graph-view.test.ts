import type { EntityKind, Operation, RelationshipKind } from "@nexus/protocol"
import { relationsOf } from "@nexus/reactor/graph"
import { describe, expect, it } from "vitest"
import { viewOf } from "../../src/graph/graph-view.ts"
import { FIRST_KINDS } from "../../src/graph/kind-words.ts"
import { graphAfter, rowOfPanels } from "../desk-world.ts"

const entity = (id: string, kind: EntityKind, scope: string): Operation => ({
  kind: "entity_add",
  entity: { id, kind, name: id, properties: {}, scope },
})
const edge = (from: string, kind: RelationshipKind, to: string, properties = {}): Operation => ({
  kind: "relationship_add",
  relationship: { from, kind, to, properties },
})

const graph = graphAfter([
  ...rowOfPanels(2),
  entity("count", "state", "p1"),
  entity("add", "handler", "p1"),
  edge("p1", "contains", "add"),
  edge("add", "writes", "count"),
  edge("p2", "reads", "count"),
  edge("add", "reads", "count"),
  entity("idea", "concept", "ws"),
  edge("idea", "related_to", "p2", { confidence: 0.6 }),
])
const look = { kinds: new Set(FIRST_KINDS), focus: undefined, depth: 1 }

describe("the picture of a workspace", () => {
  it("shows who reads and writes whom, in words at each edge", () => {
    const { edges } = viewOf(graph, look).data
    expect(edges.map(({ from, label, to }) => `${from} ${label} ${to}`)).toEqual([
      "add writes, reads count",
      "p2 reads count",
      "idea related to 60 % p2",
    ])
  })

  it("says of everything what it is and whose", () => {
    const labels = viewOf(graph, look).data.nodes.map(({ label }) => label)
    expect(labels).toContain("handler add · Panel 1")
    expect(labels).toContain("panel Panel 2")
  })

  it("says the same as sentences, for a list", () => {
    const words = relationsOf(viewOf(graph, look).data)
    expect(words.get("count")).toBe("from handler add · Panel 1 (writes, reads) and panel Panel 2 (reads)")
  })

  it("leaves out the kinds that are not looked at, and their edges", () => {
    const { nodes, edges } = viewOf(graph, { ...look, kinds: new Set<EntityKind>(["panel"]) }).data
    expect([nodes.map(({ id }) => id), edges]).toEqual([["p1", "p2"], []])
  })

  it("around one thing shows its neighbours, and whose it is; one more step shows theirs", () => {
    const near = (depth: number) => viewOf(graph, { ...look, focus: "add", depth }).data.nodes.map(({ id }) => id)
    expect(near(1).toSorted()).toEqual(["add", "count", "p1"])
    expect(near(2)).toContain("p2")
  })

  it("counts what it cannot draw", () => {
    const { nodes, left } = viewOf(graphAfter(rowOfPanels(200)), look).data
    expect([nodes.length, left]).toEqual([120, 80])
  })
})
