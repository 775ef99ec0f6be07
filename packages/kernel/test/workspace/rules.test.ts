import type { Operation } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { advance } from "../../src/workspace/advance.ts"
import { refuseSubmission } from "../../src/workspace/rules.ts"
import { Sources } from "../../src/workspace/sources.ts"
import { addPanel, COUNTER, graphAfter } from "../worlds.ts"

const root: Operation = {
  kind: "entity_add",
  entity: { id: "w", kind: "workspace", name: "W", properties: {}, scope: "" },
}

function refused(...operations: Operation[]) {
  const graph = graphAfter([root])
  advance(graph, [addPanel("p", COUNTER)], new Sources())
  return refuseSubmission(graph, "w", operations)
}

const note = (properties: { [name: string]: number | string }): Operation => ({
  kind: "entity_add",
  entity: { id: "thought", kind: "concept", name: "A thought", properties, scope: "w" },
})

describe("a client", () => {
  it("adds concepts and milestones, and relates them to what follows from a source", () => {
    const relationship = {
      from: "thought",
      kind: "related_to",
      to: "p.state.count",
      properties: { confidence: 0.5 },
    } as const
    expect(refused(note({ confidence: 1 }), { kind: "relationship_add", relationship })).toBeUndefined()
  })

  it("is as sure of a note or a relation as a number from 0 to 1 says", () => {
    const said = { code: "invalid-input", detail: "confidence is a number from 0 to 1" }
    expect(refused(note({ confidence: 1.5 }))).toMatchObject(said)
    expect(refused(note({ confidence: "high" }))).toMatchObject(said)
    expect(refused({ kind: "entity_set", id: "thought", set: { confidence: -1 } })).toMatchObject(said)
    const relationship = { from: "thought", kind: "part_of", to: "p", properties: { confidence: 2 } } as const
    expect(refused({ kind: "relationship_add", relationship })).toMatchObject(said)
  })

  it("writes nothing by hand that follows from a panel's source", () => {
    const properties = { derived: true }
    const relationship = { from: "p.handler.add", kind: "reads", to: "p.state.count", properties } as const
    expect(refused({ kind: "relationship_add", relationship })).toMatchObject({ code: "forbidden" })
    expect(refused({ kind: "entity_remove", id: "p.handler.add" })).toMatchObject({ code: "forbidden" })
  })

  it("does not touch the root", () => {
    expect(refused({ kind: "entity_remove", id: "w" })).toMatchObject({ code: "forbidden" })
  })
})
