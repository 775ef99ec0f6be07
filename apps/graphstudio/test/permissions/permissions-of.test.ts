import type { PanelEntity } from "@nexus/protocol"
import { expect, it } from "vitest"
import { permissionsOf } from "../../src/permissions/permissions-of.ts"
import { capability, graphAfter, panelOf, panelWith, rowOfPanels } from "../desk-world.ts"

function holding(id: string, grants: readonly string[]): PanelEntity {
  const granted = grants.map((grant) => ({ kind: "panel_grant" as const, panel: id, grant, granted: true }))
  return panelOf(graphAfter([...rowOfPanels(2), ...granted]), id)
}

const declares = panelWith({
  capabilities: [capability("time", "", "Waits"), capability("kv", "notes", "Keeps notes")],
})

it("what is granted stands with the panel's reason and with who granted it, what is asked for without", () => {
  const told = { panel: "p1", title: "Panel 1", capability: "time", says: "", since: 5, by: { id: "u", name: "Grace" } }
  expect(permissionsOf([holding("p1", ["time"])], () => declares, [told])).toEqual([
    {
      panel: "p1",
      title: "Panel 1",
      held: [{ capability: "time", says: "Wait and run on a schedule", reason: "Waits", since: 5, by: told.by }],
      wanted: [{ capability: "kv:notes", says: 'Keep values in the store "notes"', reason: "Keeps notes" }],
    },
  ])
})

it("a grant that covers what is declared says that reason, and one that nothing declares says none", () => {
  const [panel] = permissionsOf([holding("p1", ["kv", "ask"])], () => declares, [])
  expect(panel?.held).toMatchObject([{ capability: "ask" }, { capability: "kv", reason: "Keeps notes" }])
  expect(panel?.held[0]).not.toHaveProperty("reason")
  expect(panel?.wanted.map(({ capability }) => capability)).toEqual(["time"])
})

it("a right that the graph no longer holds is not held, whatever the kernel's list still says", () => {
  const told = { panel: "p1", title: "Panel 1", capability: "time", says: "" }
  expect(permissionsOf([holding("p1", [])], () => declares, [told])[0]?.held).toEqual([])
})

it("panels that hold and ask for nothing are left out; one that cannot be read still shows what it holds", () => {
  expect(permissionsOf([holding("p1", [])], () => panelWith({}), [])).toEqual([])
  expect(permissionsOf([holding("p1", ["time"])], () => undefined, [])[0]?.held).toHaveLength(1)
})

it("panels stand by their title, whichever changed last", () => {
  const two = [holding("p2", ["time"]), holding("p1", ["time"])]
  expect(permissionsOf(two, () => declares, []).map(({ title }) => title)).toEqual(["Panel 1", "Panel 2"])
})
