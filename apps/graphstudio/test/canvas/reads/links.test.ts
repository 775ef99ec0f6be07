import { apply, deriveOperations } from "@nexus/protocol"
import { expect, it } from "vitest"
import { readPanel } from "../../../src/canvas/live-panels.ts"
import { linksOf } from "../../../src/canvas/reads/links.ts"
import { newPanel } from "../../../src/workspace/panel-acts.ts"
import { graphAfter } from "../../desk-world.ts"

const frame = { x: 0, y: 0, w: 400, h: 300 }
const TEA = `<NexusPanel title="Tea"><Data><State name="sold" type="number"/><State name="left" type="number"/></Data><View/></NexusPanel>`
const TILL = `<NexusPanel title="Till"><Data>
  <Import panel="Tea" name="sold" as="tea"/><Import panel="Tea" name="left" as="rest"/>
  <Computed name="all" value="{$imports.tea + $imports.rest}"/></Data>
  <View><Embed panel="Tea"/></View></NexusPanel>`

it("one line joins two panels, and knows all that is read and whether it is shown whole", () => {
  const graph = graphAfter([newPanel("tea", "ws", TEA, "Tea", frame), newPanel("till", "ws", TILL, "Till", frame)])
  for (const id of ["tea", "till"]) {
    const panel = readPanel(graph.panel(id)?.properties.source ?? "")
    if (panel) expect(apply(graph, deriveOperations(graph, id, panel)).ok).toBe(true)
  }
  expect(linksOf(graph)).toEqual([{ from: "tea", to: "till", names: ["left", "sold"], shows: true }])
  apply(graph, [{ kind: "entity_remove", id: "till" }])
  expect(linksOf(graph)).toEqual([])
})
