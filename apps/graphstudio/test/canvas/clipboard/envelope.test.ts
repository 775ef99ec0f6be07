import { apply, type Operation } from "@nexus/protocol"
import { describe, expect, it } from "vitest"
import { groupPanels } from "../../../src/canvas/arrange/placing-acts.ts"
import { fromEnvelope, looksLikeEnvelope, toEnvelope } from "../../../src/canvas/clipboard/envelope.ts"
import { readText } from "../../../src/canvas/clipboard/read-text.ts"
import { addThings, shifted, thingsIn } from "../../../src/canvas/clipboard/things.ts"
import { newSection } from "../../../src/canvas/sections/section-acts.ts"
import { graphAfter, panelOf, rowOfPanels } from "../../desk-world.ts"

const section = newSection("All", "ws", { x: 0, y: 0, w: 1160, h: 240 })
const MORE: Operation[] = [
  { kind: "state_set", panel: "p1", path: ["count"], value: 3 },
  { kind: "panel_grant", panel: "p1", grant: "time", granted: true },
  ...groupPanels(["p1", "p2"], "g"),
  ...section.operations,
]
const graph = graphAfter([...rowOfPanels(3), ...MORE])

describe("panels that travel as text", () => {
  it("come back as they were, without rights, and with values only when they are asked for", () => {
    const plain = fromEnvelope(toEnvelope(thingsIn(graph, ["p1"], { values: false })))
    expect(plain?.panels).toMatchObject([{ title: "Panel 1", state: {}, group: "g" }])
    const text = toEnvelope(thingsIn(graph, ["p1"], { values: true }))
    expect(fromEnvelope(text)?.panels[0]?.state).toEqual({ count: 3 })
    expect(text).not.toContain("grants")
    expect(looksLikeEnvelope(text)).toBe(true)
  })

  it("a section brings what lies in it", () => {
    const things = thingsIn(graph, [section.id], { values: false })
    expect([things.panels.length, things.sections.length]).toEqual([3, 1])
  })

  it("ids and groups are made anew each time, and no right comes along", () => {
    const things = shifted(thingsIn(graph, ["p1", "p2"], { values: true }), 0, 1000)
    const there = graph.fork()
    const first = addThings(things, "ws")
    const second = addThings(things, "ws")
    expect(apply(there, [...first.operations, ...second.operations]).ok).toBe(true)
    const groups = [...there.panels()]
      .map(({ properties }) => ({ ...properties }) as { group?: string })
      .map(({ group }) => group)
    expect(new Set(groups).size).toBe(4)
    const copy = panelOf(there, first.ids[0] ?? "")
    expect(copy.properties).toMatchObject({ state: { count: 3 }, grants: [], frame: { x: 0, y: 1000 } })
  })

  it("what is not as it should be is nothing", () => {
    const good = JSON.parse(toEnvelope(thingsIn(graph, ["p1"], { values: true })))
    const bad = (change: object) => fromEnvelope(JSON.stringify({ ...good, ...change }))
    expect(bad({})).toBeDefined()
    expect(bad({ version: 2 })).toBeUndefined()
    expect(bad({ panels: [{ ...good.panels[0], frame: { x: 0, y: 0, w: 1, h: 1e9 } }] })).toBeUndefined()
    expect(bad({ panels: Array.from({ length: 500 }, () => good.panels[0]) })).toBeUndefined()
    expect(fromEnvelope('{"format": "nexus-canvas"')).toBeUndefined()
  })
})

describe("a pasted text", () => {
  it("is the source of a panel where it is NXML", () => {
    const read = readText('\n<NexusPanel title="Till"><View><Text content="Hello"/></View></NexusPanel>')
    expect(read && "things" in read && read.things.panels[0]?.title).toBe("Till")
  })

  it("says the line where NXML is broken", () => {
    const read = readText("<NexusPanel>\n  <View>\n</NexusPanel>")
    expect(read && "refused" in read && read.refused).toMatch(/^Line \d/)
  })

  it("a web address becomes a panel that parses, whatever stands in it; another scheme is not ours", () => {
    const read = readText('https://example.org/a"><Handler>{x}?q=<b>&y')
    const source = read && "things" in read ? (read.things.panels[0]?.source ?? "") : ""
    const again = readText(source)
    expect(again && "things" in again).toBe(true)
    expect(source).not.toContain("<Handler>")
    expect(readText("javascript:alert(1)")).toBeUndefined()
    expect(readText("some words")).toBeUndefined()
  })
})
