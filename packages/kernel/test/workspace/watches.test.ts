import { sentenceOf } from "@nexus/protocol"
import { createSandbox, type Sandbox } from "@nexus/wasm-bridge"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createMemoryJournal } from "../../src/storage/memory-journal.ts"
import { ADA, kernelWith, panel, type World } from "../worlds.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await createSandbox({ processes: 1 })
})
afterAll(() => sandbox.close())

const stateOf = (world: World, id = "p") => world.workspace.graph.panel(id)?.properties.state
const set = (world: World, name: string, value: number | string, id = "p") =>
  world.commit({ kind: "state_set", panel: id, path: [name], value })
const runs = (world: World) => world.events.filter(({ type }) => type === "handler_triggered")
/** Everything that was set off has ended. */
const rested = (world: World) =>
  expect
    .poll(() => world.events.filter(({ type }) => type === "execution_completed").length)
    .toBe(world.events.filter(({ type }) => type === "execution_started").length)

const WATCHING = panel(
  "Watching",
  '<State name="price" type="number"/><State name="note" type="string"/><State name="seen" type="list"/>',
  `<Handler name="look">$state.seen.push($state.price)</Handler>
   <Lifecycle on="change" watch="{$state.price > 10}" run="look"/>`,
  '<Text content="{$state.seen.length} {$state.note}"/>',
)

test("the handler runs when the watched value is another, by a change that names what set it off", async () => {
  const world = await kernelWith({ sandbox, panels: { p: WATCHING } })
  await set(world, "price", 3)
  await set(world, "note", "cheap")
  const { seq } = await set(world, "price", 12)
  await expect.poll(() => stateOf(world)?.seen).toEqual([12])
  expect(world.changes.at(-1)?.cause).toMatchObject({
    actor: { kind: "handler", id: "p.look" },
    parent: seq,
    run: { panel: "p", handler: "look", trigger: "change" },
  })
  await set(world, "price", 15)
  await set(world, "price", 1)
  await expect.poll(() => stateOf(world)?.seen).toEqual([12, 1])
  expect(runs(world)).toHaveLength(2)
})

test("opening a workspace and saving a panel only remember the value", async () => {
  const journal = createMemoryJournal()
  const world = await kernelWith({ sandbox, journal, panels: { p: WATCHING } })
  await set(world, "price", 12)
  await expect.poll(() => stateOf(world)?.seen).toEqual([12])
  await world.close()
  const again = await kernelWith({ sandbox, journal })
  await set(again, "note", "opened")
  const source = WATCHING.replace("> 10", "> 100")
  await again.commit({ kind: "panel_source", panel: "p", source, title: "Watching" })
  await set(again, "note", "saved")
  expect(runs(again)).toHaveLength(0)
  await set(again, "price", 101)
  await expect.poll(() => stateOf(again)?.seen).toEqual([12, 101])
})

test("a change of an imported panel bears on it, and one of any other panel does not", async () => {
  const source = panel("Source", '<State name="n" type="number"/><Computed name="half" value="{$state.n / 2}"/>')
  const middle = panel(
    "Middle",
    '<Import panel="Source" name="half" as="half"/><Computed name="quarter" value="{$imports.half / 2}"/>',
  )
  const reader = panel(
    "Reader",
    '<Import panel="Middle" name="quarter" as="quarter"/><State name="seen" type="list"/>',
    `<Handler name="look">$state.seen.push($imports.quarter)</Handler>
     <Lifecycle on="change" watch="{[$imports.quarter]}" run="look"/>`,
  )
  const world = await kernelWith({ sandbox, panels: { s: source, m: middle, p: reader, other: WATCHING } })
  await set(world, "price", 5, "other")
  await set(world, "n", 8, "s")
  await expect.poll(() => stateOf(world)?.seen).toEqual([2])
  await set(world, "n", 8, "s")
  await set(world, "n", 4, "s")
  await expect.poll(() => stateOf(world)?.seen).toEqual([2, 1])
})

test("changes that come while the handler runs make one more run", async () => {
  const slow = panel(
    "Slow",
    '<State name="n" type="number"/><State name="seen" type="list"/>',
    `<Handler name="look">for (let i = 0; i < 2000000; i++) Math.sqrt(i); $state.seen.push($state.n)</Handler>
     <Lifecycle on="change" watch="{$state.n}" run="look"/>`,
  )
  const world = await kernelWith({ sandbox, panels: { p: slow } })
  await Promise.all(Array.from({ length: 20 }, (_, index) => set(world, "n", index + 1)))
  await expect.poll(() => stateOf(world)?.seen).toEqual(expect.arrayContaining([20]))
  await rested(world)
  expect(runs(world).length).toBeLessThanOrEqual(3)
})

test("a panel that goes in a circle is stopped, says so, and goes on when somebody else changes it", async () => {
  const circle = panel(
    "Circle",
    '<State name="n" type="number"/>',
    '<Handler name="again">$state.n += 1</Handler><Lifecycle on="change" watch="{$state.n}" run="again"/>',
    '<Text content="{$state.n}"/>',
  )
  const world = await kernelWith({ sandbox, panels: { p: circle } })
  await set(world, "n", 100)
  await expect.poll(() => stateOf(world)?.n).toBe(111)
  await rested(world)
  expect(runs(world)).toHaveLength(11)
  const notes = world.notes.filter((note) => note.startsWith("a panel goes in a circle"))
  expect(notes).toHaveLength(1)
  const what = 'runs of \\"again\\" that its own panel sets off in a row'
  expect(notes[0]).toContain(sentenceOf({ code: "quota-exceeded", what, limit: 10, used: 11 }))
  await set(world, "n", 0)
  await expect.poll(() => stateOf(world)?.n).toBe(11)
  await rested(world)
  expect(runs(world)).toHaveLength(22)
})

test("an expression that fails is logged once and stops nothing", async () => {
  const failing = panel(
    "Failing",
    '<State name="items" type="list"/><State name="seen" type="number"/>',
    `<Handler name="look">$state.seen += 1</Handler>
     <Lifecycle on="change" watch="{$state.items.length > 0 ? $state.items[0].name.length : 0}" run="look"/>`,
  )
  const world = await kernelWith({ sandbox, panels: { p: failing } })
  const items = (value: { name: string }[] | number[]) =>
    world.commit({ kind: "state_set", panel: "p", path: ["items"], value })
  await items([1])
  await items([2])
  expect(world.notes.filter((note) => note.startsWith("a watched expression fails"))).toHaveLength(1)
  await items([{ name: "milk" }])
  await expect.poll(() => stateOf(world)?.seen).toBe(1)
})

test("a lifecycle's trigger runs the handler that is declared for it, and no other", async () => {
  const opened = panel(
    "Opened",
    '<State name="log" type="list"/>',
    `<Handler name="came">$state.log.push("came")</Handler><Handler name="other">$state.log.push("other")</Handler>
     <Lifecycle on="mount" run="came"/>`,
  )
  const world = await kernelWith({ sandbox, panels: { p: opened } })
  const request = { panel: "p", args: {}, person: ADA }
  await world.workspace.trigger({ ...request, handler: "came", trigger: "mount" })
  expect(world.changes.at(-1)?.cause.run).toMatchObject({ trigger: "mount", person: ADA })
  for (const [handler, trigger] of [
    ["other", "mount"],
    ["came", "unmount"],
    ["came", "change"],
  ] as const) {
    const refused = world.workspace.trigger({ ...request, handler, trigger })
    await expect(refused).rejects.toMatchObject({ failure: { code: "invalid-input", path: "trigger" } })
  }
  expect(stateOf(world)?.log).toEqual(["came"])
})
