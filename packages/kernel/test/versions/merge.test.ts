import type { Json, JsonObject } from "@nexus/protocol"
import { expect, test } from "vitest"
import { conflictsOf as conflictsMet, fuzz } from "../../fuzz/merge.ts"
import { mergeWorkspaces } from "../../src/versions/merge.ts"
import type { CommittedWorkspace } from "../../src/versions/workspace-files.ts"

const root = "ws"

test("300 random pairs of versions merge by the laws of a merge", () => {
  let met = 0
  for (let seed = 1; seed <= 300; seed += 1) {
    met += conflictsMet(seed)
    expect(() => fuzz.round(seed), `npm run fuzz -- merge --seed ${seed} --rounds 1`).not.toThrow()
  }
  expect(met).toBeGreaterThan(50)
})

const SOURCE = "<NexusPanel>\n  one\n  two\n  three\n</NexusPanel>"

function world(state: JsonObject = {}, more: Partial<CommittedWorkspace> = {}, source = SOURCE): CommittedWorkspace {
  const frame = { x: 0, y: 0, w: 100, h: 100 }
  return {
    name: "Home",
    properties: {},
    panels: new Map([["p", { title: "P", source, frame, state, properties: {} }]]),
    entities: new Map(),
    relationships: [],
    ...more,
  }
}

const conflictsOf = (base: CommittedWorkspace, ours: CommittedWorkspace, theirs: CommittedWorkspace) =>
  mergeWorkspaces(base, ours, theirs, { root }).conflicts
const stateOf = (base: Json, ours: Json, theirs: Json) =>
  mergeWorkspaces(world({ v: base }), world({ v: ours }), world({ v: theirs }), { root }).workspace.panels.get("p")
    ?.state.v

test("rows that two people add to one list are both there; a row that one changes and one removes is asked about", () => {
  const [milk, bread, eggs] = [
    { id: 1, t: "milk" },
    { id: 2, t: "bread" },
    { id: 3, t: "eggs" },
  ]
  expect(stateOf([milk], [milk, bread], [milk, eggs])).toEqual([milk, eggs, bread])
  expect(stateOf([milk, bread], [milk], [{ ...milk, done: true }, bread])).toEqual([{ ...milk, done: true }])
  expect(stateOf([milk, bread, eggs], [eggs, milk, bread], [milk, { ...bread, n: 2 }, eggs])).toEqual([
    eggs,
    milk,
    { ...bread, n: 2 },
  ])
  const asked = conflictsOf(world({ v: [milk] }), world({ v: [] }), world({ v: [{ ...milk, t: "oat milk" }] }))
  expect(asked).toMatchObject([{ id: "p", of: "panel", name: "P", kind: "removed", path: ["state", "v", { key: 1 }] }])
  expect(asked[0]).not.toHaveProperty("ours")
})

test("lists without keys are merged as sequences, and asked about where both changed the same stretch", () => {
  expect(stateOf([1, 2, 3, 4], [0, 1, 2, 3, 4], [1, 2, 3])).toEqual([0, 1, 2, 3])
  expect(conflictsOf(world({ v: [1] }), world({ v: [2] }), world({ v: [3] }))).toMatchObject([
    { kind: "list", path: ["state", "v"] },
  ])
})

test("sources are merged by lines; where they part, each side of the conflict holds all that did merge", () => {
  const ours = SOURCE.replace("one", "ONE").replace("three", "3")
  const theirs = SOURCE.replace("one", "uno").replace("</", "  four\n</")
  const clean = mergeWorkspaces(
    world(),
    world({}, {}, SOURCE.replace("one", "ONE")),
    world({}, {}, SOURCE.replace("three", "3")),
    { root },
  )
  expect(clean.workspace.panels.get("p")?.source).toBe("<NexusPanel>\n  ONE\n  two\n  3\n</NexusPanel>")
  const base = world({}, {}, SOURCE.replace("two", "two\n  between"))
  const withBetween = (text: string) => world({}, {}, text.replace("two", "two\n  between"))
  const [conflict] = conflictsOf(base, withBetween(ours.replace("3", "three")), withBetween(theirs))
  expect(conflict).toMatchObject({ kind: "source", path: ["source"] })
  expect(conflict?.ours).toBe("<NexusPanel>\n  ONE\n  two\n  between\n  three\n  four\n</NexusPanel>")
  expect(conflict?.theirs).toBe("<NexusPanel>\n  uno\n  two\n  between\n  three\n  four\n</NexusPanel>")
})

test("lines that fit together and make no panel are asked about", () => {
  const ours = world({}, {}, SOURCE.replace("one", "ONE"))
  const theirs = world({}, {}, SOURCE.replace("three", "3"))
  const accepts = (source: string) => !(source.includes("ONE") && source.includes("3"))
  const { conflicts } = mergeWorkspaces(world(), ours, theirs, { root, accepts })
  expect(conflicts).toMatchObject([
    { kind: "source", ours: ours.panels.get("p")?.source, theirs: theirs.panels.get("p")?.source },
  ])
})

