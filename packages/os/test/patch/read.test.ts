import { apply, Graph, Operation } from "@nexus/protocol"
import { expect, test } from "vitest"
import { readPatch } from "../../src/patch/read.ts"
import { groceries, panelWith, weather, worldWith } from "../worlds.ts"

const world = worldWith([panelWith("p_g", groceries), panelWith("p_w", weather)])

function read(args: unknown, ...more: unknown[]) {
  const calls = [args, ...more].map((value, index) => ({
    id: `c${index}`,
    name: "propose_patch",
    args: typeof value === "string" ? value : JSON.stringify(value),
  }))
  return readPatch(calls, world)
}

const button = '<Button label="Add" onClick="add({ title: \'Milk\' })"/>'
const addButton = { find: button, replace: `${button}\n    <Button label="Clear all" onClick="$state.items = []"/>` }

test("text edits become one new source that expects the old one", () => {
  const patch = read({ reason: "Adds a button.", edit: [{ panel: "p_g", edits: [addButton] }] })
  expect(patch).toEqual({
    ok: true,
    reason: "Adds a button.",
    operations: [
      {
        kind: "panel_source",
        panel: "p_g",
        title: "Groceries",
        expect: groceries,
        source: groceries.replace(addButton.find, addButton.replace),
      },
    ],
  })
})

test("edits of one panel from several calls are joined", () => {
  const rename = { find: 'title="Groceries"', replace: 'title="Shopping &amp; more"' }
  const patch = read(
    { reason: "One.", edit: [{ panel: "p_g", edits: [addButton] }] },
    { reason: "Two.", edit: [{ panel: "Groceries", edits: [rename] }] },
  )
  expect(patch).toMatchObject({ ok: true, reason: "One. Two.", operations: [{ title: "Shopping & more" }] })
})

test("everything a patch may say applies to a graph", () => {
  const patch = read({
    reason: "A new view and a note.",
    create: [{ title: "Totals", source: '<NexusPanel title="Totals"><View><Text content="x"/></View></NexusPanel>' }],
    move: [{ panel: "p_w", frame: { x: 10, y: 20, w: 300, h: 200 } }],
    note: [{ kind: "concept", key: "budget", name: "Budget", confidence: 0.9 }],
    relate: [{ from: "p_g", kind: "related_to", to: "budget", confidence: 0.4 }],
    rewrite: [{ panel: "p_w", source: '<NexusPanel title="Sun"><View><Text content="y"/></View></NexusPanel>' }],
  })
  if (!patch.ok) throw new Error(patch.problems.join())
  const graph = new Graph()
  const root = { id: "ws", kind: "workspace" as const, name: "Home", properties: {}, scope: "" }
  const before = [root, ...world.panels].map((entity) => ({ kind: "entity_add" as const, entity }))
  expect(apply(graph, before).ok).toBe(true)
  expect(apply(graph, patch.operations)).toMatchObject({ ok: true })
  expect([...graph.panels()].map((panel) => panel.name)).toEqual(["Groceries", "Sun", "Totals"])
  const [budget] = graph.ofKind("concept")
  expect(budget).toMatchObject({ name: "Budget", properties: { confidence: 0.9 } })
  expect([...graph.incoming(budget?.id ?? "")]).toMatchObject([{ from: "p_g", properties: { confidence: 0.4 } }])
  expect(patch.operations.every((operation) => Operation.safeParse(operation).success)).toBe(true)
})

test("new panels stand right of everything and beside each other", () => {
  const source = '<NexusPanel title="N"><View/></NexusPanel>'
  const patch = read({
    reason: "Two.",
    create: [
      { title: "N", source },
      { title: "N", source },
    ],
  })
  if (!patch.ok) throw new Error(patch.problems.join())
  const xs = patch.operations.map((operation) => operation.kind === "entity_add" && operation.entity.properties.frame)
  expect(xs).toMatchObject([{ x: 384 }, { x: 788 }])
})

test("removing takes an id, never a made-up one", () => {
  expect(read({ reason: "x", remove: ["p_w"] })).toMatchObject({ operations: [{ kind: "entity_remove", id: "p_w" }] })
  expect(read({ reason: "x", remove: ["p_x"] }).ok).toBe(false)
})

test("an edit that fits nowhere names its panel and its text", () => {
  const patch = read({ reason: "x", edit: [{ panel: "p_g", edits: [{ find: "<Nothing/>", replace: "" }] }] })
  expect(patch).toMatchObject({
    ok: false,
    problems: [expect.stringMatching(/Edit 1 of "Groceries" \(p_g\).*<Nothing\/>/)],
  })
})

test("an unknown panel is answered with the known ones", () => {
  const patch = read({ reason: "x", edit: [{ panel: "p_x", edits: [addButton] }] })
  expect(patch).toMatchObject({ ok: false, problems: [expect.stringContaining("p_g (Groceries), p_w (Weather)")] })
})

test("a secret state cannot be opened by a patch", () => {
  const secret = groceries.replace('name="items"', 'name="items" secret="true"')
  const call = {
    id: "c",
    name: "propose_patch",
    args: JSON.stringify({ reason: "x", edit: [{ panel: "s", edits: [{ find: ' secret="true"', replace: "" }] }] }),
  }
  const patch = readPatch([call], worldWith([panelWith("s", secret)]))
  expect(patch).toMatchObject({ ok: false, problems: [expect.stringContaining('"items"')] })
})

test("no patch can grant a capability", () => {
  const sly = { kind: "panel_grant", panel: "p_g", grant: "http:*", granted: true }
  const patch = read({ reason: "x", grant: [sly], operations: [sly], edit: [{ panel: "p_g", edits: [addButton] }] })
  if (!patch.ok) throw new Error(patch.problems.join())
  expect(patch.operations.map(({ kind }) => kind)).toEqual(["panel_source"])
})

test("a patch that changes nothing is refused", () => {
  expect(read({ reason: "x" })).toEqual({ ok: false, problems: ["The patch changes nothing."] })
  const same = { find: button, replace: button }
  expect(read({ reason: "x", edit: [{ panel: "p_g", edits: [same] }] }).ok).toBe(false)
})

test("whatever a model writes is read or refused, never thrown", () => {
  const odd = [
    "",
    "{",
    "null",
    "[]",
    '"x"',
    "7",
    '{"reason":7}',
    '{"reason":"x","edit":{}}',
    '{"__proto__":{"reason":"x"}}',
  ]
  for (const args of odd) expect(read(args).ok, args).toBe(false)
  expect(readPatch([{ id: "c", name: "rm", args: "{}" }], world)).toMatchObject({
    ok: false,
    problems: [expect.stringContaining("propose_patch")],
  })
})
