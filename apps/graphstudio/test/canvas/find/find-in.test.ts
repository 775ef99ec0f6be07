import { describe, expect, it } from "vitest"
import { findIn } from "../../../src/canvas/find/find-in.ts"
import { readPanel } from "../../../src/canvas/live-panels.ts"
import { newPanel } from "../../../src/workspace/panel-acts.ts"
import { graphAfter } from "../../desk-world.ts"

const frame = { x: 0, y: 0, w: 400, h: 300 }
const SOURCE = `<NexusPanel title="Shop"><Logic><Handler name="pour">1</Handler></Logic>
  <View><Text content="Fresh tea every day"/><Button label="Pour" onClick="pour()"/></View></NexusPanel>`
const graph = graphAfter([
  newPanel("p1", "ws", SOURCE, "Shop", frame),
  newPanel("p2", "ws", "<NexusPanel/>", "Tea time", frame),
  newPanel("p3", "ws", "<NexusPanel/>", "Stock", frame),
  { kind: "state_set", panel: "p3", path: ["items"], value: [{ id: 1, name: "Green tea", left: 712 }] },
])
const find = (words: string) => findIn(graph, words, readPanel).map(({ title, where, text }) => [title, where, text])

describe("what words find", () => {
  it("titles first, then values, then what stands on the panel", () => {
    expect(find("TEA")).toEqual([
      ["Tea time", "title", "Tea time"],
      ["Stock", "value", "Green tea"],
      ["Shop", "text", "Fresh tea every day"],
    ])
  })

  it("numbers are found as they are read, names of handlers are not", () => {
    expect(find("712")).toEqual([["Stock", "value", "712"]])
    expect(find("pour()")).toEqual([])
    expect(find("   ")).toEqual([])
  })
})
