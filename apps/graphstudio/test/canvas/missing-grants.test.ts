import { describe, expect, it } from "vitest"
import { missingGrants, runAfterGrant } from "../../src/canvas/missing-grants.ts"
import { capability, lifecycle, panelWith } from "../desk-world.ts"

describe("what a panel still has to ask for", () => {
  it("everything it declares while nothing is granted, each once, with its reason", () => {
    const panel = panelWith({
      capabilities: [capability("http", "https://x.org/*", "Prices"), capability("time", ""), capability("time", "")],
    })
    expect(missingGrants(panel, [])).toEqual([
      { grant: "http:https://x.org/*", reason: "Prices" },
      { grant: "time", reason: "" },
    ])
  })

  it("nothing that a wider grant covers", () => {
    const panel = panelWith({ capabilities: [capability("http", "https://x.org/prices")] })
    expect(missingGrants(panel, ["http:https://x.org/*"])).toEqual([])
    expect(missingGrants(panel, ["http:https://y.org/*"])).toHaveLength(1)
  })

  it("an unknown capability is not asked for", () => {
    expect(missingGrants(panelWith({ capabilities: [capability("teleport", "mars")] }), [])).toEqual([])
  })

  it("after the grant runs what should have run when the panel appeared", () => {
    expect(
      runAfterGrant(panelWith({ lifecycles: [lifecycle("schedule", "tick"), lifecycle("mount", "load")] })),
    ).toEqual({
      handler: "load",
      args: null,
    })
    expect(runAfterGrant(panelWith({}))).toBeUndefined()
  })
})