test("a panel that one removes and the other only leaves is gone; one that the other began to use is asked about", () => {
  const gone = world({}, { panels: new Map() })
  expect(mergeWorkspaces(world(), gone, world(), { root }).workspace.panels.size).toBe(0)
  const idea = { id: "idea", kind: "concept", name: "idea", scope: root, properties: {} } as const
  const edge = { from: "idea", kind: "related_to", to: "p.handler.add", properties: {} } as const
  const used = world({}, { entities: new Map([["idea", idea]]), relationships: [edge] })
  const [conflict] = conflictsOf(world(), gone, used)
  expect(conflict).toMatchObject({ id: "p", kind: "removed", path: [] })
  const token = conflict?.token ?? ""
  const kept = mergeWorkspaces(world(), gone, used, { root, choices: [{ token, take: "theirs" }] })
  expect([kept.workspace.panels.size, kept.workspace.relationships.length]).toEqual([1, 1])
  const removed = mergeWorkspaces(world(), gone, used, { root, choices: [{ token, take: "ours" }] })
  expect([
    removed.workspace.panels.size,
    removed.workspace.relationships.length,
    removed.workspace.entities.size,
  ]).toEqual([0, 0, 1])
})

test("a value of one's own answers a conflict, if it fits there", () => {
  const [conflict] = conflictsOf(world({ v: 1 }), world({ v: 2 }), world({ v: 3 }))
  const token = conflict?.token ?? ""
  const merged = (value: Json) =>
    mergeWorkspaces(world({ v: 1 }), world({ v: 2 }), world({ v: 3 }), { root, choices: [{ token, value }] })
  expect(merged(2.5).workspace.panels.get("p")?.state).toEqual({ v: 2.5 })
  const moved = (x: number): CommittedWorkspace => {
    const panel = world().panels.get("p")
    if (!panel) throw new Error("no panel")
    return world({}, { panels: new Map([["p", { ...panel, frame: { ...panel.frame, x } }]]) })
  }
  const [place] = conflictsOf(world(), moved(5), moved(9))
  expect(place).toMatchObject({ path: ["position"], ours: { x: 5, y: 0 }, theirs: { x: 9, y: 0 } })
  const choices = [{ token: place?.token ?? "", value: "nowhere" }]
  expect(() => mergeWorkspaces(world(), moved(5), moved(9), { root, choices })).toThrow(/choices|does not fit/)
})

test("a choice counts only for what was seen when it was made", () => {
  const [seen] = conflictsOf(world({ v: 1 }), world({ v: 2 }), world({ v: 3 }))
  const choices = [{ token: seen?.token ?? "", take: "ours" as const }]
  const later = mergeWorkspaces(world({ v: 1 }), world({ v: 2 }), world({ v: 4 }), { root, choices })
  expect(later.conflicts).toMatchObject([{ ours: 2, theirs: 4 }])
})

const PANEL = `<NexusPanel title="P">
  <Logic>
    <Handler name="add">$state.n = 1</Handler>
  </Logic>
  <View><Text content="Hi"/></View>
</NexusPanel>`
const panelOf = (change: (source: string) => string) => world({}, {}, change(PANEL))

test("a conflict in a source is about one part of it; a side or a text of one's own answers it, the rest is merged", () => {
  const ours = panelOf((source) => source.replace("n = 1", "n = 2").replace(`title="P"`, `title="Ours"`))
  const theirs = panelOf((source) => source.replace("n = 1", "n = 3").replace("Hi", "Hello"))
  const base = panelOf((source) => source)
  const [conflict, ...others] = conflictsOf(base, ours, theirs)
  expect(others).toEqual([])
  expect(conflict).toMatchObject({
    of: "panel",
    name: "P",
    kind: "source",
    path: ["source", "handler `add`"],
    base: "$state.n = 1",
    ours: "$state.n = 2",
    theirs: "$state.n = 3",
  })
  const whole = (n: number) =>
    PANEL.replace("n = 1", `n = ${n}`).replace(`title="P"`, `title="Ours"`).replace("Hi", "Hello")
  expect(conflict?.sources).toEqual({ ours: whole(2), theirs: whole(3) })
  const token = conflict?.token ?? ""
  for (const [choice, n] of [
    [{ token, take: "theirs" as const }, 3],
    [{ token, value: "$state.n = 4" }, 4],
  ] as const) {
    const merged = mergeWorkspaces(base, ours, theirs, { root, choices: [choice] })
    expect(merged.conflicts).toEqual([])
    expect(merged.workspace.panels.get("p")?.source).toBe(whole(n))
  }
})

test("parts that fit together and make no panel are asked about as a whole, also when the parts were answered", () => {
  const base = panelOf((source) => source)
  const ours = panelOf((source) => source.replace("n = 1", "n = 2").replace("Hi", "Hello"))
  const theirs = panelOf((source) => source.replace("n = 1", "n = 3"))
  const accepts = (source: string) => !(source.includes("n = 3") && source.includes("Hello"))
  const merge = (choices: readonly { token: string; take: "ours" | "theirs" }[]) =>
    mergeWorkspaces(base, ours, theirs, { root, accepts, choices })
  const [part] = merge([]).conflicts
  const first = { token: part?.token ?? "", take: "theirs" as const }
  const [whole] = merge([first]).conflicts
  expect(whole).toMatchObject({
    path: ["source"],
    ours: ours.panels.get("p")?.source,
    theirs: theirs.panels.get("p")?.source,
  })
  const done = merge([first, { token: whole?.token ?? "", take: "ours" }])
  expect(done.conflicts).toEqual([])
  expect(done.workspace.panels.get("p")?.source).toBe(ours.panels.get("p")?.source)
})
