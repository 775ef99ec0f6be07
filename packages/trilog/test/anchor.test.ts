import { Change, type Operation } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { pathText, rowsOfChange } from "../src/anchor.ts"
import { ann, createJournal, panelAdded, WORKSPACE, workspaceAdded } from "./journal.ts"

describe("the rows of a change", () => {
  it("hold it whole but for people's names", () => {
    const journal = createJournal()
    const run = { id: "r1", panel: "p1", handler: "add", turn: 0, trigger: "event", person: ann } as const
    const change = journal.commit([workspaceAdded()], { run, approver: ann })
    const [whole, ...others] = rowsOfChange(change)
    expect(JSON.stringify([whole, others])).not.toContain(ann.name)
    const kept = Change.parse(JSON.parse(whole?.payload ?? ""))
    expect({ ...kept, cause: undefined }).toEqual({ ...change, cause: undefined })
    expect(kept.cause.run?.person).toEqual({ ...ann, name: "" })
    expect(whole).toMatchObject({ objectType: "Workspace", objectId: WORKSPACE, run: "r1", actorId: ann.id })
  })

  it("are one for each thing touched, however often", () => {
    const journal = createJournal()
    journal.commit([workspaceAdded(), panelAdded("p1", { a: 0, b: 0 })])
    const set = (name: string): Operation => ({ kind: "state_set", panel: "p1", path: [name], value: 1 })
    const frame = { x: 0, y: 0, w: 100, h: 100 }
    const rows = rowsOfChange(
      journal.commit([set("a"), set("b"), set("a"), { kind: "panel_frame", panel: "p1", frame }]),
    )
    expect(rows.map(({ type, state }) => [type, state])).toEqual([
      ["change_committed", ""],
      ["state_changed", "a"],
      ["state_changed", "b"],
      ["panel_moved", ""],
    ])
    expect(new Set(rows.map(({ seq, at }) => `${seq} ${at}`)).size).toBe(1)
  })

  it("stand at both ends of a relation", () => {
    const journal = createJournal()
    journal.commit([workspaceAdded(), panelAdded("p1"), panelAdded("p2")])
    const relationship = { from: "p1", kind: "uses", to: "p2", properties: {} } as const
    const rows = rowsOfChange(journal.commit([{ kind: "relationship_add", relationship }]))
    expect(rows.slice(1).map(({ objectId }) => objectId)).toEqual(["p1", "p2"])
  })
})

describe("a path in words", () => {
  it("shows names, keys and indexes", () => {
    expect(pathText(["items", { key: "a" }, "tags", { index: 2 }])).toBe("items.[id a].tags.[2]")
  })
})
