import { type Entity, Graph } from "@nexus/protocol"
import { describe, expect, it } from "vitest"

const entity = (id: string, kind: Entity["kind"], scope: string): Entity => ({
  id,
  kind,
  name: id,
  properties: {},
  scope,
})
const edge = (from: string, to: string) => ({ from, kind: "related_to" as const, to, properties: {} })

describe("a graph", () => {
  const world = () =>
    Graph.fromSnapshot({
      entities: [entity("b", "concept", "w"), entity("w", "workspace", ""), entity("a", "concept", "w")],
      relationships: [edge("b", "a"), edge("a", "b")],
    })

  it("finds by id, kind, scope and neighbour", () => {
    const graph = world()
    expect(graph.entity("a")?.kind).toBe("concept")
    expect([...graph.ofKind("concept")].map(({ id }) => id).sort()).toEqual(["a", "b"])
    expect([...graph.within("w")].map(({ id }) => id).sort()).toEqual(["a", "b"])
    expect([...graph.outgoing("a")].map(({ to }) => to)).toEqual(["b"])
    expect([...graph.incoming("a")].map(({ from }) => from)).toEqual(["b"])
    expect(graph.panel("a")).toBeUndefined()
  })

  it("is written in id order, so equal graphs give equal snapshots", () => {
    const { entities, relationships } = world().toSnapshot()
    expect(entities.map(({ id }) => id)).toEqual(["a", "b", "w"])
    expect(relationships.map(({ from }) => from)).toEqual(["a", "b"])
    expect(Graph.fromSnapshot({ entities, relationships }).toSnapshot()).toEqual({ entities, relationships })
  })

  it("forks into a copy that goes its own way", () => {
    const graph = world()
    const fork = graph.fork()
    fork.putEntity(entity("c", "milestone", "w"))
    fork.dropRelationship("a", "related_to", "b")
    expect(graph.entity("c")).toBeUndefined()
    expect([...graph.ofKind("milestone")]).toEqual([])
    expect(graph.relationship("a", "related_to", "b")).toBeDefined()
    expect([...fork.outgoing("a")]).toEqual([])
  })

  it("moves an entity that is put again under another kind or scope", () => {
    const graph = world()
    graph.putEntity(entity("a", "milestone", "b"))
    expect([...graph.ofKind("concept")].map(({ id }) => id)).toEqual(["b"])
    expect([...graph.within("b")].map(({ id }) => id)).toEqual(["a"])
  })
})
