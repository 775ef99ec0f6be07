import { expect, test } from "vitest"
import { counterSource } from "../gateway/with-http.ts"
import { conceptOf, versionDesk } from "./version-desk.ts"

test("a difference is told in facts about the things that changed", async () => {
  const { id, panel, post, get, change, addPanel } = await versionDesk()
  const timer = await addPanel("Timer")
  const { body: first } = await post("commit", { message: "First" })
  const gone = await addPanel("Gone")
  const source = counterSource("Groceries").replace("+= 1", "+= 2").replace("<Metric", '<Text content="hi"/><Metric')
  await change([
    { kind: "entity_remove", id: gone },
    { kind: "panel_source", panel, source, title: "Groceries" },
    { kind: "state_set", panel, path: ["count"], value: 4 },
    { kind: "state_splice", panel, path: ["items"], index: 1, remove: [], insert: [{ id: "b" }, { id: "c" }] },
    { kind: "panel_frame", panel: timer, frame: { x: 900, y: 0, w: 200, h: 200 } },
    conceptOf("idea", id),
    { kind: "relationship_add", relationship: { from: "idea", kind: "related_to", to: panel, properties: {} } },
    { kind: "entity_set", id, name: "House" },
  ])
  const { body } = await get("diff")
  expect(body.from).toBe(first.commit)
  const told = Object.fromEntries(
    body.differences.map((one: { name: string; facts: { sentence: string }[] }) => [
      one.name,
      one.facts.map((fact) => fact.sentence),
    ]),
  )
  expect(told).toEqual({
    House: ["was called “Home”"],
    Groceries: [
      "was called “Counter”",
      "handler `add` changed",
      "the view changed",
      "state `count` went from 0 to 4",
      "state `items` gained 2 rows",
    ],
    Timer: ["moved", "resized"],
    idea: ["the concept was added", "“related to Groceries” was added"],
  })
  const groceries = body.differences.find((one: { id: string }) => one.id === panel)
  expect(groceries).toMatchObject({ kind: "panel", text: true })
  expect(groceries.facts.at(-1)).toMatchObject({
    of: "state",
    name: "items",
    items: { gained: 2, lost: 0, changed: 0 },
  })
})

test("two commits are compared as well as a commit and now, and the same is no difference", async () => {
  const { panel, post, get, set } = await versionDesk()
  const { body: first } = await post("commit", { message: "First" })
  await set("count", 1)
  const { body: second } = await post("commit", { message: "Second" })
  await set("count", 7)
  const facts = async (from: string, to?: string) =>
    (await get("diff", { from, ...(to ? { to } : {}) })).body.differences.flatMap(
      (one: { facts: unknown[] }) => one.facts,
    )
  expect(await facts(first.commit, second.commit)).toMatchObject([{ before: 0, after: 1 }])
  expect(await facts(second.commit, first.commit)).toMatchObject([{ before: 1, after: 0 }])
  expect(await facts(first.commit)).toMatchObject([{ before: 0, after: 7 }])
  expect(await facts("main", second.commit)).toEqual([])
  const { files } = (await get("diff/text", { from: first.commit, panel })).body
  expect(files).toMatchObject([{ path: `panels/${panel}/state.json` }])
  expect(files[0].before).toContain('"count": 0')
  expect(files[0].after).toContain('"count": 7')
})

test("before the first commit everything is new", async () => {
  const { get } = await versionDesk()
  const { differences } = (await get("diff")).body
  expect(differences.map((one: { name: string }) => one.name).sort()).toEqual(["Counter", "Home"])
})
